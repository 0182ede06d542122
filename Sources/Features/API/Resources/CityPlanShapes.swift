internal import Foundation
internal import Targets
internal import Vocabulary

extension PlanSignature {
    static let shape = SignatureEntry.shape.of { (signature: PlanSignature) in SignatureEntry(name: signature.name, at: signature.at) }
}

extension Quantity {
    static let noEvidence = Quantity.unknown(reason: "noEvidence", label: LocalizedText(zh: "资料不足", en: "No evidence"))
    static let noPace = Quantity.notApplicable(reason: "noPace", label: LocalizedText(zh: "没有定节点和进度", en: "No pace is set"))
}

/// How many lines stand in which light.
private enum LightCounts {
    static let shape = Shape<[PlanLight: Int]>.object(
        "LightCounts", PlanLight.allCases.map { light in Field(light.rawValue, .count, light.label.zh) { $0[light] ?? 0 } })
}

extension PlanDocument {
    static let shape = Shape<PlanDocument>.object(
        "CityPlanDocument",
        [
            Field("title", .text) { $0.title }, Field("issuer", .text) { $0.issuer }, Field("date", .text, "照来源写的") { $0.date },
            Field("source", .text) { $0.source }, .maybe("note", .text) { $0.note.isEmpty ? nil : $0.note },
        ])
}

extension PlanOffice {
    static let shape = Shape<PlanOffice>.object(
        "CityPlanOffice",
        [
            Field("id", .text) { $0.id }, Field("label", .label) { $0.label }, Field("level", Shape<Level>.word) { $0.level },
            .maybe("under", .text) { $0.under },
        ])
}

extension CityPlan {
    static let offer = Shape<CityPlan>.object(
        "CityPlanOffer",
        [
            Field("id", .text) { $0.id }, Field("label", .label) { $0.label }, Field("document", PlanDocument.shape) { $0.document },
            Field("lines", .count, "最下级有几条") { $0.leaves.count },
        ])
}

/// A plan as lists show it.
struct CityPlanEntry: Sendable {
    var seen: SeenPlan

    static let fields: [Field<CityPlanEntry>] = [
        Field("id", .text) { $0.seen.plan.id }, Field("label", .label) { $0.seen.plan.label }, Field("from", .day) { $0.seen.plan.from },
        Field("until", .day) { $0.seen.plan.until }, Field("light", Shape<PlanLight>.word) { $0.seen.assessment.light },
        Field("lights", LightCounts.shape, "最下级各条的灯") { $0.seen.assessment.counts },
        Field("adopted", PlanSignature.shape) { $0.seen.adoption.by }, Field("version", .count, "第几版") { $0.seen.adoption.version },
    ]

    static let shape = Shape<CityPlanEntry>.object("CityPlan", fields)
}

struct CityPlanDetail: Sendable {
    var seen: SeenPlan
    var weeks: [WeekRecord]

    fileprivate static let point = Shape<BurnUp.Point>.object(
        "CityPlanPoint", [Field("day", .day) { $0.day }, Field("value", .quantity) { Quantity($0.value) }])

    static let shape = Shape<CityPlanDetail>.object(
        "CityPlanInFull",
        CityPlanEntry.fields.map { $0.of { CityPlanEntry(seen: $0.seen) } } + [
            Field("document", PlanDocument.shape, "依据") { $0.seen.plan.document },
            Field("offices", PlanOffice.shape.list) { $0.seen.plan.offices },
            Field("counties", Shape.text.list, "您能看到的县（市、区）") { $0.seen.counties },
            Field("done", point.list, "按周已完成的条数") { BurnUp($0.weeks, $0.seen.assessment).reached },
            Field("due", point.list, "到哪一天应完成几条") { BurnUp($0.weeks, $0.seen.assessment).planned },
        ])
}

/// A line as lists show it.
struct CityPlanLine: Sendable {
    var seen: SeenPlan
    var item: PlanItem
    var found: ItemAssessment
    /// Nil for lines with lines below.
    var charge: PlanCharge?
    var parent: String?

    /// Every line in the order of the plan.
    static func all(_ seen: SeenPlan) -> [CityPlanLine] {
        let charges = Dictionary(seen.plan.charges.map { ($0.id, $0) }) { first, _ in first }
        func walk(_ items: [PlanItem], _ parent: String?) -> [CityPlanLine] {
            items.flatMap { item -> [CityPlanLine] in
                let own = seen.assessment(item.id).map {
                    CityPlanLine(seen: seen, item: item, found: $0, charge: item.isLeaf ? charges[item.id] : nil, parent: parent)
                }
                return (own.map { [$0] } ?? []) + walk(item.items, item.id)
            }
        }
        return walk(seen.plan.items, nil)
    }

    func office(_ id: String) -> PlanOffice? { seen.plan.office(id) }

    static let fields: [Field<CityPlanLine>] = [
        Field("id", .text) { $0.item.id }, Field("level", Shape<PlanLevel>.word) { $0.item.level },
        Field("label", .label) { $0.item.label },
        .maybe("parent", .text) { $0.parent }, Field("light", Shape<PlanLight>.word) { $0.found.light },
        Field("computed", Shape<PlanLight>.word, "按佐证算出的灯") { $0.found.computed },
        Field("isByHand", .flag, "灯是人工定的") { $0.found.override != nil },
        Field("reasons", Shape.text.list, "为什么是这个灯") { $0.found.reasons },
        .maybe("owner", PlanOffice.shape, "牵头单位") { line in line.charge?.owner.flatMap { line.office($0) } },
        .maybe("due", .day, "没有定的没有") { $0.found.due },
        .maybe("goal", .text, "目标，用话写；没有数的办结就是完成") { line in line.item.isLeaf ? line.item.amount?.words ?? "办结" : nil },
        .maybe("unit", .text, "百分数是 %，数写成小数") { line in line.item.isLeaf ? line.item.required.unit : nil },
        .maybe("value", .quantity, "现状") { line in line.item.isLeaf ? Quantity(line.found.value, else: .noEvidence) : nil },
        .maybe("expected", .quantity, "到今天应达到") { line in line.item.isLeaf ? Quantity(line.found.expected, else: .noPace) : nil },
        Field("lights", LightCounts.shape, "下面最下级各条的灯") { $0.found.counts },
    ]

    static let shape = Shape<CityPlanLine>.object("CityPlanLine", fields)
}

struct SlipEntry: Sendable {
    var slip: Slip
    var line: CityPlanLine

    static let shape = Shape<SlipEntry>.object(
        "SlippedLine",
        [
            Field("before", Shape<PlanLight>.word) { $0.slip.before }, Field("now", Shape<PlanLight>.word) { $0.slip.now },
            Field("since", .day, "与这一周的记录相比") { $0.slip.since }, Field("line", CityPlanLine.shape) { $0.line },
        ])
}

/// A row of 调度清单: either a line or a decision.
struct DispatchRow: Sendable {
    var light: PlanLight
    var line: CityPlanLine?
    var decision: DecisionEntry?

    var key: String { line.map { "line/\($0.item.id)" } ?? decision.map { "decision/\($0.decision.id)" } ?? "" }

    /// Nil where the plan no longer has the line.
    init?(_ entry: DispatchEntry, _ lines: [String: CityPlanLine]) {
        light = entry.light
        switch entry {
        case .line(let item, _):
            guard let line = lines[item.id] else { return nil }
            self.line = line
        case .decision(let decision, let meeting, let light):
            self.decision = DecisionEntry(decision: decision, meeting: meeting, light: light)
        }
    }

    static let shape = Shape<DispatchRow>.object(
        "DispatchRow",
        [
            Field("light", Shape<PlanLight>.word) { $0.light }, .maybe("line", CityPlanLine.shape, "规划的一条") { $0.line },
            .maybe("decision", DecisionEntry.shape, "议定事项") { $0.decision },
        ])
}

/// A line with everything its page shows.
struct CityPlanLineDetail: Sendable {
    var line: CityPlanLine
    var lights: [OverrideStep]

    var version: Int { line.seen.record.version(line.item.id) }

    private static let part = Shape<ItemAssessment.Part>.object(
        "CityPlanPart",
        [
            .maybe("county", .text, "没有则是全市的") { $0.county }, Field("light", Shape<PlanLight>.word) { $0.light },
            Field("value", .quantity) { Quantity($0.value, else: .noEvidence) }, Field("source", .text) { $0.source },
            Field("schools", Shape.text.list, "拖后腿的学校") { $0.schools },
        ])

    private static let milestone = Shape<Milestone>.object(
        "CityPlanMilestone",
        [Field("day", .day) { $0.day }, Field("value", .quantity) { Quantity($0.value) }, Field("label", .text) { $0.label }])

    private static let step = Shape<OverrideStep>.object(
        "CityPlanLightStep",
        [
            .maybe("light", Shape<PlanLight>.word, "没有则是取消") { $0.light }, Field("reason", .text) { $0.reason },
            Field("by", PlanSignature.shape) { $0.by },
        ])

    private static let document = Shape<(number: Int, document: EvidenceDocument)>.object(
        "CityPlanEvidenceDocument",
        [
            Field("number", .count) { $0.number }, Field("name", .text) { $0.document.name },
            .maybe("digest", .text, "存了文件的才有，是它的 SHA-256") { $0.document.digest },
        ])

    private struct Entry: Sendable {
        var entry: EvidenceEntry
        var rule: EvidenceRule

        static let shape = Shape<Entry>.object(
            "CityPlanEvidence",
            [
                Field("id", .text) { $0.entry.id }, .maybe("county", .text) { $0.entry.county }, Field("day", .day) { $0.entry.day },
                Field("amount", .quantity) { Quantity($0.entry.amount, else: .noEvidence) }, Field("note", .text) { $0.entry.note },
                Field("documents", document.list) { $0.entry.documents.enumerated().map { (number: $0.offset, document: $0.element) } },
                Field("isCounted", .flag, "没有撤回，材料也够") { $0.entry.isCounted($0.rule) }, Field("by", PlanSignature.shape) { $0.entry.by },
                .maybe("withdrawn", withdrawal) { $0.entry.withdrawn },
            ])

        private static let withdrawal = Shape<EvidenceEntry.Withdrawal>.object(
            "CityPlanWithdrawal", [Field("reason", .text) { $0.reason }, Field("by", PlanSignature.shape) { $0.by }])
    }

    static let shape = Shape<CityPlanLineDetail>.object(
        "CityPlanLineInFull",
        CityPlanLine.fields.map { $0.of(\.line) } + [
            .maybe("clause", .text, "在文件里的位置") { $0.line.item.clause?.description },
            .maybe("note", .text) { $0.line.item.note.isEmpty ? nil : $0.line.item.note },
            Field("coOwners", PlanOffice.shape.list, "配合单位") { detail in
                (detail.line.charge?.coOwners ?? []).compactMap { detail.line.office($0) }
            },
            .maybe("evidenceRule", .text, "怎样算数") { $0.line.item.isLeaf ? $0.line.item.evidence.words : nil },
            Field("isEntered", .flag, "由责任单位填报") { $0.line.item.isLeaf && $0.line.item.evidence.binding == .entered },
            Field("reach", Shape<EvidenceRule.Reach>.word, "county：各县分别判定") { $0.line.item.evidence.reach },
            Field("milestones", milestone.list) { $0.line.item.milestones }, Field("parts", part.list, "各县（市、区）的数") { $0.line.found.parts },
            Field("below", Shape.text.list, "下一级各条的编号") { $0.line.item.items.map(\.id) },
            Field("entries", Entry.shape.list, "填报，按日子") { detail in
                detail.line.seen.record.entries(of: detail.line.item.id).map { Entry(entry: $0, rule: detail.line.item.evidence) }
            },
            Field("lightHistory", step.list, "人工定灯的经过，最近的在前") { $0.lights }, Field("version", .count) { $0.version },
        ])
}
