import Foundation
import Indicators
import Storage
import Targets
import Testing
import Vault
import Vocabulary

@Suite("规划督办的存储约定") struct PlanContract {
    private let day = Day(year: 2026, month: 3, day: 1)

    private func signed(_ name: String = "市基教科", minute: Int = 0) -> PlanSignature {
        PlanSignature(by: "u-\(name)", name: name, at: Date(timeIntervalSince1970: 1_757_000_000 + Double(minute) * 60))
    }

    private func entry(_ id: String, _ item: String = "a", amount: Double? = 3.5, county: String? = nil) -> EvidenceEntry {
        EvidenceEntry(
            id: id, plan: "p", item: item, county: county, day: day, amount: amount, note: "第一批",
            documents: [EvidenceDocument(name: "示教字〔2026〕1号")], by: signed())
    }

    private func refused(_ work: () async throws -> Void) async -> PlanRefusal.Code? {
        do {
            try await work()
            return nil
        } catch {
            return (error as? PlanRefusal)?.code
        }
    }

    @Test("采用的规划按版本留存，后采用的要看过前一版", arguments: Engine.allCases) func adopting(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let plans = desk.storage.plans
        let first = try await plans.adopt("p", title: "规划", body: "plan: p", seen: 0, by: signed())
        _ = try await plans.adopt("q", title: "另一份", body: "plan: q", seen: 0, by: signed(minute: 1))
        #expect(first.version == 1)
        #expect(await refused { _ = try await plans.adopt("p", title: "规划", body: "甲", seen: 0, by: signed()) } == .stale)
        _ = try await plans.adopt("p", title: "规划（修订）", body: "乙", seen: 1, by: signed("市督导室", minute: 2))
        #expect(try await plans.adoptions().map { "\($0.plan)\($0.version)\($0.body)" } == ["p2乙", "q1plan: q"])
        #expect(try await plans.versions(of: "p").map(\.version) == [2, 1])
        #expect(try await plans.versions(of: "p")[0].by == signed("市督导室", minute: 2))
    }

    @Test("填报、补材料、撤回原样读回；看的不是最新就不收", arguments: Engine.allCases) func evidence(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let plans = desk.storage.plans
        try await plans.enter(entry("e1"), seen: 0)
        try await plans.enter(entry("e2", amount: nil, county: "清河县"), seen: 1)
        #expect(await refused { try await plans.enter(entry("e3"), seen: 1) } == .stale)
        try await plans.attach(EvidenceDocument(name: "照片.jpg", digest: "ab"), to: "e2")
        #expect(await refused { try await plans.attach(EvidenceDocument(name: "x"), to: "没有") } == .unknown)
        var kept = entry("e2", amount: nil, county: "清河县")
        kept.documents.append(EvidenceDocument(name: "照片.jpg", digest: "ab"))
        var record = try await plans.record(of: "p")
        #expect(record.entries == [entry("e1"), kept] && record.version("a") == 2 && record.version("b") == 0)
        #expect(await refused { try await plans.withdraw("e1", reason: " ", seen: 2, by: signed()) } == .invalid)
        #expect(await refused { try await plans.withdraw("e1", reason: "填错", seen: 1, by: signed()) } == .stale)
        try await plans.withdraw("e1", reason: "填错", seen: 2, by: signed(minute: 5))
        #expect(await refused { try await plans.withdraw("e1", reason: "填错", seen: 3, by: signed()) } == .state)
        #expect(await refused { try await plans.attach(EvidenceDocument(name: "x"), to: "e1") } == .state)
        // As another server sees it.
        record = try await desk.reopened().plans.record(of: "p")
        #expect(record.entries[0].withdrawn == .init(reason: "填错", by: signed(minute: 5)) && record.version("a") == 3)
        #expect(try await plans.record(of: "q").entries.isEmpty)
    }

    @Test("两人同时填同一条，只有一人写成，另一人得知", arguments: Engine.allCases) func twoAtOnce(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let plans = desk.storage.plans
        let codes = await withTaskGroup(of: PlanRefusal.Code?.self) { group in
            for number in 0..<6 { group.addTask { await refused { try await plans.enter(entry("e\(number)"), seen: 0) } } }
            return await group.reduce(into: [PlanRefusal.Code?]()) { $0.append($1) }
        }
        #expect(codes.count { $0 == nil } == 1 && codes.count { $0 == .stale } == 5)
        #expect(try await plans.record(of: "p").entries.count == 1)
    }

    @Test("人工定灯要理由，改了、取消了都留着经过", arguments: Engine.allCases) func overrides(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let plans = desk.storage.plans
        #expect(await refused { try await plans.override(.late, of: "a", in: "p", reason: "", seen: 0, by: signed()) } == .invalid)
        #expect(await refused { try await plans.override(nil, of: "a", in: "p", reason: "取消", seen: 0, by: signed()) } == .state)
        #expect(try await plans.record(of: "p").version("a") == 0)
        try await plans.override(.atRisk, of: "a", in: "p", reason: "改建中", seen: 0, by: signed())
        try await plans.override(.done, of: "a", in: "p", reason: "验收了", seen: 1, by: signed(minute: 1))
        #expect(try await plans.record(of: "p").overrides["a"]?.light == .done)
        try await plans.override(nil, of: "a", in: "p", reason: "按佐证", seen: 2, by: signed(minute: 2))
        #expect(try await plans.record(of: "p").overrides["a"] == nil)
        #expect(try await plans.overrideHistory(of: "a", in: "p").map { $0.light?.rawValue ?? "-" } == ["-", "done", "atRisk"])
    }

    @Test("每周的灯一周一份，同一周后写的算数", arguments: Engine.allCases) func weeks(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let plans = desk.storage.plans
        let monday = Day(year: 2026, month: 3, day: 2)
        try await plans.keep([WeekRecord(item: "a", week: monday, light: .onTrack, value: 1)], of: "p")
        try await plans.keep([WeekRecord(item: "a", week: monday, light: .late, value: nil)], of: "p")
        try await plans.keep([WeekRecord(item: "a", week: Day(year: 2026, month: 2, day: 23), light: .done, value: 0.5)], of: "p")
        #expect(
            try await plans.history(of: "p") == [
                WeekRecord(item: "a", week: Day(year: 2026, month: 2, day: 23), light: .done, value: 0.5),
                WeekRecord(item: "a", week: monday, light: .late, value: nil),
            ])
    }

    @Test("草稿逐条取舍，采用后不能再改", arguments: Engine.allCases) func drafts(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let drafts = desk.storage.planDrafts
        try await drafts.open(ReviewedDraft(id: "d", title: "计划", text: "一、实施行动。\n", by: signed()))
        let choice = LineChoice(isDropped: true, label: "行动", owner: "市基教科", deadline: day)
        try await drafts.choose([1: choice, 2: LineChoice(label: "乙")], in: "d", seen: 1)
        #expect(await refused { try await drafts.choose([1: LineChoice(label: "晚了")], in: "d", seen: 1) } == .stale)
        let found = try await drafts.draft("d")
        #expect(found?.choices == [1: choice, 2: LineChoice(label: "乙")] && found?.text == "一、实施行动。\n" && found?.version == 2)
        try await drafts.close("d", as: "p", seen: 2)
        #expect(await refused { try await drafts.choose([1: choice], in: "d", seen: 3) } == .state)
        #expect(try await drafts.drafts().map(\.adopted) == ["p"])
        #expect(try await drafts.draft("x") == nil)
    }

    @Test("会议编号连着，议定事项办结一次", arguments: Engine.allCases) func meetings(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        defer { withExtendedLifetime(desk) {} }
        let meetings = desk.storage.meetings
        let first = try await meetings.call("m1", plan: "p", title: "第1次", day: day, by: signed())
        #expect(first.number == 1)
        let decision = Decision(id: "d1", meeting: "m1", number: 0, text: "限期补齐", item: "a", owner: "市基教科", due: day)
        try await meetings.decide(decision, seen: 1)
        #expect(
            await refused {
                try await meetings.decide(Decision(id: "d2", meeting: "m1", number: 0, text: "乙", owner: "丙", due: day), seen: 1)
            } == .stale)
        #expect(await refused { try await meetings.end("d1", as: .done, outcome: "", by: signed()) } == .invalid)
        try await meetings.end("d1", as: .done, outcome: "已补齐", by: signed(minute: 3))
        #expect(await refused { try await meetings.end("d1", as: .dropped, outcome: "又不要了", by: signed()) } == .state)
        let second = try await meetings.call("m2", plan: "p", title: "第2次", day: day, by: signed())
        #expect(second.number == 2)
        let all = try await meetings.meetings(of: "p")
        #expect(all.map(\.id) == ["m2", "m1"])
        #expect(
            all[1].decisions.first?.state == .done && all[1].decisions.first?.number == 1
                && all[1].decisions.first?.ended == signed(minute: 3))
    }

    @Test("规划的数据随库一起搬走", arguments: Engine.allCases) func moving(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let (plans, meetings) = (desk.storage.plans, desk.storage.meetings)
        _ = try await plans.adopt("p", title: "规划", body: "plan: p", seen: 0, by: signed())
        try await plans.enter(entry("e1", county: "清河县"), seen: 0)
        try await plans.override(.late, of: "a", in: "p", reason: "理由", seen: 1, by: signed())
        try await plans.keep([WeekRecord(item: "a", week: day, light: .late, value: 0.25)], of: "p")
        _ = try await meetings.call("m1", plan: "p", title: "第1次", day: day, by: signed())
        try await meetings.decide(Decision(id: "d1", meeting: "m1", number: 0, text: "限期", owner: "市基教科", due: day), seen: 1)
        let folder = try await TestFolder.make(engine == .sqlite ? .postgres : .sqlite)
        let target = try (engine == .sqlite ? Engine.postgres : .sqlite).open(folder)
        _ = try await StoreMove(from: engine.open(desk.folder), to: target, hash: { Sha256.hex($0) }).run()
        let moved = try await Storage((engine == .sqlite ? Engine.postgres : .sqlite).open(folder))
        #expect(try await moved.plans.record(of: "p").entries == plans.record(of: "p").entries)
        #expect(try await moved.plans.record(of: "p").overrides == plans.record(of: "p").overrides)
        #expect(try await moved.plans.history(of: "p") == plans.history(of: "p"))
        #expect(try await moved.meetings.meetings(of: "p").flatMap(\.decisions) == meetings.meetings(of: "p").flatMap(\.decisions))
    }
}
