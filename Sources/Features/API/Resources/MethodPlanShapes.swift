internal import Foundation
internal import Pages
internal import Planning
internal import Vocabulary

extension MethodWork {
    static let body = Operation.Body.json(
        .object([
            Property("county", .text(1...60), "县（市、区）"),
            Property("standard", .text(1...60), "标准的编号；不写则是 2017 年优质均衡", isRequired: false),
            Property("year", .integer(1949...2200), "学年；不写则是有数据的最近一年", isRequired: false),
            Property("values", .map(.text(0...2_000)), "问的各项，都写成文字，名称见 GET /plan-methods；没有写的项是空的"),
        ]),
        example: .object(
            ("county", .text("清河县")), ("values", .object(("name1", .text("省级补助")), ("amount1", .text("60"))))))
}

extension MethodWork.Method {
    private struct Choice: Sendable {
        var value: String
        var label: String
        static let shape = Shape<Choice>.object(
            "MethodChoice", [Field("value", .text) { $0.value }, Field("label", .text) { $0.label }])
    }

    private static let field = Shape<MethodWork.Field>.object(
        "MethodField",
        [
            Field("name", .text) { $0.name }, Field("label", .text) { $0.label },
            Field("kind", Shape(schema: .choice(["text", "number", "flag", "choice"])) { .text($0) }, "flag 写 1 或空") { $0.kind },
            .maybe("unit", .text) { $0.unit.isEmpty ? nil : $0.unit }, .maybe("note", .text) { $0.note.isEmpty ? nil : $0.note },
            .maybe("usual", .text, "页面上一开始填着的") { $0.usual.isEmpty ? nil : $0.usual },
            .maybe("choices", Choice.shape.list) { field in
                field.choices.isEmpty ? nil : field.choices.map { Choice(value: $0.value, label: $0.label) }
            },
        ])

    static let shape = Shape<MethodWork.Method>.object(
        "PlanMethod",
        [
            Field("id", .text) { $0.id }, Field("label", .label) { $0.label }, Field("question", .text) { $0.question },
            Field("lead", .text) { $0.lead }, Field("fields", field.list) { $0.fields },
        ])
}

/// What the record of a method's plan says, as far as the interface shows it.
struct MethodContent: Sendable, Decodable {
    struct Question: Sendable, Decodable {
        var values: [String: String]
    }
    struct Line: Sendable, Decodable {
        var label: String
        var text: String
    }
    struct Cell: Sendable, Decodable {
        var text: String
        var number: Double?
        var school: String?
    }
    struct Column: Sendable, Decodable {
        var label: String
    }
    struct Table: Sendable, Decodable {
        var id: String
        var caption: String
        var note: String
        var columns: [Column]
        var rows: [[Cell]]
    }
    struct Purchase: Sendable, Decodable {
        var project: String
        var school: String
        var schoolName: String
        var cost: Int
    }
    struct Pair: Sendable, Decodable {
        var lead: String
        var leadName: String
        var member: String
        var memberName: String
        var gain: Int?
        var metres: Int?
    }

    var question: Question
    var headline: String
    var source: String
    var figures: [Line]
    var tables: [Table]
    var check: [String]
    var conditions: [Line]
    var note: String
    var purchases: [Purchase]
    var pairs: [Pair]
    /// Nil in plans that were kept without.
    var schools: [SchoolOfPlan]?
    var minimum: Int?
    var spreads: [PlanContent.Spread]?
}

/// A plan of a method with everything its page shows.
struct MethodPlan: Sendable {
    var record: ProposalRecord
    var content: MethodContent
    var isCurrent: Bool

    /// Throws a 409 where the record does not read back.
    init(_ opened: PlanWork.Opened) throws {
        guard let content = try? JSONDecoder().decode(MethodContent.self, from: Data(opened.record.body.utf8)) else {
            throw Problem(.conflict, "这份方案存下的内容读不出来，请重新算一份", "The plan does not read back; ask for a new one", reason: "damaged")
        }
        (record, self.content, isCurrent) = (opened.record, content, opened.isCurrent)
    }

    private static let line = Shape<MethodContent.Line>.object(
        "MethodLine", [Field("label", .text) { $0.label }, Field("text", .text) { $0.text }])

    private static let cell = Shape<MethodContent.Cell>.object(
        "MethodCell",
        [
            Field("text", .text) { $0.text }, .maybe("number", Shape(schema: .number) { .number($0) }) { $0.number },
            .maybe("school", .text, "说的是哪所学校，标识码") { $0.school },
        ])

    private static let table = Shape<MethodContent.Table>.object(
        "MethodTable",
        [
            Field("id", .text) { $0.id }, Field("caption", .text) { $0.caption }, Field("note", .text) { $0.note },
            Field("columns", Shape.text.list) { $0.columns.map(\.label) }, Field("rows", cell.list.list) { $0.rows },
        ])

    private static let purchase = Shape<MethodContent.Purchase>.object(
        "MethodPurchase",
        [
            Field("project", .text) { $0.project }, Field("school", .text) { $0.school }, Field("schoolName", .text) { $0.schoolName },
            Field("cost", .count, "元") { $0.cost },
        ])

    private static let points = Shape<Int>(schema: .integer(-1_000_000_000...1_000_000_000)) { .integer($0) }

    private static let pair = Shape<MethodContent.Pair>.object(
        "MethodPair",
        [
            Field("lead", .text, "牵头学校") { $0.lead }, Field("leadName", .text) { $0.leadName },
            Field("member", .text, "成员学校") { $0.member }, Field("memberName", .text) { $0.memberName },
            .maybe("gain", points, "得分：成员学校得到的帮助减去路程") { $0.gain },
            .maybe("metres", .count, "两校距离，米；有一所没有坐标就没有") { $0.metres },
        ])

    static let shape = Shape<MethodPlan>.object(
        "MethodPlan",
        PlanEntry.fields.map { $0.of { PlanEntry(record: $0.record) } } + [
            Field("isCurrent", .flag, "现在的数据和费用表还是算它时的") { $0.isCurrent }, Field("headline", .text) { $0.content.headline },
            Field("values", Shape<String>.text.map, "问的各项") { $0.content.question.values },
            Field("conditions", line.list, "问的条件，用话写") { $0.content.conditions }, Field("source", .text, "数据来源") { $0.content.source },
            Field("figures", line.list) { $0.content.figures }, Field("tables", table.list) { $0.content.tables },
            Field("check", Shape.text.list, "凭什么可信") { $0.content.check }, Field("note", .text) { $0.content.note },
            Field("purchases", purchase.list, "要花钱办的事") { $0.content.purchases },
            Field("pairs", pair.list, "结对名单") { $0.content.pairs },
            .maybe("minimum", .count, "标准要求一个学校单位至少几项达标") { $0.content.minimum },
            .maybe("schools", SchoolOfPlan.shape.list, SchoolOfPlan.note) { $0.content.schools },
            .maybe("spreads", PlanDetail.spread.list, "差异系数前后；结对没有") { $0.content.spreads },
        ])
}

/// How opening the cases of a plan went.
struct CasesOfPlan: Sendable {
    var items: [CarriedOut]

    private static let item = Shape<CarriedOut>.object(
        "CaseOfPlan",
        [
            Field("title", .text) { $0.title }, Field("message", .text) { $0.message },
            .maybe("page", .text, "立成的件在哪一页；没有立成就没有") { $0.url },
        ])

    static let shape = Shape<CasesOfPlan>.object("CasesOfPlan", [Field("items", item.list) { $0.items }])
}

/// Where a draft of targets waits for its review.
struct TargetsOfPlan: Sendable {
    var page: String

    static let shape = Shape<TargetsOfPlan>.object("TargetsOfPlan", [Field("page", .text, "草稿在哪一页") { $0.page }])
}
