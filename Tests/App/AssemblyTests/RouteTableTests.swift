import Establishments
import Exchanges
import Foundation
import HTTPTypes
import Hummingbird
import Indicators
import Inspection
import Jobs
import Logging
import NIOCore
import NIOEmbedded
import Pages
import Planning
import PostMatching
import Registry
import Rotation
import Staffing
import Storage
import Targets
import TeacherRotation
import Testing
import Vault
import Vocabulary

@testable import API
@testable import Assembly

/// Every route with the duty it asks for, tried by every role. A route without an entry here fails the test.
@Suite("每个地址谁能用") struct RouteTableTests {
    /// A plan with one line every county reports on, an entry of 清河县, a meeting and a draft.
    private func plan(_ storage: Storage) async throws {
        let body = """
            plan: p
            label: 规划
            document: { title: 文件, issuer: 市教育局, date: "2025", source: 测试 }
            from: 2025-01-01
            until: 2026-12-31
            items: [ { target: c, label: 清单, amount: { atLeast: 1, unit: 份 }, evidence: { each: county } } ]
            """
        let (by, day) = (PlanSignature(by: "u", name: "市基教科", at: Date()), Day(year: 2025, month: 9, day: 1))
        _ = try await storage.plans.adopt("p", title: "规划", body: body, seen: 0, by: by)
        try await storage.plans.enter(
            EvidenceEntry(id: "e1", plan: "p", item: "c", county: "清河县", day: day, amount: 1, by: by), seen: 0)
        _ = try await storage.meetings.call("m1", plan: "p", title: "第1次", day: day, by: by)
        try await storage.meetings.decide(Decision(id: "d1", meeting: "m1", number: 1, text: "限期", owner: "市基教科", due: day), seen: 1)
        try await storage.planDrafts.open(ReviewedDraft(id: "t1", title: "计划", text: "一、实施行动。", by: by))
    }

    private func server(_ desk: Desk) async throws -> WebServer {
        WebServer(
            desk.installation, people: MachineOperator(), isDemo: false, access: try await Access(isNew: false), python: "python3",
            organisation: "示范市教育局", today: { Day(year: 2025, month: 10, day: 1) })
    }

    /// The interface's addresses with what each declares.
    private static func interface(_ server: WebServer) throws -> [String: Needs] {
        var table: [String: Needs] = ["GET /api/v1/openapi.json": .nothing]
        for operation in try server.api().operations {
            table["\(operation.method.rawValue) /api/v1\(operation.path)"] =
                switch operation.needs {
                case .nobody: .nothing
                case .person: .anyDuty
                // Programs of somebody of one school are answered with what that person may see.
                case .duty(.look): .look
                case .duty(.handle): .anywhere(.handle)
                case .duty(let duty): .duty(duty)
                }
        }
        return table
    }

    @Test("每个角色在每个地址得到该得的回答") func everyRouteAndRole() async throws {
        let desk = try await Desk()
        defer { withExtendedLifetime(desk) {} }
        let draft = try await desk.preview([Desk.school("A1")], county: "清河县")
        try await desk.hand([Desk.school("A2"), Desk.school("A3")])
        _ = try await desk.installation.storage.snapshots.open(
            "s1", county: "清河县", Desk.year, forms: ["school-return"], reason: "", by: Desk.signed())
        _ = try await desk.installation.storage.jobs.add(
            JobOrder(
                id: "j1", kind: "read-import", title: "读取", input: draft.id, duty: "handIn", county: "清河县", person: "somebody", name: "某人",
                at: Date()))
        try await RouteTableTests.keepPlan(desk)
        try await RouteTableTests.keepVisit(desk)
        try await RouteTableTests.keepAlliance(desk)
        try await plan(desk.installation.storage)
        let server = try await server(desk)
        let (router, interface) = (try server.router(), try Self.interface(server))
        _ = try await desk.installation.storage.jobs.add(
            JobOrder(
                id: "j2", kind: "path-to-standard", title: "算方案", input: "{}", duty: "plan", county: "清河县", person: "somebody", name: "某人",
                at: Date()))
        _ = try await desk.installation.storage.proposals.add(
            ProposalRecord(
                id: "p1", method: "path", title: "清河县达标方案", county: "清河县", schoolYear: Desk.year, standard: "balance-2017", cost: 1,
                problem: "", body: "{}", job: "j2", made: ProposalSignature(by: "somebody", name: "某人", at: Date())), files: [])
        let responder = router.buildResponder()
        var roles: [(role: Role?, token: String)] = [(nil, "")]
        for role in Role.allCases { roles.append((role, try await logIn(role, desk))) }
        let today = Day(year: 2025, month: 10, day: 1)
        for route in router.routes {
            let name = "\(route.method.rawValue) \(route.path)"
            if route.method == .head { continue }
            guard let needs = Self.table[name] ?? interface[name] ?? Self.county(name) else {
                Issue.record("no entry for \(name)")
                continue
            }
            let path = "\(route.path)".replacing("{import}", with: draft.id).replacing("{snapshot}", with: "s1")
                .replacing("{county}", with: "%E6%B8%85%E6%B2%B3%E5%8E%BF").replacing("{person}", with: "nobody")
                .replacing("{task}", with: name.contains("answers") ? "j2" : "j1").replacing("{file}", with: "report.docx")
                .replacing("{plan}", with: name.contains("city-plans") ? "p" : "p1").replacing("{exchange}", with: "nobody")
                .replacing("{item}", with: "c").replacing("{entry}", with: "e1").replacing("{meeting}", with: "m1")
                .replacing("{decision}", with: "d1").replacing("{draft}", with: "t1").replacing("{number}", with: "0")
                .replacing("{visit}", with: "v1").replacing("{alliance}", with: "g1").replacing("{method}", with: "funds")
            // The last try of a role must not end its session for the tries to come.
            if name == "POST /logout" || name == "POST /account/sessions/end" { continue }
            for (role, token) in roles {
                let path = path.replacing("{school}", with: Self.school)
                let code = try await answer(responder, route.method, path, token)
                let person = role.map { Person(id: "", name: "", grants: [Self.grant($0)]) }
                let isAllowed = Self.allows(needs, person, today)
                if case .look = needs, let role, Self.grant(role).school != nil {
                    #expect(code < 500 || code == 503, "\(name) \(role.rawValue): \(code)")
                    continue
                }
                // What somebody of one school may not know of is not there.
                let isHidden = code == 404 && role.map { Self.grant($0).school != nil } == true && name.contains("{entry}")
                let isTurnedAway = code == 403 || isHidden || (person == nil && (code == 303 || code == 401) && !Self.isPublic(needs))
                #expect(isTurnedAway == !isAllowed, "\(name) \(role?.rawValue ?? "nobody"): \(code)")
                // 503 is an answer in words: no PDF without typst.
                #expect(code < 500 || code == 503, "\(name) \(role?.rawValue ?? "nobody"): \(code)")
            }
        }
    }

    /// The school of the heads and teachers of this test.
    private static let school = "A2"

    /// The pages of a county: its sums, its schools, its papers about all of them.
    private static func county(_ name: String) -> Needs? {
        guard name.hasPrefix("GET /counties/{county}") else { return nil }
        if name.contains("/schools/{school}") { return .sightOfSchool }
        return name.contains("report.") || name.hasSuffix("shortfalls.xlsx") ? .duty(.look) : .sightOfCounty
    }

    private static func allows(_ needs: Needs, _ person: Person?, _ today: Day) -> Bool {
        guard let person else { if case .nothing = needs { return true } else { return false } }
        let sight = person.reach(.look, today: today)
        return switch needs {
        case .nothing, .login: true
        case .anyLook, .look: !sight.isEmpty
        case .anyDuty: Duty.allCases.contains { !person.reach($0, today: today).isEmpty }
        case .beyondSchools: !sight.isEmpty && !sight.isSchoolsOnly
        case .sightOfCounty: sight.touches(county: "清河县")
        case .sightOfSchool: sight.covers(school: school, in: "清河县")
        case .anywhere(let duty): !person.reach(duty, today: today).isEmpty
        case .duty(let duty): person.may(duty, in: duty == .manageAccounts || duty == .seePersonal ? nil : "清河县", today: today)
        }
    }

    /// A plan of teachers' exchange in which nobody moves.
    private static func keepPlan(_ desk: Desk) async throws {
        let rules = RotationRules(
            id: "t", label: LocalizedText(zh: "试"), document: "示例", eligibility: .init(), rate: Share(basis: 0), basis: .eligible,
            room: Share(basis: 0), backboneShare: Share(basis: 0), backboneLevels: [], degrees: [:])
        let problem = RotationProblem(region: "清河县", year: Desk.year, units: [], teachers: [], rules: rules)
        let certificate = Certificate(status: .feasible, objective: 0, solver: "", problem: problem.digest, seconds: 0)
        let record = RotationRecord(problem, RotationPlan(), certificate)
        try await desk.installation.storage.exchanges().keep(
            RosterPlan(id: "p1", county: "清河县", year: Desk.year, body: record.text, madeBy: "某人", madeAt: Date()))
        let staffing = try StaffingFile.rules(nil, CatalogueFolder())
        let survey = StaffingSurvey(county: "清河县", year: Desk.year, units: [], members: [], rules: staffing)
        let draw = PostDraw(survey, units: [], members: [], rules: staffing)
        try await desk.installation.storage.staffing.keep(
            RosterPlan(
                id: "p1", county: "清河县", year: Desk.year, body: PostRecord(draw, PostPlan(), certificate).text, madeBy: "某人", madeAt: Date()
            ))
    }

    private static func isPublic(_ needs: Needs) -> Bool { if case .nothing = needs { true } else { false } }

    private static func grant(_ role: Role) -> Grant {
        Grant(role, county: role.isCountyPost ? "清河县" : nil, school: role.isSchoolPost ? school : nil)
    }

    private func logIn(_ role: Role, _ desk: Desk) async throws -> String {
        let storage = desk.installation.storage
        let person = Person(id: role.rawValue, name: role.label.zh, grants: [Self.grant(role)])
        let account = Account(person: person, login: role.rawValue, mustChangePassword: false, passwordAt: Date(), createdAt: Date())
        try await storage.accounts.add(account, passwordHash: "none", asFirst: false)
        let token = TokenMaker.vault.token()
        let session = Session(
            id: "s-\(role.rawValue)", account: person.id, stage: .full, startedAt: Date(), seenAt: Date(), address: "", agent: "")
        try await storage.sessions.open(session, tokenDigest: TokenMaker.vault.digest(token))
        return token
    }

    private func answer(
        _ responder: any HTTPResponder<PageContext>, _ method: HTTPRequest.Method, _ path: String, _ token: String
    ) async throws -> Int {
        let fields: HTTPFields = token.isEmpty ? [:] : [.cookie: "junheng-session=\(token)"]
        let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path + "?year=2025", headerFields: fields)
        let context = PageContext(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test")))
        let request = Request(head: head, body: .init(buffer: ByteBuffer(string: "version=0")))
        return try await responder.respond(to: request, context: context).status.code
    }
}
