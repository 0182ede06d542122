internal import Definitions
internal import Vocabulary

extension CaseCompiler {
    func compileForms() -> [String: CaseForm] {
        var forms: [String: CaseForm] = [:]
        for (id, node) in body["forms"]?.entries ?? [] {
            node.only(["label", "fields"], log)
            let fields = compileFields(node.required("fields", log), isColumn: false)
            if fields.isEmpty { log.error("case.form.empty", at: node.place, "表单“\(id)”一栏也没有，请写 fields") }
            forms[id] = CaseForm(id: id, label: node.localized("label", log), fields: fields)
        }
        return forms
    }

    private func compileFields(_ node: DefinitionNode?, isColumn: Bool) -> [FormField] {
        (node?.entries ?? []).compactMap { compileField($0.key, $0.value, isColumn: isColumn) }
    }

    private func compileField(_ id: String, _ node: DefinitionNode, isColumn: Bool) -> FormField? {
        node.only(
            [
                "label", "type", "help", "required", "shown", "min", "max", "most", "unit", "options", "columns", "formula", "future",
                "private",
            ], log)
        if !id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) || id.first?.isLetter != true {
            log.error("case.field.id", at: node.place, "栏目编号“\(id)”只用英文字母和数字，以字母开头")
        }
        guard let type = node.required("type", log)?.choice(FieldType.self, log) else { return nil }
        if isColumn, type == .table { log.error("case.field.nested", at: node.place, "表格里的栏目不能再是表格") }
        let field = FormField(
            id: id, label: node.localized("label", log), type: type, help: node["help"]?.text ?? "",
            isRequired: node.flag("required", default: false, log), shown: condition(node["shown"]),
            least: node["min"].map { $0.asNumber(log) }, most: node["max"].map { $0.asNumber(log) },
            mostCount: node["most"].flatMap(whole), unit: node["unit"]?.text ?? "", options: compileOptions(node["options"]),
            columns: compileFields(node["columns"], isColumn: true), formula: compileFormula(node["formula"]),
            isFuture: node.flag("future", default: false, log), readers: posts(node["private"]))
        check(field, node, isColumn: isColumn)
        return field
    }

    private func compileOptions(_ node: DefinitionNode?) -> [FormField.Option] {
        (node?.entries ?? []).map { FormField.Option(id: $0.key, label: $0.value.asLocalized(log)) }
    }

    private func compileFormula(_ node: DefinitionNode?) -> FieldFormula? {
        guard let node, let text = node.text else { return nil }
        if let formula = FieldFormula(text) { return formula }
        log.error("case.formula", at: node.place, "公式“\(text)”写错了；可用 + - * / 括号、sum(表格.栏目)、count(表格)")
        return nil
    }

    private func check(_ field: FormField, _ node: DefinitionNode, isColumn: Bool) {
        func complain(_ code: String, _ key: String, _ message: String) {
            log.error(code, at: node[key]?.place ?? node.place, "“\(field.id)”\(message)")
        }
        if field.type.hasOptions, field.options.count < 2 { complain("case.field.options", "options", "至少要有两个选项，写在 options 下面") }
        if !field.type.hasOptions, !field.options.isEmpty { complain("case.field.options", "options", "不是选择题，不能有 options") }
        if field.type == .table, field.columns.isEmpty { complain("case.field.columns", "columns", "是表格，请写 columns") }
        if field.type != .table, !field.columns.isEmpty { complain("case.field.columns", "columns", "不是表格，不能有 columns") }
        if field.type == .calculated, field.formula == nil, node["formula"] == nil {
            complain("case.formula", "formula", "是自动计算，请写 formula")
        }
        if field.type != .calculated, field.formula != nil { complain("case.formula", "formula", "不是自动计算，不能有 formula") }
        if field.type == .calculated, field.isRequired { complain("case.formula", "required", "是自动计算，不能要求填写") }
        if !field.type.isNumeric, field.least != nil || field.most != nil { complain("case.field.range", "min", "不是数，不能写 min、max") }
        if let least = field.least, let most = field.most, least > most { complain("case.field.range", "max", "最大值小于最小值") }
        if field.isFuture, field.type != .date { complain("case.field.future", "future", "不是日期，不能写 future") }
        if isColumn, field.isPrivate { complain("case.field.private", "private", "在表格里，请把整张表格设为 private") }
        if field.type == .measurement, field.unit.isEmpty { complain("case.field.unit", "unit", "是实测值，请写 unit（单位）") }
    }
}
