import Definitions
import Foundation
import Indicators
import Targets
import Testing
import Vocabulary

/// The plans of the catalogue against our own tables of what their texts hold.
@Suite("目录里的规划") struct CityPlanTests {
    struct Quantity {
        var file: String
        var place: String
        var written: String
        var value: Double
        var unit: String
        var role: String
        var found: String
    }

    static func table(_ name: String) throws -> [[String]] {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("PlanTexts/\(name).tsv")
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    static func quantities() throws -> [Quantity] {
        try table("quantities").map { row in
            Quantity(
                file: row[0], place: row[1], written: row[2], value: try #require(Double(row[3])), unit: row[4], role: row[5], found: row[6]
            )
        }
    }

    static func plans() throws -> (plans: [CityPlan], complaints: [String]) {
        let log = DiagnosticLog()
        let definitions = DefinitionSet(try DefinitionFile.folder(packageFolder.appendingPathComponent("Catalogue/plans")), log)
        definitions.only(kinds: [CityPlan.documentKind], log)
        return (CityPlan.list(definitions, log), log.diagnostics.map(\.description))
    }

    @Test("五份规划编译无误，每条有出处，每个叶子有牵头单位") func compiles() throws {
        let (plans, complaints) = try Self.plans()
        #expect(complaints == [])
        #expect(
            Set(plans.map(\.id)) == [
                "city-nine-projects", "county-balance-drive", "dongying-eight-actions", "ezhou-ten-actions", "laibin-four-actions",
            ])
        for plan in plans {
            for item in plan.all { #expect(item.clause != nil, "\(plan.id) \(item.id)") }
            for charge in plan.charges { #expect(charge.owner != nil, "\(plan.id) \(charge.id)") }
        }
    }

    @Test("文本里的每个数量都在数据里，位置相同") func everyQuantity() throws {
        let plans = Dictionary(try Self.plans().plans.map { ($0.id, $0) }) { first, _ in first }
        for quantity in try Self.quantities() {
            let plan = try #require(plans[quantity.file], "\(quantity)")
            let here = plan.all.filter { "\($0.clause?.paragraph ?? 0).\($0.clause?.sentence ?? 0)" == quantity.place }
            switch quantity.found {
            case "amount":
                #expect(here.contains { $0.amount?.value == quantity.value }, "\(quantity)")
            case "count":
                #expect(plan.counts.contains { Double($0.count) == quantity.value }, "\(quantity)")
            case "text":
                // Named or said in the words or the note of a line, or of the lines above it.
                let words = plan.all.map { $0.label.zh + $0.note }.joined(separator: "\n") + plan.document.note
                let written = ReadableNumber.simplified(quantity.written)
                #expect(words.contains(written), "\(quantity)")
            default: #expect(quantity.found == "none", "\(quantity)")
            }
        }
    }

    @Test("24681、50/100/200/300/30、10/10/10：一个不少") func known() throws {
        let plans = Dictionary(try Self.plans().plans.map { ($0.id, $0) }) { first, _ in first }
        let ezhou = try #require(plans["ezhou-ten-actions"])
        #expect(ezhou.item("quality-plan")?.items.compactMap(\.amount).map(\.value) == [2, 40, 60, 800, 1])
        #expect(ezhou.item("quality")?.items.compactMap(\.amount).map(\.value) == [10, 10, 10, 10])
        let laibin = try #require(plans["laibin-four-actions"])
        #expect(
            ["masters", "headteachers", "leaders", "excellent", "studios"].map { laibin.item($0)?.amount?.value } == [
                50, 100, 200, 300, 30,
            ])
        #expect(laibin.item("trained")?.amount?.period == .year)
        let nine = try #require(plans["city-nine-projects"])
        #expect(nine.item("cv-primary")?.amount?.words == "≤ 0.5" && nine.item("rotation-all")?.amount?.words == "≥ 15%（每学年）")
    }

    @Test("绑定的指标是目录里有的") func bindings() throws {
        let catalogue = compile(try nationalFiles()).catalogue
        for plan in try Self.plans().plans {
            for leaf in plan.leaves {
                guard case .indicator(let name) = leaf.evidence.binding else { continue }
                let path = name.split(separator: "/").map(String.init)
                let standard = try #require(catalogue.standards[path[0]], "\(plan.id) \(leaf.id)")
                guard path[1] != "cv" else { continue }
                let item = try #require(standard.item(path[1]), "\(plan.id) \(leaf.id)")
                #expect(item.tests.count >= Int(path[2]) ?? 99, "\(plan.id) \(leaf.id)")
            }
        }
    }
}

/// The written form of a number in the plans, which are in simplified characters.
enum ReadableNumber {
    static func simplified(_ text: String) -> String {
        String(text.map { ["個": "个", "項": "项", "級": "级", "兩": "两"][$0] ?? $0 })
    }
}
