internal import Foundation
internal import Inspection
internal import Pages
internal import Registry
internal import Vocabulary

extension Rubric {
    private static let level = Shape<Level>.object(
        "RubricLevel", [Field("id", .text) { $0.id }, Field("label", .text) { $0.label }, Field("points", .count) { $0.points }])

    private static let item = Shape<Item>.object(
        "RubricItem",
        [
            Field("id", .text) { $0.id }, Field("label", .text) { $0.label }, Field("clause", .text, "依据的条款") { $0.clause },
            Field("weight", .count) { $0.weight }, Field("isConfirmed", .flag, "文字已与原文核对") { $0.isConfirmed },
        ])

    private static let area = Shape<Area>.object(
        "RubricArea",
        [Field("id", .text) { $0.id }, Field("label", .text) { $0.label }, Field("items", item.list) { $0.items }])

    static let shape = Shape<Rubric>.object(
        "Rubric",
        [
            Field("id", .text) { $0.id }, Field("label", .label) { $0.label }, Field("document", .text, "文号") { $0.document },
            Field("version", .text) { $0.version }, Field("from", .day, "从哪一天起用") { $0.from },
            Field("note", .text) { $0.note }, Field("isRoutine", .flag, "责任督学经常性督导，不占检查次数") { $0.isRoutine },
            Field("mayMerge", .flag, "可以与别的检查合并为一次入校") { $0.mayMerge }, Field("levels", level.list) { $0.levels },
            Field("areas", area.list) { $0.areas },
        ])
}

extension SchoolCharge {
    private static let counted: [Field<SchoolCharge>] = [
        Field("school", .text) { $0.school }, Field("name", .text) { $0.name }, Field("county", .text) { $0.county },
        Field("counted", .count, "列入计划和已完成的检查；合并入校的算一次") { $0.count.counted },
        Field("most", .count, "每年最多几次") { $0.most }, Field("saved", .count, "合并检查少进校几次") { $0.count.saved },
        Field("exceptions", .count, "例外批准的") { $0.count.exceptions },
    ]

    static let published = Shape<SchoolCharge>.object("PublishedVisits", counted)
    static let shape = Shape<SchoolCharge>.object(
        "InspectedSchool",
        counted + [
            Field("left", .count, "还可安排几次") { $0.left }, Field("routine", .count, "经常性督导") { $0.count.routine },
            Field("asked", .count, "待批准") { $0.count.asked },
            .maybe("region", .text, "督学责任区") { $0.responsibility?.region },
            .maybe("inspector", .text, "责任督学的编号") { $0.responsibility?.inspector },
            .maybe("inspectorName", .text, "没有则还没有责任督学") { $0.responsibility?.inspectorName },
            Field("wasVisitedLately", .flag, "近一月有督学到过校") { $0.wasVisitedLately },
        ])
}

extension Responsibility {
    static let shape = Shape<Responsibility>.object(
        "Responsibility",
        [
            Field("county", .text) { $0.county }, Field("school", .text) { $0.school }, Field("schoolName", .text) { $0.schoolName },
            Field("region", .text, "督学责任区") { $0.region }, Field("inspector", .text) { $0.inspector },
            Field("inspectorName", .text) { $0.inspectorName },
        ])
}

/// Somebody who may answer for schools.
struct InspectorEntry: Sendable {
    var id: String
    var name: String

    static let shape = Shape<InspectorEntry>.object(
        "Inspector", [Field("id", .text) { $0.id }, Field("name", .text) { $0.name }])
}

extension VisitPlanner.Proposal {
    static let shape = Shape<VisitPlanner.Proposal>.object(
        "VisitProposal",
        [
            Field("county", .text) { $0.base.county }, Field("school", .text) { $0.base.school },
            Field("schoolName", .text) { $0.base.schoolName },
            Field("visit", .text, "别的检查并入的那一次，也用它批准") { $0.base.id },
            Field("state", Shape<Inspection.Visit.State>.word, "这一次现在的状态") { $0.base.state },
            Field("joining", Shape.text.list, "建议并入的，批准时写在 with 里") { $0.joining.map(\.id) },
            .maybe("from", .day, "都能做的日子；没有则不重合") { $0.window?.from }, .maybe("until", .day) { $0.window?.until },
            Field("cost", .count, "学校要多接受几次检查") { $0.cost }, Field("exceeds", .flag, "学校的次数已满") { $0.exceeds },
            Field("version", .count, "批准时写在 If-Match 里：v 加这个数") { $0.base.version },
        ])
}

/// A visit as lists show it.
enum VisitEntry {
    private static let request = Shape<Inspection.Visit.Request>.object(
        "VisitRequest",
        [
            Field("office", .text) { $0.office }, Field("rubric", .text) { $0.rubric }, Field("version", .text) { $0.version },
            Field("from", .text) { $0.from }, Field("until", .text) { $0.until }, Field("purpose", .text) { $0.purpose },
            Field("asked", SignatureEntry.shape) { SignatureEntry(name: $0.signed.name, at: $0.signed.at) },
        ])

    private static let fields: [Field<OpenedVisit>] = [
        Field("id", .text) { $0.visit.id }, Field("year", .year, "哪一年的督导计划") { $0.visit.year },
        Field("county", .text) { $0.visit.county }, Field("school", .text) { $0.visit.school },
        Field("schoolName", .text) { $0.visit.schoolName }, Field("state", Shape<Inspection.Visit.State>.word) { $0.visit.state },
        Field("stateLabel", .label) { $0.visit.state.label },
        .maybe("from", .day, "入校时间；没有则几项申请的时间不重合") { $0.visit.window?.from }, .maybe("until", .day) { $0.visit.window?.until },
        Field("rubrics", Shape.text.list, "评价表") { $0.visit.rubrics },
        .maybe("inspector", .text, "督学的编号") { $0.visit.inspector.isEmpty ? nil : $0.visit.inspector },
        .maybe("inspectorName", .text, "没有则没有指定") { $0.visit.inspectorName.isEmpty ? nil : $0.visit.inspectorName },
        .maybe("arrivedAt", .moment) { $0.visit.checkIn?.signed.at },
        Field("score", .quantity, "各评价表得分的平均，百分制") { Quantity($0.score, else: .notJudged) },
        Field("findings", .count, "发现的问题") { $0.visit.findings.count }, Field("version", .count) { $0.visit.version },
    ]

    static let shape = Shape<OpenedVisit>.object("Inspection", fields)

    private static let checkIn = Shape<CheckIn>.object(
        "CheckIn",
        [
            Field("by", SignatureEntry.shape) { SignatureEntry(name: $0.signed.name, at: $0.signed.at) },
            Field("standing", .text, "near、far、vague（精度不足）、unplaced（学校没有坐标）、none（没有定位）") { $0.standing.rawValue },
            Field("metres", .quantity, "距学校登记位置") { Quantity($0.metres, else: .noPosition) },
            Field("sentence", .text) { $0.sentence },
        ])

    private static let decision = Shape<Inspection.Visit.Decision>.object(
        "VisitDecision",
        [
            Field("by", SignatureEntry.shape) { SignatureEntry(name: $0.signed.name, at: $0.signed.at) },
            .maybe("reason", .text) { $0.reason.isEmpty ? nil : $0.reason },
            Field("isException", .flag, "次数已满，例外批准") { $0.isException },
        ])

    private static let photo = Shape<VisitPhoto>.object(
        "VisitPhoto",
        [
            Field("digest", .text) { $0.digest }, Field("name", .text) { $0.name }, Field("rubric", .text) { $0.rubric },
            Field("item", .text) { $0.item }, .maybe("takenAt", .moment) { $0.takenAt },
            .maybe("location", .text, "经度,纬度") { $0.position.map { "\($0.longitude),\($0.latitude)" } },
        ])

    private static let finding = Shape<VisitFinding>.object(
        "VisitFinding",
        [
            Field("id", .text) { $0.id }, Field("rubric", .text) { $0.rubric }, Field("item", .text) { $0.item },
            Field("text", .text) { $0.text }, Field("finishBy", .text, "整改期限") { $0.finishBy },
            Field("found", SignatureEntry.shape) { SignatureEntry(name: $0.signed.name, at: $0.signed.at) },
            .maybe("case", .text, "办件的编号；没有则还没有立件") { $0.caseID.isEmpty ? nil : $0.caseID },
            .maybe("caseNumber", .text) { $0.caseNumber.isEmpty ? nil : $0.caseNumber },
        ])

    /// One item of a card with its judgement.
    private struct Judged: Sendable {
        var rubric: Rubric
        var item: Rubric.Item
        var mark: VisitMark?

        static let shape = Shape<Judged>.object(
            "VisitItem",
            [
                Field("item", .text) { $0.item.id }, Field("label", .text) { $0.item.label }, Field("clause", .text) { $0.item.clause },
                .maybe("level", .text, "等级的编号，na 是不适用；没有则还没有评") { $0.mark?.level },
                .maybe("levelLabel", .text) { judged in
                    judged.mark.map { $0.isNotApplicable ? "不适用" : judged.rubric.level($0.level)?.label ?? $0.level }
                },
                .maybe("note", .text) { $0.mark.flatMap { $0.note.isEmpty ? nil : $0.note } },
            ])
    }

    private struct Sheet: Sendable {
        var rubric: Rubric
        var score: RubricScore
        var marks: [String: VisitMark]

        static let shape = Shape<Sheet>.object(
            "VisitSheet",
            [
                Field("rubric", .text) { $0.rubric.id }, Field("label", .label) { $0.rubric.label },
                Field("version", .text) { $0.rubric.version }, Field("score", .quantity) { Quantity($0.score.value, else: .notJudged) },
                Field("judged", .count) { $0.score.judged }, Field("of", .count) { $0.score.of },
                Field("items", Judged.shape.list) { sheet in
                    sheet.rubric.items.map { Judged(rubric: sheet.rubric, item: $0, mark: sheet.marks[$0.id]) }
                },
            ])
    }

    static let whole = Shape<OpenedVisit>.object(
        "InspectionInFull",
        fields + [
            Field("requests", request.list, "谁要查什么") { $0.visit.requests },
            .maybe("decision", decision) { $0.visit.decision }, .maybe("checkIn", checkIn) { $0.visit.checkIn },
            Field("sheets", Sheet.shape.list, "评价表逐项") { one in
                one.scores.map { Sheet(rubric: $0.rubric, score: $0.score, marks: one.visit.marks[$0.rubric.id] ?? [:]) }
            },
            Field("photos", photo.list) { $0.visit.photos }, Field("problems", finding.list, "发现的问题") { $0.visit.findings },
            .maybe("finished", SignatureEntry.shape) { $0.visit.finished.map { SignatureEntry(name: $0.name, at: $0.at) } },
            .maybe("into", .text, "已并入的那一次") { $0.visit.into.isEmpty ? nil : $0.visit.into },
            Field("mayInspect", .flag, "您可以入校评分") { $0.mayInspect }, Field("mayArrange", .flag, "您可以批准") { $0.mayArrange },
        ])
}

extension ScoreSheet {
    private static let part = Shape<Part>.object(
        "ScorePart",
        [
            Field("id", .text) { $0.part.id }, Field("label", .text) { $0.part.label }, Field("weight", .count, "分值") { $0.part.weight },
            Field("points", .quantity, "得分") { Quantity($0.points) }, Field("explanation", .text, "怎么来的") { $0.explanation },
            Field("basis", .text, "依据") { $0.part.basis }, Field("note", .text) { $0.part.note },
        ])

    static let shape = Shape<ScoreSheet>.object(
        "Score",
        [
            Field("scorecard", .text) { $0.scorecard.id }, Field("label", .label) { $0.scorecard.label },
            Field("document", .text) { $0.scorecard.document }, Field("note", .text) { $0.scorecard.note },
            Field("full", .count, "满分") { $0.scorecard.full },
            Field("total", .quantity, "有一项资料不足就没有总分") { Quantity($0.total) },
            Field("known", .quantity, "已知部分的得分") { Quantity($0.known.points) },
            Field("knownOf", .count, "已知部分的满分") { $0.known.of }, Field("parts", part.list) { $0.parts },
        ])
}

extension Quantity {
    static let notJudged = Quantity.unknown(reason: "notJudged", label: LocalizedText(zh: "还没有评完", en: "Not fully judged"))
    static let noPosition = Quantity.unknown(reason: "noPosition", label: LocalizedText(zh: "没有位置可以比", en: "A position is missing"))
}
