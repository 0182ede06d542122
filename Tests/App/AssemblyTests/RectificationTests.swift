import Casework
import Foundation
import Indicators
import Registry
import Shortfalls
import Storage
import Testing
import Vault
import Vocabulary

@testable import Assembly

@Suite("从短板到成效") struct RectificationTests {
    private let day = Day(year: 2025, month: 9, day: 3)
    private let start = Date(timeIntervalSince1970: 1_756_864_800)
    private let key = ShortfallKey(standard: "balance-2017", school: "1001", stage: .primary, code: "L7")
    private let head = Person(id: "h", name: "1001小学校长", grants: [Grant(.schoolHead, county: "清河县", school: "1001")])
    private let officer = Person(id: "o", name: "清河县督导室", grants: [Grant(.countyOfficer, county: "清河县")])

    /// A school with 9 networked classrooms where 11.5 are asked for, and one that has enough.
    private func short() async throws -> Desk {
        let desk = try await Desk()
        try await desk.hand([Desk.school("1001", rooms: "9"), Desk.school("1002", rooms: "13")])
        return desk
    }

    private func order(
        _ desk: Desk, by person: Person? = nil, promise: ItemStanding? = nil
    ) async throws -> OpenRectifications.Outcome {
        let office = desk.installation.caseOffice(desk.evaluations)
        let evaluated = try #require(try await desk.evaluated(.live))
        let outcomes = try await OpenRectifications(office).run(
            [key], in: evaluated, .init(finishBy: day.adding(days: 90), money: 500_000, demand: "年底前配齐", promise: promise),
            by: desk.installation.caseActor(person ?? officer, today: day), at: start, today: day)
        return try #require(outcomes.first)
    }

    private func photo(_ number: Int) -> Evidence {
        Evidence(kind: .photo, file: CaseFile(name: "\(number).png", digest: "d\(number)", size: 1, type: "image/png"), takenAt: start)
    }

    private func act(
        _ desk: Desk, _ item: Case, _ action: String, _ person: Person, answers: [String: FieldValue] = [:], evidence: [Evidence] = []
    ) async throws -> Case {
        let command = CaseCommand(
            .act(action), by: desk.installation.caseActor(person, today: day), at: start.addingTimeInterval(Double(item.revision) * 60),
            today: day, answers: answers, evidence: evidence)
        return try await desk.installation.caseOffice(desk.evaluations).act(item.id, seen: item.revision, command)
    }

    private func refusal(_ work: () async throws -> Void) async -> CaseRefusal? {
        do {
            try await work()
            return nil
        } catch {
            return error as? CaseRefusal
        }
    }

    @Test("立件写明缺多少、补齐后值和差异系数会怎样；同一短板不能再立") func opening() async throws {
        let desk = try await short()
        let item = try #require(try await order(desk).opened)
        #expect(item.number == "整改〔2025〕1号" && item.title.hasPrefix("L7 ") && item.title.contains("缺3间"), "\(item.title)")
        #expect(item.owner == CaseUnit(role: "school.head", county: "清河县", school: "1001"))
        #expect(item.answers["valueNow"] == .number(1.8) && item.answers["amount"] == .number(3))
        let (now, then) = (item.answers["valueThen"]?.number, item.answers["cvThen"]?.number)
        // Twelve rooms for 500 pupils: 2.4 a hundred, beside 2.6 of the other school.
        #expect(now == 2.4 && abs((then ?? 0) - 0.04) < 1e-9, "\(String(describing: then))")
        #expect(abs((item.answers["cvNow"]?.number ?? 0) - 0.4 / 2.2) < 1e-9)
        let again = try await order(desk)
        #expect(again.refusal?.code == .duplicate && again.refusal?.message.contains("整改〔2025〕1号") == true)
        let office = desk.installation.caseOffice(desk.evaluations)
        #expect(try await OpenRectifications(office).alreadyOpen([key]).map(\.key) == [key])
        #expect(try await order(desk, by: head).refusal?.code == .role)
    }

    @Test("以万元计的缺口，预计值按元补上") func moneyShort() async throws {
        let desk = try await Desk()
        let poor = Desk.school("1001").replacing(",120,", with: ",90,")
        try await desk.hand([poor, Desk.school("1002")])
        let evaluated = try #require(try await desk.evaluated(.live))
        let gap = try #require(evaluated.result.counties.first?.shortfalls.first { $0.code == "L6" })
        #expect(gap.needed == 10 && gap.unit == "万元" && gap.value == 1800)
        let county = try #require(evaluated.result.counties.first)
        // 1,000,000 yuan for 500 pupils.
        #expect(PredictedEffect(gap, in: county, evaluated).valueThen == 2000)
    }

    @Test("数据没变不能销号；新数据达标了才能；冻结以后预计与实际对比") func toTheEnd() async throws {
        let desk = try await short()
        var item = try #require(try await order(desk).opened)
        item = try await act(desk, item, "accept", head, answers: ["promisedDate": .date(day.adding(days: 60))])
        let result: [String: FieldValue] = ["done": .text("已建成"), "complete": .yesNo(true)]
        item = try await act(desk, item, "report", head, answers: result, evidence: [photo(1), photo(2)])
        item = try await act(desk, item, "sign", head)
        let waiting = item
        let early = await refusal { _ = try await act(desk, waiting, "confirm", officer) }
        #expect(early?.code == .rule && early?.message.contains("现值1.8，标准2.3") == true, "\(String(describing: early))")

        try await desk.hand([Desk.school("1001", rooms: "12"), Desk.school("1002", rooms: "13")])
        item = try await act(desk, item, "confirm", officer)
        #expect(item.state == "closed" && item.history.last?.findings.first?.message.contains("现值2.4") == true)

        let effects = MeasureEffect(desk.evaluations)
        let before = try #require(try await effects.run(item))
        #expect(before.valueMeasured == nil && before.waiting.contains("还没有冻结"))
        let store = desk.installation.storage.snapshots
        var snapshot = try await store.open("s1", county: "清河县", Desk.year, forms: ["school-return"], reason: "", by: Desk.signed())
        for action in [SnapshotAction.submit, .approve] {
            snapshot = try await store.take(action, on: "s1", seen: snapshot.version, reason: "", by: Desk.signed())
        }
        _ = try await store.freeze("s1", seen: snapshot.version, catalogue: "", by: Desk.signed(), hash: { Sha256.hex($0) })
        let after = try #require(try await effects.run(item))
        #expect(after.valueBefore == 1.8 && after.valuePredicted == 2.4 && after.valueMeasured == 2.4 && after.verdict == .met)
        #expect(after.shareReached == 1 && after.source.contains("清河县") && after.waiting.isEmpty)
        #expect(abs((after.cvMeasured ?? 0) - (after.cvPredicted ?? 1)) < 1e-12)
        let reviewing = ReviewEffects(desk.installation.caseOffice(desk.evaluations), desk.evaluations)
        let review = try await reviewing.run("清河县", year: 2025, today: day)
        let tally = EffectTally(review.lines)
        #expect(review.lines.map(\.number) == ["整改〔2025〕1号"] && review.isWhole && review.open == 0)
        #expect(tally.measured == 1 && tally.met == 1 && tally.waiting == 0 && tally.medianShare == 1 && tally.money == 500_000)
        #expect(tally.spent == nil, "what nobody told is not nothing")
        var untold = try #require(review.lines.first)
        untold.money = nil
        let both = EffectTally(review.lines + [untold])
        #expect(both.money == 500_000 && both.moneyUntold == 1 && both.spentUntold == 2, "a sum says how many cases it leaves out")
        #expect(try await reviewing.run("清河县", year: 2024, today: day).lines.isEmpty)
        #expect(try await reviewing.run("清河县", school: "1002", year: 2025, today: day).lines.isEmpty)
        // The shortfall is gone: it cannot be ordered again.
        #expect(try await order(desk).refusal?.code == .link)
    }

    @Test("方案只把一项补到底线的，补到底线就能销号，没到底线不能") func upToTheFloor() async throws {
        let desk = try await short()
        let promise = ItemStanding(verdict: .notMet, value: 2, bound: 2.3, cv: nil, sentence: "")
        var item = try #require(try await order(desk, promise: promise).opened)
        #expect(item.title.contains("补到底线") && item.answers["goal"] == .choice("floor") && item.answers["amount"] == nil, "\(item.title)")
        #expect(item.answers["valueThen"] == .number(2) && item.answers["cvThen"] == nil)
        item = try await act(desk, item, "accept", head, answers: ["promisedDate": .date(day.adding(days: 60))])
        let result: [String: FieldValue] = ["done": .text("添了一间"), "complete": .yesNo(true)]
        item = try await act(desk, item, "report", head, answers: result, evidence: [photo(1), photo(2)])
        item = try await act(desk, item, "sign", head)
        let waiting = item
        let early = await refusal { _ = try await act(desk, waiting, "confirm", officer) }
        #expect(early?.message.contains("现值1.8，要求补到底线1.955（标准2.3）") == true, "\(String(describing: early))")
        try await desk.hand([Desk.school("1001", rooms: "10"), Desk.school("1002", rooms: "13")])
        item = try await act(desk, item, "confirm", officer)
        #expect(item.state == "closed")
    }

    @Test("方案补不到底线或补到标准的，仍按标准要求") func upToTheThreshold() async throws {
        for value in [1.9, 2.3] {
            let promise = ItemStanding(verdict: value < 2.3 ? .notMet : .met, value: value, bound: 2.3, cv: nil, sentence: "")
            let item = try #require(try await order(try await short(), promise: promise).opened)
            #expect(item.answers["goal"] == .choice("threshold") && item.title.contains("缺3间"), "\(item.title)")
        }
    }

    @Test("整改还没上报时冻结的数据，不算整改的成效") func frozenTooEarly() async throws {
        let desk = try await short()
        var item = try #require(try await order(desk).opened)
        item = try await act(desk, item, "accept", head, answers: ["promisedDate": .date(day.adding(days: 60))])
        let store = desk.installation.storage.snapshots
        let early = Signature(by: "清河县督导室", name: "清河县督导室", at: start.addingTimeInterval(90))
        var snapshot = try await store.open("s1", county: "清河县", Desk.year, forms: ["school-return"], reason: "", by: early)
        for action in [SnapshotAction.submit, .approve] {
            snapshot = try await store.take(action, on: "s1", seen: snapshot.version, reason: "", by: early)
        }
        _ = try await store.freeze("s1", seen: snapshot.version, catalogue: "", by: early, hash: { Sha256.hex($0) })
        let result: [String: FieldValue] = ["done": .text("已建成"), "complete": .yesNo(true)]
        item = try await act(desk, item, "report", head, answers: result, evidence: [photo(1), photo(2)])
        let effect = try #require(try await MeasureEffect(desk.evaluations).run(item))
        #expect(effect.valueMeasured == nil && effect.waiting.hasPrefix("上报整改结果之后还没有冻结"), "\(effect)")
    }

    @Test("更早的学年后来又冻结一次，不算整改的成效") func frozenAgain() async throws {
        let desk = try await short()
        let later = Day(year: 2026, month: 9, day: 10)
        let office = desk.installation.caseOffice(desk.evaluations)
        let evaluated = try #require(try await desk.evaluated(.live))
        let opened = try await OpenRectifications(office).run(
            [key], in: evaluated, .init(finishBy: later.adding(days: 90)), by: desk.installation.caseActor(officer, today: later),
            at: start, today: later)
        let item = try #require(opened.first?.opened)
        let store = desk.installation.storage.snapshots
        var snapshot = try await store.open("s1", county: "清河县", Desk.year, forms: ["school-return"], reason: "", by: Desk.signed())
        for action in [SnapshotAction.submit, .approve] {
            snapshot = try await store.take(action, on: "s1", seen: snapshot.version, reason: "", by: Desk.signed())
        }
        _ = try await store.freeze("s1", seen: snapshot.version, catalogue: "", by: Desk.signed(), hash: { Sha256.hex($0) })
        // Of 2025, sealed after the case was opened in the school year 2026.
        #expect(try await MeasureEffect(desk.evaluations).run(item)?.valueMeasured == nil)
    }

    @Test("数据撤掉以后是资料不足，不能销号") func insufficient() async throws {
        let desk = try await short()
        var item = try #require(try await order(desk).opened)
        item = try await act(desk, item, "accept", head, answers: ["promisedDate": .date(day.adding(days: 60))])
        let result: [String: FieldValue] = ["done": .text("已建成"), "complete": .yesNo(true)]
        item = try await act(desk, item, "report", head, answers: result, evidence: [photo(1), photo(2)])
        item = try await act(desk, item, "sign", head)
        try await desk.hand([Desk.school("1001", rooms: ""), Desk.school("1002", rooms: "13")])
        let waiting = item
        let refused = await refusal { _ = try await act(desk, waiting, "confirm", officer) }
        #expect(refused?.code == .rule && refused?.message.contains("资料不足") == true, "\(String(describing: refused))")
    }

    @Test("岗位按登记的角色和任期；期满的不算") func posts() async throws {
        let desk = try await Desk()
        let past = Person(id: "p", name: "前任", grants: [Grant(.countyOfficer, county: "清河县", until: day.adding(days: -1))])
        #expect(desk.installation.caseActor(past, today: day).posts.isEmpty)
        #expect(desk.installation.caseActor(officer, today: day).posts == [.init(role: "county.supervisor", county: "清河县")])
        let teacher = Person(id: "t", name: "教师", grants: [Grant(.teacher, county: "清河县", school: "1001")])
        #expect(desk.installation.caseActor(teacher, today: day).posts == [.init(role: "school.teacher", county: "清河县", school: "1001")])
    }
}
