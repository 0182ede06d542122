import Alliances
import Definitions
import Foundation
import Testing
import Vocabulary

/// Schools and rules the tests speak of.
enum Small {
    static let at = Date(timeIntervalSince1970: 1_780_000_000)
    static let today = Day(year: 2026, month: 3, day: 20)
    static func day(_ text: String) -> Day { Day(iso: text) ?? today }
    static func school(_ code: String, county: String = "清河县") -> AllianceSchool {
        AllianceSchool(code: code, name: "\(code)校", county: county)
    }

    static func rules(_ text: String = national) throws -> (AllianceRules, [String]) {
        let log = DiagnosticLog()
        let found = DefinitionSet([DefinitionFile(path: "a.yaml", text: text)], log).of(kind: AllianceRules.documentKind)
        let rules = try #require(found.first.map { AllianceRules($0, log) })
        return (rules, log.diagnostics.map(\.description))
    }

    static let national = """
        alliances: t
        label: 试
        size: { most: 4 }
        forms:
          - { id: a, label: 教联体, document: 某文 }
          - { id: b, label: 分校, document: 某文, most: 2, from: 2020-01-01 }
          - { id: old, label: 旧形式, document: 某文, until: 2025-12-31 }
        pairing: a
        subjects: [数学, 语文]
        limits: { teachers: 10, days: 100, lessons: 50, visits: 5 }
        """

    static func alliance(
        _ id: String = "g", name: String = "甲教联体", lead: String = "L", form: String = "a", from: String = "2024-10-08",
        members: [Alliance.Member] = [supported("A")]
    ) -> Alliance {
        Alliance(
            id: id, name: name, county: "清河县", form: form, lead: school(lead), founded: day(from), members: members, madeBy: "某人",
            madeAt: at, version: 1)
    }

    static func supported(_ code: String, from: String = "2024-10-08", until: String? = nil, stage: Stage? = nil) -> Alliance.Member {
        Alliance.Member(school(code), .supported, stage: stage, from: day(from), until: until.map { day($0) })
    }

    static func activity(
        _ id: String, _ kind: AllianceActivity.Kind = .staff, on: String = "2025-03-03", count: Int = 2, days: Int? = 20,
        subject: String = "数学", from: String = "L", to: String = "A", evidence: String = "签到表", of alliance: String = "g"
    ) -> AllianceActivity {
        AllianceActivity(
            id: id, alliance: alliance, kind: kind, day: day(on), count: count, days: kind == .staff ? days : nil, subject: subject,
            from: from, to: to, evidence: evidence, madeBy: "某人", madeAt: at)
    }

    static func register(_ alliances: [Alliance] = [alliance()]) throws -> AllianceRegister {
        var register = AllianceRegister()
        try register.found(alliances, rules: try rules().0, today: today)
        return register
    }

    /// The words of a refusal; empty where nothing is refused.
    static func refused(_ work: () throws -> Void) -> String {
        do { try work() } catch let refusal as AllianceRefusal { return refusal.message } catch { return "\(error)" }
        return ""
    }
}

@Suite("教联体：谁在哪一个里") struct AllianceMembersTests {
    @Test("一所成员校同一时间只在一个教联体；退出之后、不同学段、强校都可以") func onlyOne() throws {
        let rules = try Small.rules().0
        var register = try Small.register()
        let other = Small.alliance("h", name: "乙教联体", lead: "M")
        #expect(Small.refused { try register.found([other], rules: rules, today: Small.today) }.contains("“A校”已是“甲教联体”的成员校"))
        register = try Small.register()
        try register.leave("g", seen: 1, member: 0, on: Small.day("2025-07-01"), reason: "调整", today: Small.today)
        #expect(Small.refused { try register.found([other], rules: rules, today: Small.today) } != "")
        register = try Small.register()
        try register.leave("g", seen: 1, member: 0, on: Small.day("2025-07-01"), reason: "调整", today: Small.today)
        var later = other
        (later.founded, later.members) = (Small.day("2025-07-02"), [Small.supported("A", from: "2025-07-02")])
        try register.found([later], rules: rules, today: Small.today)
        var staged = try Small.register([Small.alliance(members: [Small.supported("A", stage: .primary)])])
        try staged.found(
            [Small.alliance("h", name: "乙", lead: "M", members: [Small.supported("A", stage: .junior)])], rules: rules, today: Small.today)
        #expect(
            Small.refused {
                try staged.found(
                    [Small.alliance("i", name: "丙", lead: "N", members: [Small.supported("A", stage: .junior)])], rules: rules,
                    today: Small.today)
            }.contains("“A校（初中）”已是“乙”的成员校"))
    }

    @Test("几个一起登记，一个不行就都不登记，说明是第几个") func together() throws {
        var register = AllianceRegister()
        let rules = try Small.rules().0
        let both = [Small.alliance(), Small.alliance("h", name: "乙", lead: "M")]
        do {
            try register.found(both, rules: rules, today: Small.today)
            Issue.record("not refused")
        } catch let refusal as AllianceRefusal {
            #expect(refusal.complaints.map(\.place) == [1])
        }
    }

    @Test("学校数上限含牵头学校；往前补登记的也算到后来的日子") func size() throws {
        let rules = try Small.rules().0
        var register = try Small.register([
            Small.alliance(members: ["A", "B"].map { Small.supported($0) } + [Small.supported("C", from: "2025-09-01")])
        ])
        let full = Small.supported("D", from: "2024-11-01")
        #expect(
            Small.refused { try register.join("g", seen: 1, [full], rules: rules, today: Small.today) }.contains("有5所学校，超过上限4所"))
        #expect(register.alliance("g")?.members.count == 3)
        try register.join("g", seen: 1, [Small.supported("D", from: "2024-11-01", until: "2025-08-31")], rules: rules, today: Small.today)
        #expect(register.alliance("g")?.version == 2)
        #expect(
            Small.refused {
                var other = AllianceRegister()
                try other.found(
                    [Small.alliance(form: "b", members: ["A", "B"].map { Small.supported($0) })], rules: rules, today: Small.today)
            }.contains("上限2所"))
    }

    @Test("牵头学校不作成员、日期颠倒、没有成员、停用的形式、同名：各有一句话") func faults() throws {
        let rules = try Small.rules().0
        func words(_ alliance: Alliance) -> String {
            Small.refused {
                var register = AllianceRegister()
                try register.found([alliance], rules: rules, today: Small.today)
            }
        }
        #expect(words(Small.alliance(members: [Small.supported("L")])).contains("是牵头学校，不能又作成员"))
        #expect(words(Small.alliance(members: [Small.supported("A", from: "2024-10-07")])).contains("早于成立日期"))
        #expect(words(Small.alliance(members: [Small.supported("A", until: "2024-10-07")])).contains("退出日期"))
        #expect(words(Small.alliance(members: [])).contains("至少要有一所学校"))
        #expect(words(Small.alliance(members: [Small.supported("A"), Small.supported("A")])).contains("重复"))
        #expect(words(Small.alliance(form: "old")).contains("现在不能选用"))
        #expect(words(Small.alliance(form: "?")).contains("形式请选：教联体、分校"))
        #expect(words(Small.alliance(from: "2026-03-21")).contains("还没有到"))
        var register = try Small.register()
        let same = Small.alliance("h", lead: "M", members: [Small.supported("Z")])
        #expect(Small.refused { try register.found([same], rules: rules, today: Small.today) }.contains("已经有“甲教联体”"))
    }

    @Test("看的不是最新的就不改；退出、结束要理由，之后还有活动的不收") func changes() throws {
        let rules = try Small.rules().0
        var register = try Small.register()
        try register.record([Small.activity("1")], seen: ["g": 1], rules: rules, today: Small.today)
        do {
            try register.end("g", seen: 1, on: Small.today, reason: "期满", today: Small.today)
            Issue.record("not refused")
        } catch let refusal as AllianceRefusal {
            #expect(refusal.ground == .stale && refusal.message.contains("别人刚改动过"))
        }
        func end(_ day: String, _ reason: String) -> String {
            Small.refused { try register.end("g", seen: 2, on: Small.day(day), reason: reason, today: Small.today) }
        }
        #expect(end("2026-03-20", "").contains("理由"))
        #expect(end("2024-09-01", "期满").contains("早于"))
        #expect(end("2026-03-21", "期满").contains("还没有到"))
        #expect(end("2025-03-02", "期满").contains("还登记有1项活动（最晚2025-03-03）"))
        #expect(end("2025-03-03", "期满") == "")
        #expect(register.alliance("g")?.members.map(\.until) == [Small.day("2025-03-03")])
        #expect(
            Small.refused { try register.join("g", seen: 3, [Small.supported("B")], rules: rules, today: Small.today) }.contains("已在"))
    }
}

@Suite("教联体：做了什么") struct AllianceActivityTests {
    private func words(_ activity: AllianceActivity, _ register: AllianceRegister? = nil) throws -> String {
        var register = try register ?? Small.register()
        let rules = try Small.rules().0
        return Small.refused { try register.record([activity], rules: rules, today: Small.today) }
    }

    @Test("成立之前、还没加入、已经退出、将来的日子、不在里面的学校：都不收") func when() throws {
        #expect(try words(Small.activity("1", on: "2024-10-07")).contains("成立（2024-10-08）之前"))
        #expect(try words(Small.activity("1", on: "2026-03-21")).contains("还没有到"))
        #expect(try words(Small.activity("1", to: "Q")).contains("没有标识码为“Q”的学校"))
        var register = try Small.register([Small.alliance(members: [Small.supported("A"), Small.supported("B", from: "2025-09-01")])])
        #expect(try words(Small.activity("1", to: "B"), register).contains("“B校”2025-09-01才加入"))
        try register.leave("g", seen: 1, member: 0, on: Small.day("2025-01-31"), reason: "调整", today: Small.today)
        #expect(try words(Small.activity("1"), register).contains("“A校”已在2025-01-31退出"))
    }

    @Test("数量、天数、学科、依据、同一所学校、重复：都不收") func what() throws {
        #expect(try words(Small.activity("1", count: 0)).contains("1 到 10"))
        #expect(try words(Small.activity("1", count: 11)).contains("1 到 10"))
        #expect(try words(Small.activity("1", days: nil)).contains("每人的天数"))
        #expect(try words(Small.activity("1", subject: "")).contains("学科请填：数学、语文"))
        #expect(try words(Small.activity("1", .visit, count: 1, subject: "")) == "")
        #expect(try words(Small.activity("1", evidence: "")).contains("依据"))
        #expect(try words(Small.activity("1", from: "A")).contains("同一所"))
        #expect(try words(Small.activity("1", to: "")).contains("到哪所学校"))
        var register = try Small.register()
        let rules = try Small.rules().0
        try register.record([Small.activity("1")], rules: rules, today: Small.today)
        #expect(try words(Small.activity("2", count: 3), register).contains("已经登记过"))
        #expect(
            Small.refused {
                try register.strike("1", of: "g", seen: 2, by: "某人", at: Small.at, reason: "")
            }.contains("理由"))
        try register.strike("1", of: "g", seen: 2, by: "某人", at: Small.at, reason: "填错")
        #expect(try words(Small.activity("2", count: 3), register) == "")
        #expect(Small.refused { try register.strike("1", of: "g", seen: 3, by: "某人", at: Small.at, reason: "又") }.contains("已由某人撤销"))
    }

    @Test("按学年、按学校计数；撤销的不算；面向各成员的算到每个在的成员") func tallies() throws {
        var register = try Small.register([Small.alliance(members: [Small.supported("A"), Small.supported("B", from: "2025-03-01")])])
        let rules = try Small.rules().0
        let all = [
            Small.activity("1", on: "2024-12-02", count: 2, days: 20), Small.activity("2", .lesson, on: "2025-08-31", count: 8, to: ""),
            Small.activity("3", .visit, on: "2025-09-01", count: 1), Small.activity("4", .lesson, on: "2025-02-01", count: 3, to: ""),
            Small.activity("5", .lesson, on: "2025-10-01", count: 40),
        ]
        try register.record(all, rules: rules, today: Small.today)
        try register.strike("5", of: "g", seen: 2, by: "某人", at: Small.at, reason: "填错")
        let alliance = try #require(register.alliance("g"))
        let years = AllianceTally.byYear(alliance, register.activities, today: Small.today)
        #expect(years.map(\.year.start) == [2025, 2024])
        #expect(years.map(\.tally.lessons) == [0, 11] && years.map(\.tally.visits) == [1, 0])
        #expect(years[1].tally.teachers == 2 && years[1].tally.teacherDays == 40)
        let (a, b) = ("A", "B")
        func received(_ code: String, _ year: Int) -> AllianceTally {
            AllianceTally.ofSchool(code, in: alliance, register.activities, SchoolYear(year)).received
        }
        #expect(received(a, 2024).lessons == 11 && received(b, 2024).lessons == 8)
        #expect(AllianceTally.ofSchool("L", in: alliance, register.activities, SchoolYear(2024)).given.lessons == 11)
        #expect(AllianceTally.ofSchool("L", in: alliance, register.activities, SchoolYear(2024)).received.isEmpty)
        let idle = AllianceTally.idle(alliance, register.activities, SchoolYear(2025), on: Small.today)
        #expect(idle.map(\.school.code) == [b])
    }
}

@Suite("教联体：成员校的变化") struct AllianceEffectTests {
    private func unit(_ school: String, _ value: Double?, stage: Stage = .primary, county: String = "清河县") -> UnitFigures {
        UnitFigures(school: school, county: county, stage: stage, values: value.map { ["s1": $0] } ?? [:])
    }

    /// A rises by 3 while the two schools outside rise by 1 and 2; the lead and another alliance's school are left out.
    private func figures(_ later: Double? = 13) -> [SchoolYear: [UnitFigures]] {
        [
            SchoolYear(2024): [unit("A", 10), unit("L", 50), unit("X", 20), unit("Y", 10), unit("Z", 5), unit("M", 9)],
            SchoolYear(2025): [unit("A", later), unit("L", 90), unit("X", 21), unit("Y", 12), unit("Z", 50), unit("N", 1)],
        ]
    }

    @Test("加入前取加入那天以前最近一次统计；对照是县里不在任何教联体、两年都有数的学校") func comparison() throws {
        let alliance = Small.alliance()
        let other = Small.alliance("h", name: "乙", lead: "Z", from: "2025-09-01", members: [Small.supported("M", from: "2025-09-01")])
        let rows = AllianceEffect(alliance, all: [alliance, other], figures: figures(), items: ["s1"]).rows
        let row = try #require(rows.first)
        #expect(rows.count == 1 && row.base == SchoolYear(2024) && row.year == SchoolYear(2025))
        #expect(row.change == 3 && row.othersChange == 1.5 && row.others == 2 && row.ahead == 1.5)
        #expect(row.relative == 0.3 && row.othersRelative == 0.1)
    }

    @Test("没有数的是空，不是零；没有可比的学校也是空") func missing() throws {
        let alliance = Small.alliance()
        let row = try #require(AllianceEffect(alliance, all: [alliance], figures: figures(nil), items: ["s1"]).rows.first)
        #expect(row.now == nil && row.change == nil && row.ahead == nil && row.before == 10)
        let alone = figures().mapValues { $0.filter { $0.school == "A" } }
        let lonely = try #require(AllianceEffect(alliance, all: [alliance], figures: alone, items: ["s1"]).rows.first)
        #expect(lonely.change == 3 && lonely.othersChange == nil && lonely.others == 0 && lonely.ahead == nil)
        let unknown = try #require(AllianceEffect(alliance, all: [alliance], figures: figures(), items: ["none"]).rows.first)
        #expect(unknown.before == nil && unknown.othersBefore == nil)
    }

    @Test("加入当年的统计在加入之前，不算变化；退出之后只看第一次统计") func years() throws {
        let many = Dictionary(uniqueKeysWithValues: (2022...2026).map { (SchoolYear($0), [unit("A", Double($0)), unit("X", 1)]) })
        func years(_ from: String, _ until: String?) -> [Int] {
            let alliance = Small.alliance(from: from, members: [Small.supported("A", from: from, until: until)])
            return AllianceEffect(alliance, all: [alliance], figures: many, items: ["s1"]).rows.map(\.year.start)
        }
        #expect(years("2023-10-01", nil) == [2024, 2025, 2026])
        #expect(years("2023-09-01", nil) == [2024, 2025, 2026])
        #expect(years("2023-08-31", nil) == [2023, 2024, 2025, 2026])
        #expect(years("2023-10-01", "2024-07-01") == [2024])
        #expect(years("2023-10-01", "2024-09-02") == [2024, 2025])
        #expect(years("2026-10-01", nil) == [])
    }
}

@Suite("写下来的日子") struct WrittenDayTests {
    @Test("几种写法、表格里的天数都认得；没有的日子不认") func written() {
        let day = Day(year: 2026, month: 3, day: 1)
        for text in ["2026-03-01", "2026-3-1", "2026/3/1", "2026.03.01", "2026年3月1日", "46082", "2026-03-01 00:00"] {
            #expect(Day(written: text) == day, "\(text)")
        }
        for text in ["", "2026-02-31", "2026-3", "三月一日", "1899-01-01", "12"] { #expect(Day(written: text) == nil, "\(text)") }
    }
}
