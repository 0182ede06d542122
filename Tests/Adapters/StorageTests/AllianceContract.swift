import Alliances
import Definitions
import Foundation
import Storage
import Testing
import Vocabulary

@Suite("教联体的约定") struct AllianceContract {
    private let at = Date(timeIntervalSince1970: 1_780_000_000)
    private let today = Day(year: 2026, month: 3, day: 20)

    private func rules() throws -> AllianceRules {
        let text = """
            alliances: t
            label: 试
            size: { most: 4 }
            forms: [ { id: a, label: 教联体, document: 某文 } ]
            pairing: a
            subjects: [数学]
            limits: { teachers: 10, days: 100, lessons: 50, visits: 5 }
            """
        let log = DiagnosticLog()
        let found = DefinitionSet([DefinitionFile(path: "a.yaml", text: text)], log).of(kind: AllianceRules.documentKind)
        return try #require(found.first.map { AllianceRules($0, log) })
    }

    private func alliance(_ id: String, county: String = "清河县", member: String = "A") -> Alliance {
        let from = Day(year: 2024, month: 10, day: 8)
        func school(_ code: String) -> AllianceSchool { AllianceSchool(code: code, name: "\(code)校", county: county) }
        return Alliance(
            id: id, name: "\(id)教联体", county: county, form: "a", lead: school("L\(id)"), founded: from,
            members: [
                .init(school(member), .supported, stage: .primary, from: from),
                .init(school("S\(id)"), .strong, from: from, until: Day(year: 2025, month: 7, day: 1), reason: "期满"),
            ], plan: "pairing:x", madeBy: "某人", madeAt: at, version: 1)
    }

    private func activity(_ id: String, of alliance: String, _ kind: AllianceActivity.Kind, day: Int) -> AllianceActivity {
        AllianceActivity(
            id: id, alliance: alliance, kind: kind, day: Day(year: 2025, month: 3, day: day), count: 2, days: kind == .staff ? 10 : nil,
            subject: "数学", from: "L\(alliance)", to: kind == .staff ? "A" : "", evidence: "签到表", madeBy: "某人", madeAt: at)
    }

    @Test("写进去的原样读出来，按县和名称、活动按日期", arguments: Engine.allCases) func same(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let (store, rules, today) = (desk.storage.alliances, try rules(), today)
        let (first, second) = (alliance("b"), alliance("a", member: "B"))
        let activities = [
            activity("2", of: "b", .staff, day: 9), activity("1", of: "b", .lesson, day: 3), activity("3", of: "a", .visit, day: 5),
        ]
        try await store.change(of: nil) { register in
            try register.found([first, second], rules: rules, today: today)
            try register.record(activities, rules: rules, today: today)
        }
        var (kept, other) = (first, second)
        (kept.version, other.version) = (2, 2)
        #expect(try await store.alliances() == [other, kept])
        #expect(try await store.activities(nil).map(\.id) == ["1", "3", "2"])
        #expect(try await store.activities("b") == [activities[1], activities[0]])
        try await store.change(of: "b") { try $0.strike("2", of: "b", seen: 2, by: "某人", at: Date(timeIntervalSince1970: 9), reason: "填错") }
        let struck = try await store.activities("b").last
        #expect(struck?.struck == .init(by: "某人", at: Date(timeIntervalSince1970: 9), reason: "填错"))
        #expect(try await store.alliances().map(\.version) == [2, 3])
    }

    @Test("拒绝的什么都不写；两个人同时改，后到的被告知", arguments: Engine.allCases) func refused(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let (store, rules, today) = (desk.storage.alliances, try rules(), today)
        let first = alliance("b")
        try await store.change(of: nil) { try $0.found([first], rules: rules, today: today) }
        let (again, late) = (alliance("c"), activity("1", of: "b", .staff, day: 9))
        await #expect(throws: AllianceRefusal.self) {
            try await store.change(of: nil) { register in
                try register.record([late], rules: rules, today: today)
                try register.found([again], rules: rules, today: today)
            }
        }
        #expect(try await store.alliances() == [first])
        #expect(try await store.activities(nil) == [])
        let grounds = await withTaskGroup(of: RefusalGround?.self) { group in
            for number in 1...2 {
                group.addTask {
                    let one = activity("\(number)", of: "b", .lesson, day: number)
                    do {
                        try await store.change(of: "b") { try $0.record([one], seen: ["b": 1], rules: rules, today: today) }
                        return nil
                    } catch {
                        return (error as? AllianceRefusal)?.ground ?? .unknown
                    }
                }
            }
            return await group.reduce(into: [RefusalGround?]()) { $0.append($1) }
        }
        #expect(grounds.count { $0 == nil } == 1 && grounds.contains(.stale))
        #expect(try await store.activities(nil).count == 1)
    }
}
