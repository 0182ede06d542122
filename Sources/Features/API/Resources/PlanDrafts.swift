internal import Foundation
internal import HTTPTypes
public import Pages
internal import Registry
public import Targets
public import Vocabulary

/// The work with drafts read from a text, as the pages of 规划督办 do it.
public struct PlanDraftWork: Sendable {
    /// A draft with the lines it was read as.
    public struct Opened: Sendable {
        var draft: ReviewedDraft
        var read: PlanDraft
        var from: Day
        var until: Day
        var kept: Set<Int>

        public init(draft: ReviewedDraft, read: PlanDraft, from: Day, until: Day, kept: Set<Int>) {
            self.draft = draft
            self.read = read
            self.from = from
            self.until = until
            self.kept = kept
        }
    }

    var list: @Sendable (Visit) async throws -> [ReviewedDraft]
    var one: @Sendable (_ draft: String, Visit) async throws -> Opened
    var open: @Sendable (_ title: String, _ text: String, Visit) async throws -> Opened
    var choose: @Sendable (LineChoice, _ number: Int, _ draft: String, Int?, Visit) async throws -> Opened
    var adopt: @Sendable (_ draft: String, _ title: String, _ from: Day, _ until: Day, Int?, Visit) async throws -> SeenPlan

    public init(
        list: @escaping @Sendable (Visit) async throws -> [ReviewedDraft],
        one: @escaping @Sendable (String, Visit) async throws -> Opened,
        open: @escaping @Sendable (String, String, Visit) async throws -> Opened,
        choose: @escaping @Sendable (LineChoice, Int, String, Int?, Visit) async throws -> Opened,
        adopt: @escaping @Sendable (String, String, Day, Day, Int?, Visit) async throws -> SeenPlan
    ) {
        self.list = list
        self.one = one
        self.open = open
        self.choose = choose
        self.adopt = adopt
    }
}

extension ApiDesk {
    /// A plan's text, read into lines, gone through and adopted.
    var planDraftOperations: [Operation] {
        let one = Parameter.path("draft", "草稿的编号", .text(1...64))
        let drafts = work.cityPlans.drafts
        return [
            .list(
                "/plan-drafts", "listPlanDrafts", .cityPlans, LocalizedText(zh: "规划草稿，最近的在前", en: "Drafts of plans, newest first"),
                of: PlanDraftEntry.shape, key: \.draft.id
            ) { call in try await drafts.list(call.visit).map { PlanDraftEntry(draft: $0) } },
            .get(
                "/plan-drafts/{draft}", "getPlanDraft", .cityPlans, LocalizedText(zh: "一份草稿", en: "A draft"), [one],
                note: "读出的各条，各在原文的哪里。", gives: PlanDraftWork.Opened.shape, version: \.draft.version
            ) { call in try await drafts.one(call.segment("draft"), call.visit) },
            .post(
                "/plan-drafts", "readPlanText", .cityPlans, LocalizedText(zh: "把一份工作计划的全文读成草稿", en: "Read the text of a plan into a draft"),
                needs: .duty(.supervise),
                body: .json(
                    .object([
                        Property("title", .text(1...80)), Property("paragraphs", .list(.text(0...4_000), most: 5_000), "全文，一段一项；一共最多6万字"),
                    ]),
                    example: .object(
                        ("title", .text("提质计划")), ("paragraphs", .list([.text("一、实施学位扩容行动"), .text("到2029年新增公办学位两千五百个。")])))),
                status: 201, gives: PlanDraftWork.Opened.shape, version: \.draft.version
            ) { call in
                call.note.say(call.body["title"]?.string ?? "")
                let text = (call.body["paragraphs"]?.items?.compactMap(\.string) ?? []).joined(separator: "\n")
                return try await drafts.open(call.body["title"]?.string ?? "", text, call.visit)
            },
            .post(
                "/plan-drafts/{draft}/lines/{number}", "choosePlanDraftLine", .cityPlans,
                LocalizedText(zh: "改一条，或去掉", en: "Change a line, or drop it"), needs: .duty(.supervise),
                [one, .path("number", "第几条", .integer(0...100_000))],
                body: .json(
                    .object([
                        Property("label", .text(1...120)), Property("owner", .text(0...60), "责任单位", isRequired: false),
                        Property("deadline", .day, isRequired: false),
                        Property("isDropped", .flag, "去掉它，下面的也一并去掉", isRequired: false),
                    ]), example: .object(("label", .text("控制班额")), ("owner", .text("市基教科")), ("deadline", .text("2029-12-31")))),
                isVersioned: true, note: "整条照写：不写责任单位和期限就是没有。", gives: PlanDraftWork.Opened.shape, version: \.draft.version
            ) { call in
                let choice = LineChoice(
                    isDropped: call.body["isDropped"]?.truth ?? false, label: call.body["label"]?.string ?? "",
                    owner: call.body["owner"]?.string ?? "", deadline: call.body["deadline"]?.string.flatMap { Day(iso: $0) })
                return try await drafts.choose(choice, call.integer("number") ?? 0, call.segment("draft"), call.seen, call.visit)
            },
            .post(
                "/plan-drafts/{draft}/adopt", "adoptPlanDraft", .cityPlans, LocalizedText(zh: "采用草稿", en: "Work by a draft"),
                needs: .duty(.supervise), [one],
                body: .json(
                    .object([
                        Property("from", .day, "规划期"), Property("until", .day),
                        Property("title", .text(1...80), "不写则是草稿的", isRequired: false),
                    ]), example: .object(("from", .text("2026-01-01")), ("until", .text("2029-12-31")))), isVersioned: true,
                gives: CityPlanEntry.shape, version: \.seen.adoption.version
            ) { call in
                guard let from = call.body["from"]?.string.flatMap({ Day(iso: $0) }),
                    let until = call.body["until"]?.string.flatMap({ Day(iso: $0) })
                else { throw Problem(.body) }
                let seen = try await drafts.adopt(
                    call.segment("draft"), call.body["title"]?.string ?? "", from, until, call.seen, call.visit)
                call.note.say(seen.plan.label.zh)
                return CityPlanEntry(seen: seen)
            },
        ]
    }
}

struct PlanDraftEntry: Sendable {
    var draft: ReviewedDraft

    static let fields: [Field<PlanDraftEntry>] = [
        Field("id", .text) { $0.draft.id }, Field("title", .text) { $0.draft.title }, Field("by", PlanSignature.shape) { $0.draft.by },
        .maybe("adopted", .text, "成了哪份规划；没有则还在审") { $0.draft.adopted }, Field("version", .count) { $0.draft.version },
    ]

    static let shape = Shape<PlanDraftEntry>.object("PlanDraft", fields)
}

extension PlanDraftWork.Opened {
    private struct Line: Sendable {
        var line: DraftLine
        var choice: LineChoice?
        var isKept: Bool

        var goal: String? {
            line.quantity.map { PlannedAmount($0.comparison, $0.value, unit: $0.unit, period: $0.period).words }
        }

        static let shape = Shape<Line>.object(
            "PlanDraftLine",
            [
                Field("number", .count) { $0.line.number }, .maybe("parent", .count, "上一级是第几条") { $0.line.parent },
                Field("level", Shape<PlanLevel>.word) { $0.line.level }, Field("label", .text) { $0.choice?.label ?? $0.line.label },
                .maybe("goal", .text) { $0.goal }, Field("isDoubtful", .flag, "数读得没有把握") { $0.line.quantity?.isDoubtful ?? false },
                Field("place", .text, "在原文的哪里") { $0.line.place.description },
                .maybe("owner", .text) { line in
                    let owner = line.choice?.owner ?? line.line.owners.first ?? ""
                    return owner.isEmpty ? nil : owner
                }, .maybe("deadline", .day) { $0.choice.map(\.deadline) ?? $0.line.deadline },
                Field("isDropped", .flag) { $0.choice?.isDropped ?? false }, Field("isKept", .flag, "它和上面的都没有去掉") { $0.isKept },
                Field("isChanged", .flag) { $0.choice != nil },
            ])
    }

    static let shape = Shape<PlanDraftWork.Opened>.object(
        "PlanDraftInFull",
        PlanDraftEntry.fields.map { $0.of { PlanDraftEntry(draft: $0.draft) } } + [
            Field("text", .text) { $0.draft.text }, Field("from", .day, "读出的规划期") { $0.from }, Field("until", .day) { $0.until },
            Field("lines", Line.shape.list) { opened in
                opened.read.lines.map {
                    Line(line: $0, choice: opened.draft.choices[$0.number], isKept: opened.kept.contains($0.number))
                }
            },
        ])
}
