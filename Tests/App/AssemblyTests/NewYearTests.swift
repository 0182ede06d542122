import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Pages
import Registry
import Testing
import Vocabulary

@testable import Assembly

/// In autumn one county has handed in the new year and the others have not: pages about all counties still know all of them.
@Suite("新学年有的县还没有数据") struct NewYearTests {
    private struct City: PersonDirectory {
        func people() -> [Person] { [Person(id: "city", name: "市基教科", grants: [Grant(.cityOfficer)])] }
        func person(_ id: PersonID) -> Person? { people().first { $0.id == id } }
    }

    private final class Collected: ResponseBodyWriter {
        var buffer = ByteBuffer()
        func write(_ buffer: ByteBuffer) async throws { self.buffer.writeImmutableBuffer(buffer) }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    @Test("整改成效和教联体仍有还没上报新学年的县") func everyCounty() async throws {
        let desk = try await Desk()
        try await desk.hand([Desk.school("A1"), Desk.school("C1", "东岭县"), Desk.school("C2", "东岭县")])
        try await desk.hand([Desk.school("A1"), Desk.school("A9")], year: SchoolYear(2026))
        let router = try WebServer(
            desk.installation, people: City(), isDemo: true, python: "python3", organisation: "示范市教育局",
            today: { Day(year: 2026, month: 9, day: 20) }
        ).router()
        let responder = router.buildResponder()
        func get(_ path: String) async throws -> String {
            let head = HTTPRequest(
                method: .get, scheme: "http", authority: "localhost",
                path: path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path,
                headerFields: [.cookie: "junheng-visitor=city"])
            let context = PageContext(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
            let response = try await responder.respond(to: Request(head: head, body: .init(buffer: ByteBuffer())), context: context)
            let writer = Collected()
            try await response.body.write(writer)
            return String(buffer: writer.buffer)
        }
        let effects = try await get("/rectifications/effects")
        #expect(effects.contains("清河县") && effects.contains("东岭县"))
        let alliances = try await get("/alliances/counties/东岭县")
        #expect(alliances.contains("C1小学") && alliances.contains("C2小学"))
        let own = try await get("/alliances/counties/清河县")
        #expect(own.contains("A9小学") && !own.contains("C1小学"))
    }
}
