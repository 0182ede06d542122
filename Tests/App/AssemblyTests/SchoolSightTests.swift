import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Pages
import Registry
import Testing
import Vault
import Vocabulary

@testable import Assembly

/// Somebody of one school sees that school and the county's sums, and of no other school a row: on every page and in every export.
@Suite("只看自己学校的人") struct SchoolSightTests {
    private let desk: Desk
    private let router: Router<PageContext>
    private let responder: any HTTPResponder<PageContext>
    private static let county = "%E6%B8%85%E6%B2%B3%E5%8E%BF"

    init() async throws {
        desk = try await Desk()
        try await desk.hand([
            Desk.school("A1"), Desk.school("B2", pupils: "2900"), Desk.school("B3", rooms: "1"), Desk.school("C1", "东岭县"),
        ])
        router = try WebServer(
            desk.installation, people: Heads(), isDemo: true, python: "python3", organisation: "示范市教育局",
            today: { Day(year: 2025, month: 10, day: 1) }
        ).router()
        responder = router.buildResponder()
    }

    private struct Heads: PersonDirectory {
        func people() -> [Person] {
            let county = "清河县"
            return [
                Person(id: "officer", name: "清河县督导室", grants: [Grant(.countyOfficer, county: county)]),
                Person(id: "head", name: "校长", grants: [Grant(.schoolHead, county: county, school: "A1")]),
                Person(
                    id: "two", name: "两校",
                    grants: [
                        Grant(.schoolHead, county: county, school: "A1"), Grant(.teacher, county: county, school: "B2"),
                    ]),
                Person(
                    id: "ended", name: "离任校长",
                    grants: [
                        Grant(.schoolHead, county: county, school: "A1", until: Day(year: 2025, month: 9, day: 30))
                    ]),
                Person(id: "placeless", name: "没写学校的校长", grants: [Grant(.schoolHead, county: county)]),
            ]
        }
        func person(_ id: PersonID) -> Person? { people().first { $0.id == id } }
    }

    private func get(_ path: String, as person: String) async throws -> (code: Int, text: String, place: String) {
        let fields: HTTPFields = [.cookie: "junheng-visitor=\(person)"]
        let head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: path, headerFields: fields)
        let context = PageContext(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
        let response = try await responder.respond(to: Request(head: head, body: .init(buffer: ByteBuffer())), context: context)
        let writer = Collected()
        try await response.body.write(writer)
        return (response.status.code, writer.text, response.headers[.location] ?? "")
    }

    private final class Collected: ResponseBodyWriter {
        var buffer = ByteBuffer()
        var text: String { String(buffer: buffer) }
        func write(_ buffer: ByteBuffer) async throws { self.buffer.writeImmutableBuffer(buffer) }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    /// Every page of the county without a school in its address, with codes and stages filled in.
    private var pages: [String] {
        var paths: [String] = []
        for route in router.routes where route.method == .get {
            let path = "\(route.path)"
            guard path.hasPrefix("/counties/{county}"), !path.contains("{school}") else { continue }
            for code in ["L1", "L2", "L3", "G1", "G3"] where path.contains("{code}") || code == "L1" {
                paths.append(
                    path.replacing("{county}", with: Self.county).replacing("{code}", with: code).replacing("{stage}", with: "primary"))
            }
        }
        return paths
    }

    @Test("县里的页面上没有别的学校的名字，也没有通到它们的链接") func rows() async throws {
        var seen = 0
        for path in pages {
            let officer = try await get(path + "?all=1", as: "officer")
            let head = try await get(path + "?all=1", as: "head")
            if head.code == 403 {
                #expect(path.contains("report") || path.hasSuffix(".xlsx"), "\(path)")
                continue
            }
            #expect(head.code == officer.code, "\(path)")
            for other in ["B2小学", "B3小学", "schools/B2", "schools/B3"] { #expect(!head.text.contains(other), "\(path): \(other)") }
            if officer.text.contains("B2小学") { seen += 1 }
        }
        // The officer does see them: the pages are ones that name schools.
        #expect(seen >= 5)
        #expect(try await get("/counties/\(Self.county)/schools", as: "head").text.contains("A1小学"))
        let two = try await get("/counties/\(Self.county)/schools", as: "two").text
        #expect(two.contains("A1小学") && two.contains("B2小学") && !two.contains("B3小学"))
    }

    @Test("全县的数仍是全县的") func sums() async throws {
        let officer = try await get("/counties/\(Self.county)", as: "officer").text
        let head = try await get("/counties/\(Self.county)", as: "head").text
        func headline(_ text: String) -> String { text.firstMatch(of: /<h1>(.*?)<\/h1>/).map { String($0.1) } ?? "" }
        #expect(headline(officer) == headline(head) && !headline(head).isEmpty)
        let spread = "/counties/\(Self.county)/indicators/L1/primary"
        func formula(_ text: String) -> String { text.firstMatch(of: /<dl class="formula">(.*?)<\/dl>/).map { String($0.1) } ?? "" }
        #expect(formula(try await get(spread, as: "officer").text) == formula(try await get(spread, as: "head").text))
    }

    @Test("别的学校的页、算式和导出都打不开，自己的打得开") func doors() async throws {
        let county = "/counties/\(Self.county)"
        #expect(try await get(county + "/schools/A1", as: "head").code == 200)
        #expect(try await get(county + "/schools/A1/primary/L1", as: "head").code == 200)
        for path in ["/schools/B2", "/schools/B2/primary/L1", "/schools/B2?t=facts&export=xlsx", "/report.docx", "/shortfalls.xlsx"] {
            #expect(try await get(county + path, as: "head").code == 403, "\(path)")
            #expect(try await get(county + path, as: "officer").code == 200, "\(path)")
        }
        #expect(try await get(county + "/schools/B2", as: "head").text.contains("只能看自己学校的数据"))
        #expect(try await get("/counties/%E4%B8%9C%E5%B2%AD%E5%8E%BF", as: "head").code == 403)
        #expect(try await get("/bigscreen", as: "head").code == 403)
    }

    @Test("首页通到自己的学校，换学年也一样") func home() async throws {
        for path in ["/", "/?year=2025&standard=balance-2017"] {
            let answer = try await get(path, as: "head")
            #expect(answer.code == 303 && answer.place.hasPrefix("/counties/\(Self.county)/schools/A1?"), "\(path)")
        }
    }

    @Test("到期的、没写学校的职务什么也看不到") func nothing() async throws {
        for person in ["ended", "placeless"] {
            #expect(try await get("/counties/\(Self.county)/schools/A1", as: person).code == 403, "\(person)")
            #expect(try await get("/counties/\(Self.county)", as: person).code == 403, "\(person)")
        }
    }
}
