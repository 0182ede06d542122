internal import Casework
internal import Foundation
internal import Vocabulary

extension FormField {
    /// A question of a form; columns of a table are questions too, one level deep.
    static let shape = Shape<FormField>.object(
        "CaseField", plain + [.maybe("columns", column.list, "表格的列") { $0.columns.isEmpty ? nil : $0.columns }])

    private static let column = Shape<FormField>.object("CaseColumn", plain)

    private static let option = Shape<Option>.object("CaseOption", [Field("id", .text) { $0.id }, Field("label", .label) { $0.label }])

    private static let plain: [Field<FormField>] = [
        Field("id", .text) { $0.id }, Field("label", .label) { $0.label }, Field("type", .text) { $0.type.rawValue },
        Field("isRequired", .flag) { $0.isRequired }, .maybe("help", .text) { $0.help.isEmpty ? nil : $0.help },
        .maybe("unit", .text) { $0.unit.isEmpty ? nil : $0.unit }, .maybe("options", option.list) { $0.options.isEmpty ? nil : $0.options },
        Field("isPrivate", .flag, "加密存放，只有指定岗位能看") { $0.isPrivate },
    ]
}

extension EvidenceRule {
    static let shape = Shape<EvidenceRule>.object(
        "CaseEvidenceRule",
        [
            Field("kind", Shape<EvidenceKind>.word) { $0.kind }, Field("label", .label) { $0.label },
            Field("atLeast", .count) { $0.atLeast },
            .maybe("unit", .text) { $0.unit.isEmpty ? nil : $0.unit },
        ])
}

/// A step of a kind of case with the form it asks for.
private struct ActionEntry: Sendable {
    var action: CaseAction
    var definition: CaseDefinition

    static let shape = Shape<ActionEntry>.object(
        "CaseAction",
        [
            Field("id", .text) { $0.action.id }, Field("label", .label) { $0.action.label },
            Field("from", Shape.text.list) { $0.action.from },
            .maybe("to", .text, "没有则状态不变") { $0.action.to }, Field("reason", Shape<CaseAction.Reason>.word) { $0.action.reason },
            Field("by", Shape.text.list, "由谁办") { entry in entry.action.by.map { entry.definition.title($0) } },
            Field("fields", FormField.shape.list) { $0.definition.form($0.action.form)?.fields ?? [] },
            Field("evidence", EvidenceRule.shape.list) { $0.action.evidence },
        ])
}

extension CaseDefinition {
    private static let stateShape = Shape<CaseState>.object(
        "CaseState", [Field("id", .text) { $0.id }, Field("label", .label) { $0.label }, Field("isEnd", .flag) { $0.isEnd }])

    static let shape = Shape<CaseDefinition>.object(
        "CaseKind",
        [
            Field("id", .text) { $0.id }, Field("version", .text) { $0.version }, Field("label", .label) { $0.label },
            Field("basis", .text, "依据") { $0.basis }, Field("from", .day) { $0.from }, .maybe("until", .day) { $0.until },
            Field("subject", .text, "一件是关于什么的") { $0.subject.rawValue }, Field("states", stateShape.list) { $0.states },
            Field("openedBy", Shape.text.list, "由谁立件") { kind in kind.opening.by.map { kind.title($0) } },
            Field("comesFrom", Shape.text.list, "要从什么立件；空的可以直接立") { $0.opening.from },
            Field("fields", FormField.shape.list, "立件要填的") { $0.form($0.opening.form)?.fields ?? [] },
            Field("evidence", EvidenceRule.shape.list, "立件要交的") { $0.opening.evidence },
            Field("actions", ActionEntry.shape.list) { kind in kind.actions.map { ActionEntry(action: $0, definition: kind) } },
        ])
}

/// A case as lists show it.
struct CaseEntry: Sendable {
    var row: CaseSummary
    var definition: CaseDefinition?
    var today: Day

    static let fields: [Field<CaseEntry>] = [
        Field("id", .text) { $0.row.id }, Field("kind", .text) { $0.row.definition.id },
        Field("version", .text, "办事规则的版本") { $0.row.definition.version },
        Field("number", .text, "文号") { $0.row.number }, Field("title", .text) { $0.row.title },
        Field("place", .text) { $0.row.place.label },
        .maybe("county", .text) { $0.row.place.county }, .maybe("school", .text) { $0.row.place.school },
        Field("state", .text) { $0.row.state },
        .maybe("stateLabel", .label) { entry in entry.definition?.state(entry.row.state)?.label },
        Field("isOpen", .flag) { $0.row.isOpen }, Field("light", Shape<CaseLight>.word) { $0.row.light($0.today) },
        .maybe("owner", .text, "责任单位") { entry in entry.row.owner.map { entry.definition?.title($0, at: entry.row.place) ?? $0.key } },
        .maybe("assignee", .text, "承办人") { $0.row.assignee?.name }, Field("openedOn", .day) { $0.row.openedDay },
        .maybe("closedOn", .day) { $0.row.closedDay }, .maybe("due", .day, "没有则没有期限") { $0.row.due.day },
        Field("revision", .count, "改动过几次") { $0.row.revision },
    ]

    static let shape = Shape<CaseEntry>.object("Case", fields)
}

/// A case with everything in it that whoever asks may see.
struct CaseDetail: Sendable {
    var opened: OpenedCase
    var today: Day

    private var entry: CaseEntry { CaseEntry(row: opened.definition.summary(opened.item), definition: opened.definition, today: today) }

    private struct Answered: Sendable {
        var field: FormField
        var value: FieldValue
        static let shape = Shape<Answered>.object(
            "CaseAnswer",
            [
                Field("field", .text) { $0.field.id }, Field("label", .label) { $0.field.label },
                Field("text", .text) { $0.field.words($0.value) },
            ])
    }

    private struct Step: Sendable {
        var available: AvailableAction
        var opened: OpenedCase
        static let shape = Shape<Step>.object(
            "CaseStep",
            [
                Field("id", .text) { $0.available.id }, Field("label", .label) { $0.available.action.label },
                .maybe("obstacle", .text, "为什么现在还办不成") { $0.available.obstacle.isEmpty ? nil : $0.available.obstacle },
                Field("targets", Shape.text.list, "可以转给哪些单位") { step in
                    (step.available.action.handOver?.to ?? []).compactMap { name in
                        step.opened.definition.roles[name].flatMap { step.opened.item.place.unit(of: $0) }?.key
                    }
                },
            ])
    }

    private static let evidence = Shape<Evidence>.object(
        "CaseEvidence",
        [
            Field("kind", Shape<EvidenceKind>.word) { $0.kind }, .maybe("name", .text) { $0.file?.name },
            .maybe("digest", .text) { $0.file?.digest },
            .maybe("takenAt", .moment) { $0.takenAt },
            .maybe("location", .text, "经度,纬度") { $0.position.map { "\($0.longitude),\($0.latitude)" } },
            .maybe("value", .text, "实测值和单位") { piece in piece.value.map { "\($0)\(piece.unit)" } },
            .maybe("remark", .text) { $0.note.isEmpty ? nil : $0.note },
        ])

    private static let event = Shape<CaseEvent>.object(
        "CaseEvent",
        [
            Field("kind", Shape<CaseEvent.Kind>.word) { $0.kind }, Field("action", .text) { $0.action }, Field("label", .text) { $0.label },
            .maybe("from", .text) { $0.from }, Field("to", .text) { $0.to }, Field("by", .text) { $0.name }, Field("at", .moment) { $0.at },
            .maybe("reason", .text) { $0.reason.isEmpty ? nil : $0.reason },
        ])

    private static let link = Shape<CaseLink>.object(
        "CaseLink", [Field("kind", .text) { $0.kind }, Field("target", .text) { $0.target }, Field("label", .text) { $0.label }])

    static let shape = Shape<CaseDetail>.object(
        "CaseInFull",
        CaseEntry.fields.map { $0.of(\.entry) } + [
            Field("answers", Answered.shape.list) { detail in
                detail.opened.definition.fields.compactMap { field in
                    detail.opened.item.answers[field.id].map { Answered(field: field, value: $0) }
                }
            },
            Field("evidence", evidence.list) { $0.opened.item.evidence }, Field("links", link.list) { $0.opened.item.links },
            Field("history", event.list) { $0.opened.item.history },
            Field("actions", Step.shape.list, "您现在可以办的") { detail in
                detail.opened.actions.map { Step(available: $0, opened: detail.opened) }
            },
        ])
}

extension CaseFigures {
    static let shape = Shape<CaseFigures>.object(
        "CaseFigures",
        [
            Field("group", .text) { $0.group }, Field("opened", .count) { $0.opened }, Field("open", .count) { $0.open },
            Field("closed", .count) { $0.closed }, Field("abandoned", .count, "没有办成就结束的") { $0.abandoned },
            Field("overdue", .count) { $0.overdue }, .maybe("medianDays", .text, "办结的天数，中位数") { $0.medianDays.map { "\($0)" } },
        ])
}
