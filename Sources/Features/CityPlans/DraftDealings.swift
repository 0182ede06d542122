internal import Foundation
public import Pages
internal import Registry
public import Targets
public import Vocabulary

/// A draft with the lines it was read as.
public struct OpenedDraft: Sendable {
    public var draft: ReviewedDraft
    public var read: PlanDraft
    /// The years the text speaks of.
    public var period: (from: Day, until: Day)
    /// Numbers of the lines that stay.
    public var kept: Set<Int>
}

/// What can be done with drafts read from a text, whoever asks.
extension CityPlansDesk {
    /// Newest first, without their texts.
    public func drafts(_ visit: Visit) async throws -> [ReviewedDraft] {
        if !visit.mayAnywhere(.look) { try visit.require(.look, in: nil) }
        return try await drafts.drafts()
    }

    public func draft(_ id: String, _ visit: Visit) async throws -> OpenedDraft {
        if !visit.mayAnywhere(.look) { try visit.require(.look, in: nil) }
        return CityPlansDesk.opened(try await draft(id), today: visit.today)
    }

    func draft(_ id: String) async throws -> ReviewedDraft {
        guard let draft = try await drafts.draft(id) else { throw PageMissing("没有这份草稿，可能链接有误。请从“规划督办”重新选择") }
        return draft
    }

    static func opened(_ draft: ReviewedDraft, today: Day) -> OpenedDraft {
        let read = PlanTextReader.read(draft.text, title: draft.title)
        let period = DraftDefinition.period(read, today: today)
        let kept = DraftDefinition(read, id: "draft", from: period.from, until: period.until, choices: draft.choices).kept
        return OpenedDraft(draft: draft, read: read, period: (period.from, period.until), kept: Set(kept.map(\.number)))
    }

    /// Reads a plan's text into a draft. Throws `PlanRefusal`.
    public func openDraft(_ title: String, _ text: String, _ visit: Visit) async throws -> OpenedDraft {
        try visit.require(.supervise, in: nil)
        let title = title.trimmingCharacters(in: .whitespaces)
        let text = text.replacing("\r\n", with: "\n")
        guard !title.isEmpty, text.contains(where: { !$0.isWhitespace }) else { throw PlanRefusal(.invalid, "请写名称，并粘贴全文") }
        guard text.count <= PlanTextReader.limit else { throw PlanRefusal(.invalid, "全文超过\(PlanTextReader.limit)字，请分成几份") }
        let draft = ReviewedDraft(id: newID(), title: String(title.prefix(80)), text: text, by: signature(visit))
        try await drafts.open(draft)
        return CityPlansDesk.opened(draft, today: visit.today)
    }

    /// Keeps, changes or drops a line. `seen` is the version of the draft that was looked at, nil for whichever there is.
    public func choose(_ choice: LineChoice, for number: Int, in id: String, seen: Int?, _ visit: Visit) async throws -> OpenedDraft {
        try visit.require(.supervise, in: nil)
        let draft = try await draft(id)
        let lines = PlanTextReader.read(draft.text, title: draft.title).lines
        guard lines.contains(where: { $0.number == number }) else { throw PlanRefusal(.unknown, "草稿里没有第\(number)条") }
        var choice = choice
        choice.label = String(choice.label.trimmingCharacters(in: .whitespaces).prefix(120))
        choice.owner = String(choice.owner.trimmingCharacters(in: .whitespaces).prefix(60))
        guard !choice.label.isEmpty else { throw PlanRefusal(.invalid, "内容不能是空的；不要这一条请按“去掉”") }
        try await drafts.choose([number: choice], in: draft.id, seen: seen ?? draft.version)
        return try await self.draft(id, visit)
    }

    /// The lines that stay become the definition the plan is worked by from then on. An empty title leaves the draft's.
    public func adoptDraft(
        _ id: String, title: String, from: Day, until: Day, seen: Int?, _ visit: Visit
    ) async throws -> SeenPlan {
        try visit.require(.supervise, in: nil)
        let draft = try await draft(id)
        guard draft.adopted == nil else { throw PlanRefusal(.state, "这份草稿已经采用") }
        guard from < until else { throw PlanRefusal(.invalid, CityPlansDesk.periodWords) }
        let title = title.trimmingCharacters(in: .whitespaces)
        let read = PlanTextReader.read(draft.text, title: title.isEmpty ? draft.title : String(title.prefix(80)))
        let name = "plan-\(draft.id.prefix(10).lowercased())"
        let body = DraftDefinition(read, id: name, from: from, until: until, choices: draft.choices).yaml
        let plan = try CityPlansDesk.compile(body)
        guard !plan.leaves.isEmpty else { throw PlanRefusal(.invalid, "没有留下任何一条，不能采用") }
        // First closed, so that two people cannot adopt it twice.
        try await drafts.close(draft.id, as: name, seen: seen ?? draft.version)
        _ = try await plans.adopt(name, title: plan.label.zh, body: body, seen: 0, by: signature(visit))
        try await keepWeek(plan, today: visit.today)
        return try await one(name, visit)
    }

    static let periodWords = "规划期的两个日期写成 2026-09-01 的样子，开始早于结束"
}
