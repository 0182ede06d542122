internal import Definitions
internal import Vocabulary

/// What conditions and formulas of forms refer to.
struct CaseFieldCheck {
    let definition: CaseDefinition
    let body: DefinitionNode
    let log: DiagnosticLog

    init(_ definition: CaseDefinition, _ body: DefinitionNode, _ log: DiagnosticLog) {
        self.definition = definition
        self.body = body
        self.log = log
    }

    func run() {
        let all = Dictionary(definition.fields.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for form in definition.forms.values.sorted(by: { $0.id < $1.id }) {
            for field in form.fields {
                let at = body["forms"]?[form.id]?["fields"]?[field.id]?.place ?? body.place
                check(field, among: all, at)
                let columns = Dictionary(field.columns.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
                for column in field.columns { check(column, among: all.merging(columns) { $1 }, at) }
                if let other = all[field.id], other.type != field.type {
                    log.error("case.field.twice", at: at, "“\(field.id)”在另一张表里是\(other.type.label.zh)，这里是\(field.type.label.zh)；请换一个编号")
                }
                if let other = all[field.id], Set(other.readers) != Set(field.readers) {
                    log.error("case.field.twice", at: at, "“\(field.id)”在两张表里的 private 不一样；同一栏要么都保密，要么都不保密")
                }
            }
        }
        for action in definition.actions {
            guard let when = action.when else { continue }
            check(when, among: all, body["actions"]?[action.id]?["when"]?.place ?? body.place)
        }
    }

    private func check(_ field: FormField, among all: [String: FormField], _ at: Diagnostic.Place) {
        if let shown = field.shown { check(shown, among: all, at) }
        for name in field.formula?.needs ?? [] {
            let parts = name.split(separator: ".").map(String.init)
            guard let other = all[parts[0]] else {
                let near = DefinitionNode.nearest(parts[0], among: all.keys).map { "，是否想写“\($0)”？" } ?? ""
                log.error("case.formula", at: at, "“\(field.id)”的公式里没有栏目“\(parts[0])”\(near)")
                continue
            }
            if other.isPrivate { log.error("case.formula", at: at, "“\(field.id)”的公式用了保密栏目“\(other.label.zh)”") }
            let number = parts.count > 1 ? other.columns.first { $0.id == parts[1] } : other
            if number == nil { log.error("case.formula", at: at, "表格“\(other.label.zh)”没有栏目“\(parts[1])”") }
            if let number, !number.type.isNumeric, number.type != .table {
                log.error("case.formula", at: at, "“\(number.label.zh)”不是数，不能计算")
            }
        }
    }

    private func check(_ condition: FieldCondition, among all: [String: FormField], _ at: Diagnostic.Place) {
        for test in condition.tests {
            guard let other = all[test.field] else {
                let near = DefinitionNode.nearest(test.field, among: all.keys).map { "，是否想写“\($0)”？" } ?? ""
                log.error("case.condition", at: at, "条件里没有栏目“\(test.field)”\(near)")
                continue
            }
            if other.isPrivate { log.error("case.condition", at: at, "条件用了保密栏目“\(other.label.zh)”，会把它的内容透露出来") }
            if other.type.hasOptions {
                for value in test.values where other.option(value) == nil {
                    let near = DefinitionNode.nearest(value, among: other.options.map(\.id)).map { "，是否想写“\($0)”？" }
                    log.error(
                        "case.condition", at: at,
                        "“\(other.label.zh)”没有选项“\(value)”\(near ?? "。可用：\(other.options.map(\.id).joined(separator: "、"))")")
                }
            }
            if other.type == .yesNo, test.values.contains(where: { !["yes", "no"].contains($0) }) {
                log.error("case.condition", at: at, "“\(other.label.zh)”的值写 yes 或 no")
            }
        }
    }
}
