import Foundation
import Inspection
import Registry
import Storage
import Vocabulary

@testable import Assembly

/// 入校督导: everybody who may look sees the own part; who may go to schools fills in; the county's and the city's offices plan.
extension RouteTableTests {
    static let inspection: [String: Needs] = {
        var table: [String: Needs] = [
            "GET /lists/visit-counts": .nothing, "GET /inspection": .anyLook, "GET /inspection/plan": .anyLook,
            "GET /inspection/inspectors": .anyLook, "GET /inspection/counties/{county}": .sightOfCounty,
            "GET /inspection/counties/{county}/schools/{school}": .sightOfSchool,
            "POST /inspection/counties/{county}/requests": .duty(.requestVisits),
            "POST /inspection/counties/{county}/inspectors": .duty(.arrangeVisits),
        ]
        for kind in ["docx", "pdf"] {
            table["GET /inspection/counties/{county}/report.\(kind)"] = .duty(.look)
            table["GET /inspection/visits/{visit}/report.\(kind)"] = .sightOfSchool
        }
        for page in ["", "/photos/{digest}"] { table["GET /inspection/visits/{visit}\(page)"] = .sightOfSchool }
        for step in ["approve", "decline"] { table["POST /inspection/visits/{visit}/\(step)"] = .duty(.arrangeVisits) }
        for step in ["arrive", "finish", "items/{rubric}/{item}", "findings/{finding}/case"] {
            table["POST /inspection/visits/{visit}/\(step)"] = .duty(.inspect)
        }
        table["GET /inspection/visits/{visit}/items/{rubric}/{item}"] = .duty(.inspect)
        return table
    }()

    /// A visit asked for at the school of the heads and teachers, for which the inspector of this test answers.
    static func keepVisit(_ desk: Desk) async throws {
        let day = Day(year: 2025, month: 10, day: 1)
        let signed = Visit.Signature(by: "somebody", name: "某人", at: Date())
        let visit = Visit(
            id: "v1", year: 2025, county: "清河县", school: "A2", schoolName: "A2小学",
            request: .init(
                office: "督导室", rubric: "routine", version: "2022-1", from: day, until: day.adding(days: 9), purpose: "随访", signed: signed),
            inspector: Role.inspector.rawValue, inspectorName: "督学")
        try await desk.installation.storage.inspection.add([visit])
        try await desk.installation.storage.inspection.assign(
            Responsibility(
                county: "清河县", region: "第一责任区", school: "A2", schoolName: "A2小学", inspector: Role.inspector.rawValue,
                inspectorName: "督学")
        ) { _ in }
    }
}
