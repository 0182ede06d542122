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

@Suite("谁做了什么都记下来") struct AuditTests {
    private let desk: Desk
    private let responder: any HTTPResponder<PageContext>

    init() async throws {
        desk = try await Desk()
        let server = WebServer(
            desk.installation, people: DemoPeople(), isDemo: true, python: "python3", organisation: "示范市教育局",
            today: { Day(year: 2025, month: 10, day: 1) })
        responder = try server.router().buildResponder()
    }

    private func answer(_ method: HTTPRequest.Method, _ path: String, as person: String, site: String = "same-origin") async throws -> Int {
        var fields: HTTPFields = [.cookie: "junheng-visitor=\(person)"]
        if let name = HTTPField.Name("Sec-Fetch-Site") { fields[name] = site }
        let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields)
        let context = PageContext(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
        let response = try await responder.respond(
            to: Request(head: head, body: .init(buffer: ByteBuffer(string: "version=0"))), context: context)
        return response.status.code
    }

    private func newest() async throws -> AuditEntry? {
        try await desk.installation.audit.events(AuditFilter(), from: 0, limit: 1).first?.entry
    }

    @Test("没有权限的办理与查看都留下记录") func forbidden() async throws {
        try await desk.hand([Desk.school("A1"), Desk.school("B1", "东岭县")])
        #expect(try await answer(.post, "/snapshots/counties/%E6%B8%85%E6%B2%B3%E5%8E%BF?year=2025", as: "city-leader") == 403)
        let tried = try #require(try await newest())
        #expect(tried.name == "市级领导" && tried.outcome == .forbidden && tried.object == "/snapshots/counties/清河县（2025—2026学年）")
        #expect(tried.action == "POST /snapshots/counties/{county}")
        #expect(try await answer(.get, "/counties/%E4%B8%9C%E5%B2%AD%E5%8E%BF?year=2025", as: "county-director") == 403)
        #expect(try await newest()?.object == "/counties/东岭县")
        #expect(try await desk.installation.audit.count(AuditFilter()) == 2)
    }

    @Test("办成的事记下结果，只是看看不记") func done() async throws {
        try await desk.hand([Desk.school("A1")])
        #expect(try await answer(.get, "/counties/%E6%B8%85%E6%B2%B3%E5%8E%BF?year=2025", as: "county-director") == 200)
        #expect(try await newest() == nil)
        #expect(try await answer(.post, "/snapshots/counties/%E6%B8%85%E6%B2%B3%E5%8E%BF?year=2025", as: "county-director") == 303)
        let done = try #require(try await newest())
        #expect(done.outcome == .done && done.object.hasPrefix("/snapshots/counties/清河县 → /snapshots/"))
        #expect(try await desk.installation.audit.verify().isIntact)
    }

    @Test("别的网站替人按的按钮也记下来") func otherSite() async throws {
        #expect(try await answer(.post, "/imports", as: "city-officer", site: "cross-site") == 403)
        #expect(try await newest()?.outcome == .forbidden)
    }
}
