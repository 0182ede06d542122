import Definitions
import Foundation
import Geography
import Indicators
import Testing
import Vocabulary

@testable import DemoCity

@Suite("示范市") struct DemoCityTests {
    private let catalogue: IndicatorCatalogue = {
        let folder = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let log = DiagnosticLog()
        return IndicatorCatalogue(
            DefinitionSet((try? DefinitionFile.folder(folder.appendingPathComponent("Catalogue/national"))) ?? [], log), log)
    }()

    private func result(_ year: Int) throws -> StandardResult {
        let standard = try #require(catalogue.standards["balance-2017"])
        let form = try #require(catalogue.forms["school-return"])
        var table = ReturnTable(form: form, schoolYear: SchoolYear(year))
        for row in DemoCity(standard: standard).schoolRows(SchoolYear(year)) { table.append(row) }
        return Evaluation(standard, catalogue: catalogue, schools: table).run()
    }

    @Test("六个县，约三百所学校，十八万学生") func size() throws {
        let city = try result(2025)
        #expect(city.counties.count == 6)
        #expect((270...330).contains(city.counties.reduce(0) { $0 + $1.schools }))
        #expect((160_000...200_000).contains(city.counties.reduce(0) { $0 + $1.pupils }), "\(city.counties.reduce(0) { $0 + $1.pupils })")
    }

    @Test("结论有达标、不达标、资料不足，越来越好") func verdicts() throws {
        let newest = try result(2025)
        #expect(newest.county("城关区")?.verdict == .met)
        #expect(newest.county("清河县")?.verdict == .notMet)
        #expect(newest.county("石桥县")?.verdict == .insufficient)
        #expect(newest.county("云溪县")?.stages.flatMap(\.indicators).contains { $0.verdict == .notMet } == true)
        let met = { (result: StandardResult) in result.counties.flatMap(\.units).count { $0.verdict == .met } }
        #expect(met(try result(2021)) < met(newest))
    }

    @Test("每一行都通过校验") func checks() throws {
        let standard = try #require(catalogue.standards["balance-2017"])
        for row in DemoCity(standard: standard).schoolRows(SchoolYear(2025)) {
            for check in catalogue.checks where check.severity == .error {
                let passes = check.passes { name in
                    row.attributes[name].map(Operand.text) ?? .number(FactKey(name).flatMap { row.facts[$0]?.number } ?? .nan)
                }
                #expect(passes, "\(check.id) \(row.attributes["name"] ?? "")")
            }
        }
    }

    @Test("同一种子，同一座城") func deterministic() throws {
        let standard = try #require(catalogue.standards["balance-2017"])
        #expect(
            DemoCity(seed: 1, standard: standard).schoolRows(SchoolYear(2024))
                == DemoCity(seed: 1, standard: standard).schoolRows(SchoolYear(2024)))
        #expect(
            DemoCity(seed: 1, standard: standard).schoolRows(SchoolYear(2024))
                != DemoCity(seed: 2, standard: standard).schoolRows(SchoolYear(2024)))
    }

    @Test("每所学校都在自己县的边界里，县与县相接而不重叠", arguments: [20_260_901, 1, 7, 42] as [UInt64]) func boundaries(_ seed: UInt64) throws {
        let standard = try #require(catalogue.standards["balance-2017"])
        let city = DemoCity(seed: seed, standard: standard)
        #expect(city.boundaries.count == 6)
        for row in city.schoolRows(SchoolYear(2025)) {
            let point = GeoPoint(
                longitude: Double(row.attributes["longitude"] ?? "") ?? 0, latitude: Double(row.attributes["latitude"] ?? "") ?? 0)
            let inside = city.boundaries.filter { $0.contains(point) }.map(\.name)
            #expect(inside == [row.attributes["county"] ?? ""], "\(row.attributes["name"] ?? "") \(inside)")
        }
        // Neighbours share the very points of their border: every county touches at least two others.
        let rings = city.boundaries.map { Set($0.polygons[0].outer) }
        for ring in rings { #expect(rings.count { $0 != ring && $0.intersection(ring).count > 10 } >= 2) }
    }

    @Test("边界由种子决定") func boundariesDeterministic() throws {
        let standard = try #require(catalogue.standards["balance-2017"])
        #expect(DemoCity(seed: 1, standard: standard).boundaries == DemoCity(seed: 1, standard: standard).boundaries)
        #expect(DemoCity(seed: 1, standard: standard).boundaries != DemoCity(seed: 2, standard: standard).boundaries)
    }
}
