internal import Definitions
internal import Vocabulary

extension CaseCompiler {
    func compilePublication(_ states: [CaseState]) -> CasePublication? {
        guard let node = body["publishes"] else { return nil }
        node.only(["title", "lead", "states", "past", "from", "until", "county", "schools", "fields", "limit", "otherwise"], log)
        let names = node.required("states", log)?.list.compactMap { stateName($0, states) } ?? []
        if let kind = node["otherwise"], let name = kind.text, !cases.contains(name) {
            let near = DefinitionNode.nearest(name, among: cases).map { "，是否想写“\($0)”？" } ?? ""
            log.error("case.published.otherwise", at: kind.place, "没有办事规则“\(name)”\(near)")
        }
        return CasePublication(
            title: node.localized("title", log), lead: node["lead"]?.text ?? "", states: names,
            past: node["past"]?.list.compactMap { stateName($0, states) } ?? [],
            from: node.required("from", log).flatMap(path)?.field ?? "",
            until: node["until"].flatMap(path)?.field, county: node["county"].flatMap(path)?.field, schools: node["schools"].flatMap(path),
            fields: node.required("fields", log)?.list.compactMap(\.text) ?? [], limit: limit(node["limit"]),
            otherwise: node["otherwise"]?.text)
    }

    /// `form.begins`, `form.schools.school`.
    private func path(_ node: DefinitionNode) -> CasePublication.FieldPath? {
        let parts = (node.text ?? "").split(separator: ".").map(String.init)
        guard parts.first == "form", (2...3).contains(parts.count) else {
            log.error("case.published.field", at: node.place, "这里写 form.加栏目编号，表格里的栏目写 form.表格.栏目")
            return nil
        }
        return CasePublication.FieldPath(field: parts[1], column: parts.count > 2 ? parts[2] : nil)
    }

    private func limit(_ node: DefinitionNode?) -> CasePublication.Limit? {
        guard let node else { return nil }
        node.only(["each", "most", "refuses", "note"], log)
        guard let each = node.required("each", log)?.choice(CasePublication.Limit.Each.self, log),
            let most = node.required("most", log).flatMap(whole)
        else { return nil }
        return CasePublication.Limit(
            each: each, most: most, refuses: node.flag("refuses", default: true, log), note: node["note"]?.text ?? "")
    }
}

/// Whether what is published is there, and may be shown.
struct CasePublicationCheck {
    let definition: CaseDefinition
    let body: DefinitionNode
    let log: DiagnosticLog

    func run() {
        guard let publication = definition.publication, let node = body["publishes"] else { return }
        date(publication.from, node["from"] ?? node, isNeeded: true)
        if let until = publication.until { date(until, node["until"] ?? node, isNeeded: false) }
        if let county = publication.county { kind(county, [.county], node["county"] ?? node) }
        if let path = publication.schools { schools(path, node["schools"] ?? node) }
        for (name, at) in zip(publication.fields, node["fields"]?.list ?? []) {
            guard let field = field(name, at), field.isPrivate || [.photo, .file, .person].contains(field.type) else { continue }
            log.error("case.published.private", at: at.place, "“\(field.label.zh)”是保密栏目或人员、照片、附件，不能公开")
        }
        if publication.limit?.each == .school, publication.schools == nil, ![.school, .schoolUnit].contains(definition.subject) {
            log.error("case.published.limit", at: node["limit"]?.place ?? node.place, "按学校计次，请写 schools：哪一栏是学校")
        }
        let open = definition.opening.by.contains { definition.roles[$0]?.level == .everyone }
        if open { log.warning("case.published.open", at: node.place, "任何人不用登录就能立件：审批之前请核对公开的内容") }
    }

    private func field(_ name: String, _ at: DefinitionNode) -> FormField? {
        if let field = definition.field(name) { return field }
        let near = DefinitionNode.nearest(name, among: definition.fields.map(\.id)).map { "，是否想写“\($0)”？" } ?? ""
        log.error("case.published.field", at: at.place, "没有栏目“\(name)”\(near)")
        return nil
    }

    private func date(_ name: String, _ at: DefinitionNode, isNeeded: Bool) {
        guard let field = field(name, at) else { return }
        if field.type != .date { log.error("case.published.field", at: at.place, "“\(field.label.zh)”不是日期") }
        if isNeeded, !field.isRequired || field.shown != nil {
            log.error("case.published.field", at: at.place, "“\(field.label.zh)”是公开的起始日期，必须填写：请写 required: true，不要带 shown")
        }
    }

    private func kind(_ name: String, _ types: [FieldType], _ at: DefinitionNode) {
        guard let field = field(name, at), !types.contains(field.type) || field.isPrivate else { return }
        log.error("case.published.field", at: at.place, "“\(field.label.zh)”应是不保密的\(types.map(\.label.zh).joined(separator: "或"))栏目")
    }

    private func schools(_ path: CasePublication.FieldPath, _ at: DefinitionNode) {
        guard let column = path.column else { return kind(path.field, [.school, .schoolUnit], at) }
        guard let field = field(path.field, at) else { return }
        let found = field.columns.first { $0.id == column }
        if found?.type != .school || field.isPrivate {
            log.error("case.published.field", at: at.place, "“\(field.label.zh)”里没有不保密的学校栏目“\(column)”")
        }
    }
}
