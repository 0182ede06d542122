import Alliances
import Foundation
import Registry
import Storage
import Vocabulary

@testable import Assembly

/// 教联体: who sees a school of one sees it; the county's and the city's offices keep it.
extension RouteTableTests {
    static let alliances: [String: Needs] = {
        var table: [String: Needs] = [
            "GET /alliances": .anyLook, "GET /alliances/counties/{county}": .sightOfCounty,
            "GET /alliances/groups/{alliance}": .sightOfSchool,
        ]
        for kind in ["docx", "pdf"] { table["GET /alliances/counties/{county}/report.\(kind)"] = .duty(.look) }
        for step in ["groups", "workbooks", "plans", "pairings"] {
            table["POST /alliances/counties/{county}/\(step)"] = .duty(.keepAlliances)
            table["GET /alliances/counties/{county}/\(step)"] = .sightOfCounty
        }
        for step in ["members", "leave", "end", "activities", "strikes"] {
            table["POST /alliances/groups/{alliance}/\(step)"] = .duty(.keepAlliances)
            table["GET /alliances/groups/{alliance}/\(step)"] = .sightOfSchool
        }
        return table
    }()

    /// An alliance in which the school of the heads and teachers is supported.
    static func keepAlliance(_ desk: Desk) async throws {
        guard let rules = try CatalogueFolder().compileAlliances() else { return }
        let (day, today) = (Day(year: 2024, month: 10, day: 8), Day(year: 2025, month: 10, day: 1))
        let alliance = Alliance(
            id: "g1", name: "示例教联体", county: "清河县", form: "alliance", lead: AllianceSchool(code: "A3", name: "A3小学", county: "清河县"),
            founded: day, members: [.init(AllianceSchool(code: "A2", name: "A2小学", county: "清河县"), .supported, from: day)],
            madeBy: "某人", madeAt: Date(), version: 1)
        try await desk.installation.storage.alliances.change(of: nil) { try $0.found([alliance], rules: rules, today: today) }
    }
}
