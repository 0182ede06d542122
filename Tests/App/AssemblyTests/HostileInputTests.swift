import Foundation
import HTTPTypes
import Hummingbird
import Indicators
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOEmbedded
import Pages
import Registry
import Storage
import Testing
import Vault
import Vocabulary

@testable import Assembly

/// Every page and every form of the route table, fed with what an attacker types. New routes and new fields are found by
/// themselves: routes in the router, fields in the pages.
@Suite("恶意的输入") struct HostileInputTests {
    static let hostile = [
        "<script>alert(7)</script>", "\"><img src=x onerror=alert(7)>", "'><svg/onload=alert(7)>", "\" onmouseover=\"alert(7)",
        "javascript:alert(7)", "' OR '1'='1", "'; DROP TABLE account; --", "../../../../etc/passwd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "x\r\nSet-Cookie: evil=1\r\n\r\n<b>", "{{organisation}}{{{organisation}}}{{#page}}{{.}}{{/page}}", "\u{0}", "\u{202E}gnp.exe",
        "=HYPERLINK(\"http://evil.example\")", "-1", "99999999999999999999", "NaN", String(repeating: "长", count: 4_000),
    ]
    /// Marks of an input that became part of the page.
    static let broken = [
        "<script>alert(7)", "<img src=x", "<svg/onload", "\" onmouseover=\"alert(7)", "href=\"javascript:", "root:x:0", "示范市教育局示范市教育局",
    ]

    /// A page, a form or an answer that went wrong.
    struct Probe {
        let desk: Desk
        let router: Router<PageContext>
        let responder: any HTTPResponder<PageContext>
        let token: String
        let person: String
        let draft: String

        init() async throws {
            desk = try await Desk()
            draft = try await desk.preview([Desk.school("A1")], county: "清河县").id
            try await desk.hand([Desk.school("A2")])
            _ = try await desk.installation.storage.snapshots.open(
                "s1", county: "清河县", Desk.year, forms: ["school-return"], reason: "", by: Desk.signed())
            let accounts = desk.installation.storage.accounts
            for (id, role) in [("chief", Role.administrator), ("second", Role.administrator), ("clerk", Role.cityOfficer)] {
                let account = Account(
                    person: Person(id: id, name: id, grants: [Grant(role)]), login: id, mustChangePassword: false, passwordAt: Date(),
                    createdAt: Date())
                try await accounts.add(account, passwordHash: "none", asFirst: false)
            }
            person = "clerk"
            token = TokenMaker.vault.token()
            try await desk.installation.storage.sessions.open(
                Session(id: "s", account: "chief", stage: .full, startedAt: Date(), seenAt: Date(), address: "", agent: ""),
                tokenDigest: TokenMaker.vault.digest(token))
            router = try WebServer(
                desk.installation, people: MachineOperator(), isDemo: false, access: try await Access(isNew: false), python: "/none",
                organisation: "示范市教育局", today: { Day(year: 2025, month: 10, day: 1) }
            ).router()
            responder = router.buildResponder()
        }

        func path(_ route: String, _ value: String? = nil) -> String {
            var path = route
            for (name, usual) in [
                ("{import}", draft), ("{snapshot}", "s1"), ("{county}", "清河县"), ("{person}", person), ("{school}", "A2"), ("{code}", "L1"),
                ("{stage}", "primary"), ("{file}", "school-return.xlsx"), ("{name}", "junheng.css"),
            ] { path = path.replacing(name, with: HostileInputTests.encoded(value ?? usual)) }
            // A parameter this table does not know takes the value itself.
            return path.replacing(/\{[^}]+\}/, with: HostileInputTests.encoded(value ?? "1"))
        }

        func answer(_ method: HTTPRequest.Method, _ path: String, _ body: String = "") async throws -> (
            code: Int, text: String, headers: HTTPFields
        ) {
            var fields: HTTPFields = [.cookie: "junheng-session=\(token)"]
            if method == .post { fields[.contentType] = "application/x-www-form-urlencoded" }
            let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields)
            let context = PageContext(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
            let response = try await responder.respond(
                to: Request(head: head, body: .init(buffer: ByteBuffer(string: body))), context: context)
            let writer = Collected()
            try await response.body.write(writer)
            return (response.status.code, String(buffer: writer.bytes.withLockedValue { $0 }), response.headers)
        }

        func check(_ name: String, _ answer: (code: Int, text: String, headers: HTTPFields)) {
            // 503 is an answer in words: no PDF without typst.
            #expect(answer.code < 500 || answer.code == 503, "\(name): \(answer.code)")
            #expect(answer.headers[values: .setCookie].allSatisfy { !$0.contains("evil") }, "\(name): a header was injected")
            let location = answer.headers[.location] ?? ""
            #expect(location.isEmpty || (location.hasPrefix("/") && !location.hasPrefix("//")), "\(name): leads to \(location)")
            #expect(!location.contains("\r") && !location.contains("\n"), "\(name)")
            guard answer.headers[.contentType]?.hasPrefix("text/html") ?? false else { return }
            for mark in HostileInputTests.broken { #expect(!answer.text.contains(mark), "\(name): \(mark)") }
        }
    }

    static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }

    /// Fields of the forms of a page, by where the form goes; those of links and GET forms stand under the page itself.
    private func forms(_ html: String, _ page: String) -> [(method: String, action: String, fields: Set<String>)] {
        html.matches(of: /(?s)<form([^>]*)>(.*?)<\/form>/).map { match in
            let head = String(match.1)
            let method = head.contains("method=\"post\"") ? "post" : "get"
            let action = head.firstMatch(of: /action="([^"#]*)/).map { String($0.1) } ?? ""
            let fields = Set(String(match.2).matches(of: /name="([^"]+)"/).map { String($0.1) })
            return (method, action.isEmpty ? page : action.replacing("&amp;", with: "&"), fields)
        }
    }

    @Test("每个页面、每个参数、每个表单字段都不出错，也不成为页面的一部分", .timeLimit(.minutes(10))) func everything() async throws {
        let probe = try await Probe()
        let pages = probe.router.routes.filter { $0.method == .get }.map { probe.path("\($0.path)") }
        var parameters: Set<String> = ["year", "standard", "view", "t", "q", "sort", "cols", "purpose", "verify"]
        var posts: [String: Set<String>] = [:]
        for page in pages {
            let answer = try await probe.answer(.get, page + "?year=2025")
            probe.check("GET \(page)", answer)
            for form in forms(answer.text, page) {
                if form.method == "post" {
                    posts[form.action, default: []].formUnion(form.fields)
                } else {
                    parameters.formUnion(form.fields)
                }
            }
            parameters.formUnion(answer.text.matches(of: /[?;]([a-z_]+)=/).map { String($0.1) })
        }
        #expect(pages.count > 30 && parameters.count > 12 && posts.count > 12, "\(pages.count) \(parameters.count) \(posts.count)")
        try await gets(probe, pages, parameters)
        for route in probe.router.routes where route.method == .post {
            posts[probe.path("\(route.path)"), default: []].formUnion(["version"])
        }
        // Ends the very session the tries are made with.
        for (action, fields) in posts.sorted(by: { $0.key < $1.key }) where action != "/logout" {
            try await self.posts(probe, action, fields)
        }
        // What was typed and kept must not break a page later.
        for page in pages { probe.check("after: \(page)", try await probe.answer(.get, page + "?year=2025")) }
        #expect(try await probe.desk.installation.storage.accounts.accounts().count >= 3)
        #expect(try await probe.desk.installation.audit.verify().isIntact)
    }

    private func gets(_ probe: Probe, _ pages: [String], _ parameters: Set<String>) async throws {
        for page in pages {
            for hostile in Self.hostile {
                let query = parameters.sorted().map { "\($0)=\(Self.encoded(hostile))" }.joined(separator: "&")
                probe.check("GET \(page)?… \(hostile.prefix(30))", try await probe.answer(.get, "\(page)?\(query)"))
            }
            for parameter in parameters {
                for hostile in [Self.hostile[0]] {
                    let path = "\(page)?year=2025&\(parameter)=\(Self.encoded(hostile))"
                    probe.check("GET \(path.prefix(120))", try await probe.answer(.get, path))
                }
            }
        }
        // The parts of the address itself, and bytes that are no text.
        for route in probe.router.routes where route.method == .get && "\(route.path)".contains("{") {
            for hostile in Self.hostile {
                probe.check("\(route.path) \(hostile.prefix(30))", try await probe.answer(.get, probe.path("\(route.path)", hostile)))
            }
            probe.check(
                "\(route.path) %ff", try await probe.answer(.get, "\(route.path)".replacing(/\{[^}]+\}/, with: "%ff%fe") + "?year=%ff&q=%"))
        }
    }

    private func posts(_ probe: Probe, _ action: String, _ fields: Set<String>) async throws {
        for hostile in Self.hostile {
            let body = fields.sorted().map { "\($0)=\(Self.encoded(hostile))" }.joined(separator: "&")
            probe.check("POST \(action) \(hostile.prefix(30))", try await probe.answer(.post, action, body))
        }
        for field in fields {
            for hostile in [Self.hostile[0], Self.hostile[11]] {
                let body = fields.sorted().map { "\($0)=\($0 == field ? Self.encoded(hostile) : "1")" }.joined(separator: "&")
                probe.check("POST \(action) \(field)", try await probe.answer(.post, action, body))
            }
        }
        probe.check("POST \(action) bytes", try await probe.answer(.post, action, "%ff=%fe&=&&a&\u{0}"))
    }
}

/// Gathers an answer's body.
private struct Collected: ResponseBodyWriter {
    let bytes = NIOLockedValueBox(ByteBuffer())

    func write(_ buffer: ByteBuffer) async throws {
        bytes.withLockedValue { bytes in
            var buffer = buffer
            bytes.writeBuffer(&buffer)
        }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
