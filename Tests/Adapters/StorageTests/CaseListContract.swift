import Casework
import Foundation
import Storage
import Synchronization
import Testing
import Vault
import Vocabulary

@Suite("办件的清单与统计") struct CaseListContract {
    private typealias Small = SmallCases
    private let photo = Evidence(kind: .photo, file: CaseFile(name: "桥.jpg", digest: "ab12", size: 5, type: "image/jpeg"))
    private let late = Day(year: 2026, month: 3, day: 20)

    /// Nine cases over two counties: three a day on 2, 3 and 4 March; the last of each day is dropped.
    private func filled(_ office: CaseOffice) async throws -> [Case] {
        var all: [Case] = []
        for day in 2...4 {
            for school in 1...3 {
                let date = Day(year: 2026, month: 3, day: day)
                let county = school == 2 ? "乙县" : "甲县"
                var item = try await Small.open(office, school: "\(school)", county: county, day: date, title: "修\(day)号_\(school)%桥")
                if school == 3 {
                    let dropped = Small.command(.act("drop"), Small.reeve(), day: date.adding(days: day))
                    item = try await office.act(item.id, seen: 1, dropped)
                }
                all.append(item)
            }
        }
        return all
    }

    private func numbers(_ office: CaseOffice, _ filter: CaseFilter, limit: Int = 50, today: Day = SmallCases.today) async throws -> [Int] {
        var (found, cursor): ([Int], CaseCursor?) = ([], nil)
        repeat {
            let page = try await office.query.page(filter, after: cursor, limit: limit, today: today)
            #expect(page.rows.count <= limit)
            found += page.rows.compactMap { Int($0.number.dropFirst(8).dropLast()) }
            cursor = page.next
        } while cursor != nil
        return found
    }

    @Test("收件箱：本校的、全县的、某人的；一页一页不重不漏", arguments: Engine.allCases) func trays(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        let all = try await filled(office)
        #expect(try await numbers(office, CaseFilter(tray: .posts(Small.mason("1").posts))) == [1, 4, 7])
        #expect(try await numbers(office, CaseFilter(tray: .posts(Small.mason("3").posts))) == [])
        for size in [1, 2, 50] {
            let every = try await numbers(office, CaseFilter(), limit: size)
            #expect(Set(every) == [1, 2, 4, 5, 7, 8] && every.count == 6)
            let both = CaseFilter(tray: .posts(Small.mason("1").posts + Small.mason("2", "乙县").posts))
            #expect(Set(try await numbers(office, both, limit: size)) == [1, 2, 4, 5, 7, 8])
            #expect(try await numbers(office, CaseFilter(isOpen: nil), limit: size).count == 9)
            #expect(Set(try await numbers(office, CaseFilter(counties: ["甲县", "乙县"]), limit: size)) == [1, 2, 4, 5, 7, 8])
        }
        #expect(try await numbers(office, CaseFilter(counties: [])) == [])
        #expect(try await numbers(office, CaseFilter(county: "乙县")) == [2, 5, 8])
        // A post of the whole county sees every school of it, one of every county sees all.
        #expect(try await numbers(office, CaseFilter(tray: .posts([.init(role: "mason", county: "甲县")]))) == [1, 4, 7])
        #expect(Set(try await numbers(office, CaseFilter(tray: .posts([.init(role: "mason")])))) == [1, 2, 4, 5, 7, 8])
        #expect(try await numbers(office, CaseFilter(tray: .owned(Small.mason("2", "乙县").posts))) == [2, 5, 8])
        #expect(Set(try await numbers(office, CaseFilter(tray: .openedBy("r-甲县")))) == [1, 4, 7])
        _ = try await office.act(all[0].id, seen: 1, Small.command(.act("take"), Small.mason("1")))
        #expect(try await numbers(office, CaseFilter(tray: .mine("m1"))) == [1])
        #expect(try await office.query.count(CaseFilter(), most: 4, today: Small.today) == 4)
        #expect(try await office.query.count(CaseFilter(tray: .posts(Small.mason("1").posts)), most: 9, today: Small.today) == 3)
    }

    @Test("按灯、按字、按期限筛选；期限最紧的在前", arguments: Engine.allCases) func filters(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        let all = try await filled(office)
        let page = try await office.query.page(CaseFilter(), after: nil, limit: 9, today: Small.today)
        let days = page.rows.compactMap(\.due.day)
        #expect(days.count == 6 && days == days.sorted() && days.first == Day(year: 2026, month: 3, day: 5))
        let sixth = Day(year: 2026, month: 3, day: 6)
        #expect(Set(try await numbers(office, CaseFilter(light: .overdue), today: sixth)) == [1, 2])
        #expect(Set(try await numbers(office, CaseFilter(light: .soon), today: sixth)) == [4, 5, 7, 8])
        #expect(Set(try await numbers(office, CaseFilter(light: .onTime), today: Day(year: 2026, month: 3, day: 4))) == [7, 8])
        // What is late is not on time, even where nothing warned before.
        #expect(try await numbers(office, CaseFilter(light: .onTime), today: late) == [])
        #expect(Set(try await numbers(office, CaseFilter(isOpen: nil, light: .closed))) == [3, 6, 9])
        #expect(Set(try await numbers(office, CaseFilter(dueFrom: sixth, dueUntil: sixth))) == [4, 5])
        // The numbers above a list are those of all its pages, whether it has one or several.
        for limit in [2, 50] {
            func numbers(_ filter: CaseFilter) async throws -> [Int] {
                let inbox = try await office.query.inbox(filter, after: nil, limit: limit, most: 99, today: sixth)
                return [min(inbox.page.rows.count, limit), inbox.count, inbox.overdue]
            }
            #expect(try await numbers(CaseFilter()) == [min(6, limit), 6, 2])
            #expect(try await numbers(CaseFilter(isOpen: nil)) == [min(9, limit), 9, 2])
            #expect(try await numbers(CaseFilter(light: .soon)) == [min(4, limit), 4, 0])
            #expect(try await numbers(CaseFilter(light: .overdue)) == [2, 2, 2])
        }
        // Signs that mean something to the database mean themselves.
        #expect(try await numbers(office, CaseFilter(text: "号_1%桥")).count == 3)
        #expect(try await numbers(office, CaseFilter(text: "%")).count == 6)
        #expect(try await numbers(office, CaseFilter(text: "5号_")) == [])
        #expect(try await numbers(office, CaseFilter(text: all[3].number)) == [4])
        #expect(Set(try await numbers(office, CaseFilter(county: "甲县", text: "号_1%桥"))) == [1, 4, 7])
        #expect(try await numbers(office, CaseFilter(counties: ["乙县", "丙县"], text: "桥")) == [2, 5, 8])
        #expect(try await numbers(office, CaseFilter(counties: [], text: "桥")) == [])
        #expect(try await numbers(office, CaseFilter(state: "ordered", counties: ["乙县"])) == [2, 5, 8])
        #expect(try await numbers(office, CaseFilter(definition: "toll-house")) == [])
        #expect(try await numbers(office, CaseFilter(state: "dropped", isOpen: false)).count == 3)
        #expect(page.rows.allSatisfy { row in all.contains { $0.id == row.id && $0.title == row.title && $0.due == row.due } })
    }

    @Test("统计：立、在办、办结、撤销、超期、天数中位数", arguments: Engine.allCases) func figures(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        let all = try await filled(office)
        // Closed after 1, 5 and 10 days in one county, after 2 and 3 in the other.
        for (place, days) in [(0, 1), (3, 5), (6, 10), (1, 2), (4, 3)] {
            let item = all[place]
            let by = Small.mason(item.place.school ?? "", item.place.county ?? "")
            _ = try await office.act(item.id, seen: 1, Small.command(.act("build"), by, day: item.openedDay, evidence: [photo]))
            let check = Small.command(.act("check"), Small.reeve(item.place.county ?? ""), day: item.openedDay.adding(days: days))
            _ = try await office.act(item.id, seen: 2, check)
        }
        let found = try await office.query.figures(CaseFilter(isOpen: nil), by: .county, opened: (nil, nil), today: late)
        #expect(
            Set(found) == [
                CaseFigures(group: "甲县", opened: 6, open: 0, closed: 3, abandoned: 3, overdue: 0, medianDays: 5),
                CaseFigures(group: "乙县", opened: 3, open: 1, closed: 2, abandoned: 0, overdue: 1, medianDays: 2.5),
            ])
        // Closed on a day: opened in the first days of March, and so many days later.
        let closed = try await office.query.page(CaseFilter(isOpen: false), after: nil, limit: 50, today: late).rows
        let days = closed.filter { !$0.isAbandoned }.compactMap(\.closedDay).sorted()
        let some = try await office.query.page(
            CaseFilter(isOpen: false, closedFrom: days[1], closedUntil: days[3]), after: nil, limit: 50, today: late
        ).rows
        let wanted = closed.filter { item in item.closedDay.map { (days[1]...days[3]).contains($0) } == true }
        #expect(days.count == 5 && Set(some.map(\.id)) == Set(wanted.map(\.id)))
        #expect(try await office.query.page(CaseFilter(isOpen: nil, closedFrom: late), after: nil, limit: 50, today: late).rows.isEmpty)
        // Whole histories of many at once, in the order asked for.
        let ids = [all[4].id, "no such case", all[0].id]
        let several = try await office.store.find(ids)
        #expect(several.map(\.id) == [all[4].id, all[0].id] && several.map(\.revision) == [3, 3])
        #expect(several.first == (try await office.store.find(all[4].id)))
        #expect(try await office.store.find([]).isEmpty)
        let third = Day(year: 2026, month: 3, day: 3)
        let one = try await office.query.figures(CaseFilter(isOpen: nil, county: "甲县"), by: .school, opened: (third, third), today: late)
        #expect(one.map(\.group) == ["1", "3"] && one.map(\.opened) == [1, 1] && one.map(\.medianDays) == [5, nil])
        let states = try await office.query.figures(CaseFilter(isOpen: nil), by: .state, opened: (nil, nil), today: late)
        #expect(Dictionary(uniqueKeysWithValues: states.map { ($0.group, $0.opened) }) == ["done": 5, "dropped": 3, "ordered": 1])
    }

    @Test("逾期当天过后提醒一次", arguments: Engine.allCases) func escalation(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        let item = try await Small.open(office)
        _ = try await Small.open(office, school: "2", day: late)
        let now = Date(timeIntervalSince1970: Double(late.ordinal) * 86_400)
        #expect(try await office.escalate(at: now, today: Day(year: 2026, month: 3, day: 5)) == 0)
        #expect(try await office.escalate(at: now, today: late) == 1)
        #expect(try await office.escalate(at: now, today: late) == 0)
        #expect(try await office.find(item.id).item.history.last?.label == "报里正")
        #expect(try await numbers(office, CaseFilter(tray: .posts(Small.reeve().posts))) == [1])
    }

    @Test("摘要被弄坏，重建后与事件相符，并说有几件不符", arguments: Engine.allCases) func rebuilding(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        _ = try await filled(office)
        _ = try await Small.open(office, gap: "G")
        let before = try await office.query.page(CaseFilter(isOpen: nil), after: nil, limit: 99, today: late).rows
        let definitions = Small.definitions
        #expect(try await office.store.rebuild({ definitions[$0] }, ground: "1", progress: { _, _ in }) == 0)
        let driver = try engine.open(desk.folder)
        _ = try await driver.write { connection in
            try connection.execute("UPDATE case_file SET state = 'done', is_open = 0, due_day = 1 WHERE school = '1'", [])
            for table in ["case_waiting", "case_claim", "case_deadline", "case_link"] { try connection.execute("DELETE FROM \(table)", []) }
        }
        #expect(try await office.store.rebuild({ definitions[$0] }, ground: "1", progress: { _, _ in }) == 7)
        #expect(try await office.query.page(CaseFilter(isOpen: nil), after: nil, limit: 99, today: late).rows == before)
        #expect(try await numbers(office, CaseFilter(tray: .posts(Small.mason("1").posts))).count == 4)
        #expect(await caseRefusal { _ = try await Small.open(office, gap: "G") }?.code == .duplicate)
    }

    @Test("重建中途断了，再来一次从断的地方接着；换了规则从头来", arguments: Engine.allCases) func brokenOff(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        let all = try await filled(office)
        let driver = try engine.open(desk.folder)
        _ = try await driver.write { try $0.execute("UPDATE case_file SET state = 'done'", []) }
        // Spans of one case, four at a time: eight cases are folded before a rule is missing at the ninth.
        let store = desk.storage.cases(Small.definitions.calendar, span: 1) { Sha256.hex($0) }
        let definitions = Small.definitions
        let (asked, heard) = (Counted(), Heard())
        @Sendable func rules(_ key: CaseDefinitionKey, most: Int) -> CaseDefinition? { asked.next() <= most ? definitions[key] : nil }
        // Each is folded twice: to compare, and once more behind the lock.
        let refused = await caseRefusal { _ = try await store.rebuild({ rules($0, most: 16) }, ground: "1", progress: { _, _ in }) }
        #expect(refused?.code == .definition)
        let changed = try await store.rebuild({ definitions[$0] }, ground: "1", progress: { done, _ in heard.add(done) })
        #expect(heard.take() == [8, 9] && changed == 9)
        let states = try await office.query.figures(CaseFilter(isOpen: nil), by: .state, opened: (nil, nil), today: late)
        #expect(Dictionary(uniqueKeysWithValues: states.map { ($0.group, $0.opened) }) == ["ordered": 6, "dropped": 3])
        asked.reset()
        _ = await caseRefusal { _ = try await store.rebuild({ rules($0, most: 4) }, ground: "1", progress: { _, _ in }) }
        _ = try await store.rebuild({ definitions[$0] }, ground: "2", progress: { done, _ in heard.add(done) })
        #expect(heard.take() == [4, 8, 9] && all.count == 9)
    }

    @Test("重建的时候照常办理，一步也不丢", arguments: Engine.allCases) func meanwhile(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let office = Small.office(desk)
        let all = try await filled(office)
        let driver = try engine.open(desk.folder)
        _ = try await driver.write { try $0.execute("UPDATE case_file SET state = 'done', revision = 9", []) }
        let store = desk.storage.cases(Small.definitions.calendar, span: 1) { Sha256.hex($0) }
        let definitions = Small.definitions
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await store.rebuild({ definitions[$0] }, ground: "1", progress: { _, _ in }) }
            for item in all where item.place.school == "1" {
                group.addTask { _ = try await office.act(item.id, seen: 1, Small.command(.act("take"), Small.mason("1"))) }
            }
            try await group.waitForAll()
        }
        // Whatever the order was, a second folding finds nothing to put right.
        #expect(try await store.rebuild({ definitions[$0] }, ground: "1", progress: { _, _ in }) == 0)
        #expect(try await numbers(office, CaseFilter(tray: .mine("m1"))) == [1, 4, 7])
        #expect(try await store.verify { _, _ in } == [])
    }
}

/// Counts from 1.
private final class Counted: Sendable {
    private let number = Mutex(0)

    func next() -> Int {
        number.withLock {
            $0 += 1
            return $0
        }
    }

    func reset() { number.withLock { $0 = 0 } }
}

/// What a bar was told; taking it empties it.
private final class Heard: Sendable {
    private let all = Mutex([Int]())

    func add(_ number: Int) { all.withLock { $0.append(number) } }
    func take() -> [Int] {
        all.withLock { all in
            defer { all = [] }
            return all
        }
    }
}
