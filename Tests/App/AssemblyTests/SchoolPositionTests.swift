import Casework
import Foundation
import Geography
import Imports
import Indicators
import Storage
import Testing
import Vocabulary

@testable import Assembly

@Suite("学校坐标用哪种坐标系") struct SchoolPositionTests {
    /// 116.404, 39.915 on a telephone; the figures public converters give for the other systems.
    private static let place = CasePosition(longitude: 116.404, latitude: 39.915)
    private static let gcj = ("116.410244499169", "39.916404281502")

    private func position(_ longitude: String, _ latitude: String, written: String, boundaries: String? = nil) async throws -> CaseFact {
        let desk = try await Desk()
        defer { withExtendedLifetime(desk) {} }
        if let boundaries {
            let text =
                "{\"type\":\"FeatureCollection\",\"coordinateSystem\":\"WGS-84\",\"schoolCoordinates\":\"\(boundaries)\",\"features\":[]}"
            try Data(text.utf8).write(to: desk.folder.appendingPathComponent("boundaries.geojson"))
        }
        let file = desk.folder.appendingPathComponent("表.csv")
        let head = Desk.head.dropLast() + ",经度,纬度,坐标系\n"
        let row = Desk.school("A1").dropLast() + ",\(longitude),\(latitude),\(written)\n"
        try Data((head + row).utf8).write(to: file)
        let takeIn = desk.installation.takeIn { Desk.signed().at }
        let begun = try #require(try await takeIn.begin(file, name: "表.csv", year: Desk.year, county: nil, by: Desk.signed()).first)
        let record = try await takeIn.read(begun)
        _ = try await desk.imports.apply(record.id, ImportChoice(), seen: record.version, by: Desk.signed())
        let (folder, catalogue) = (desk.folder, desk.installation.catalogue)
        let facts = MeasuredFacts(
            evaluations: desk.evaluations, system: { FileBoundaries(folder: folder, catalogue: catalogue).schoolCoordinates })
        let opening = CaseEvent(
            .opened, action: "", label: "", from: nil, to: "x", by: .clock, role: "", at: Date(), day: Day(year: 2026, month: 1, day: 1))
        var event = opening
        event.opening = CaseEvent.Opening(
            definition: CaseDefinitionKey(id: "x", version: "1"), number: "1", title: "x",
            place: CasePlace(county: "清河县", school: "A1", label: "A1小学"), subject: "A1")
        let item = try #require(Case("c", events: [event]))
        return try await facts.fact(CaseFacts.schoolPosition, for: item)
    }

    private func metres(_ fact: CaseFact) -> Double? {
        if case .position(let found) = fact { found.metres(to: Self.place) } else { nil }
    }

    private func away(_ longitude: String, _ latitude: String, written: String = "", boundaries: String? = nil) async throws -> Double {
        let fact = try await position(longitude, latitude, written: written, boundaries: boundaries)
        return try #require(metres(fact), "\(fact)")
    }

    @Test("登记写明 GCJ-02、BD-09 的先换算，再比距离") func converted() async throws {
        // Public converters round differently in the seventh place: a centimetre.
        #expect(try await away(Self.gcj.0, Self.gcj.1, written: "高德") < 0.1)
        let bd = CoordinateSystem.bd09.fromWGS84(GeoPoint(longitude: Self.place.longitude, latitude: Self.place.latitude))
        #expect(try await away("\(bd.longitude)", "\(bd.latitude)", written: "BD-09") < 0.1)
        #expect(try await away("116.404", "39.915") < 0.01)
    }

    @Test("不写就差几百米；边界文件写明的也认") func shift() async throws {
        let unstated = try await away(Self.gcj.0, Self.gcj.1)
        #expect(unstated > 500 && unstated < 700, "\(unstated)")
        #expect(try await away(Self.gcj.0, Self.gcj.1, boundaries: "GCJ-02") < 0.1)
        // What the row says goes before what the file says.
        #expect(try await away("116.404", "39.915", written: "WGS-84", boundaries: "GCJ-02") < 0.01)
    }
}
