import AuditTrail
import HTTPTypes
import Hummingbird
import Testing
import Vocabulary

@testable import API
@testable import Assembly

@Suite("审计里的中文") struct AuditWordsTests {
    @Test("页面和接口能办的每一步，审计里都有中文说法") func everyStep() async throws {
        let desk = try await Desk()
        let server = WebServer(
            desk.installation, people: MachineOperator(), isDemo: true, access: try await Access(isNew: false), python: "python3",
            organisation: "示范市教育局", today: { Day(year: 2025, month: 10, day: 1) })
        let words = AuditWords(programs: try server.api().titles)
        let steps = try server.router().routes.filter { ![.get, .head].contains($0.method) }.map { "\($0.method.rawValue) \($0.path)" }
        let bare = steps.filter { words.action($0).contains("/") }
        #expect(bare.isEmpty, "\(bare.sorted().joined(separator: "\n"))")
        #expect(words.action("POST /api/v1/case-kinds/{kind}/cases") == "接口：立件")
    }
}
