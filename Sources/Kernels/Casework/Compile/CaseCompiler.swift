internal import Definitions
internal import Vocabulary

/// One `case` document into a definition. Every complaint says file, line, what is wrong and what to do.
struct CaseCompiler {
    let document: Definition
    let roles: [String: CaseRole]
    let rules: [String: CaseRule]
    /// Ids of all case definitions.
    let cases: Set<String>
    let log: DiagnosticLog

    init(_ document: Definition, roles: [String: CaseRole], rules: [String: CaseRule], cases: Set<String>, _ log: DiagnosticLog) {
        self.document = document
        self.roles = roles
        self.rules = rules
        self.cases = cases
        self.log = log
    }

    var body: DefinitionNode { document.body }

    /// nil where the document lacks so much that nothing can be said about it.
    func compile() -> CaseDefinition? {
        body.only(
            [
                "case", "label", "version", "effective", "subject", "series", "basis", "readers", "opens", "states", "actions", "forms",
                "notices", "publishes", "journeys",
            ], log)
        let label = body.localized("label", log)
        let version = body.requiredText("version", log)
        let effective = body.required("effective", log)
        effective?.only(["from", "until"], log)
        _ = effective?.required("from", log)
        let forms = compileForms()
        let states = compileStates()
        guard let subject = body.required("subject", log)?.choice(CaseDefinition.Subject.self, log), !states.isEmpty,
            let opening = compileOpening(forms), let from = effective?.day("from", log)
        else { return nil }
        let definition = CaseDefinition(
            id: document.id, label: label, version: version, from: from, until: effective?.day("until", log), subject: subject,
            series: body["series"]?.text ?? label.zh, basis: body["basis"]?.text ?? "", opening: opening, states: states,
            actions: compileActions(forms, states), forms: forms, readers: posts(body["readers"]), notices: compileNotices(),
            publication: compilePublication(states), journeys: compileJourneys(), roles: roles, text: body.written)
        CaseCheck(definition, body, log).run()
        return definition
    }

    // MARK: Opening

    private func compileOpening(_ forms: [String: CaseForm]) -> CaseOpening? {
        guard let node = body.required("opens", log) else { return nil }
        node.only(["by", "state", "form", "evidence", "from", "unique", "notice", "owner"], log)
        let by = posts(node.required("by", log))
        let owner = node["owner"].flatMap { posts($0).first }
        return CaseOpening(
            by: by, state: node.requiredText("state", log), form: formName(node["form"], forms),
            evidence: compileEvidence(node["evidence"]),
            from: node["from"]?.list.compactMap(\.text) ?? [], unique: node["unique"]?.text, notice: node["notice"]?.text, owner: owner)
    }

    // MARK: States

    private func compileStates() -> [CaseState] {
        (body.required("states", log)?.entries ?? []).map { id, node in
            node.only(["label", "within", "until", "late", "warn", "end", "abandoned", "escalate"], log)
            let state = CaseState(
                id: id, label: node.localized("label", log), isEnd: node.flag("end", default: false, log),
                isAbandoned: node.flag("abandoned", default: false, log), deadline: compileDeadline(node),
                escalations: (node["escalate"]?.list ?? []).compactMap(compileEscalation).sorted { $0.after < $1.after })
            if state.isAbandoned, !state.isEnd { log.error("case.state.abandoned", at: node.place, "只有终结状态才能写 abandoned；请加上 end: true") }
            if state.isEnd, state.deadline != nil { log.error("case.state.endDeadline", at: node.place, "终结状态“\(id)”不能再有期限") }
            if !state.escalations.isEmpty, state.deadline == nil {
                log.error("case.escalation.deadline", at: node.place, "“\(id)”没有期限，升级提醒无从算起；请写 within 或 until")
            }
            return state
        }
    }

    private func compileDeadline(_ node: DefinitionNode) -> CaseState.Deadline? {
        let late = node["late"].map { $0.asLocalized(log) } ?? LocalizedText(zh: "超期", en: "Overdue")
        let warning = node["warn"].flatMap { whole($0["workingDays"] ?? $0) } ?? 2
        if let within = node["within"] {
            if node["until"] != nil { log.error("case.deadline.both", at: node.place, "within 和 until 只能写一个") }
            within.only(["workingDays", "days"], log)
            let (working, calendar) = (within["workingDays"].flatMap(whole), within["days"].flatMap(whole))
            guard let span = working.map(CaseState.Deadline.Span.workingDays) ?? calendar.map(CaseState.Deadline.Span.days) else {
                log.error("case.deadline", at: within.place, "期限写成 { workingDays: 5 }（工作日）或 { days: 30 }（自然日）")
                return nil
            }
            return CaseState.Deadline(span: span, late: late, warning: warning)
        }
        guard let until = node["until"] else { return nil }
        guard let text = until.text, text.hasPrefix("form."), text.count > 5 else {
            log.error("case.deadline.field", at: until.place, "until 写成 form.加日期栏的编号，如 form.promisedDate")
            return nil
        }
        return CaseState.Deadline(span: .field(String(text.dropFirst(5))), late: late, warning: warning)
    }

    private func compileEscalation(_ node: DefinitionNode) -> CaseState.Escalation? {
        node.only(["after", "to", "label"], log)
        guard let to = posts(node.required("to", log)).first else { return nil }
        let days = node.required("after", log).flatMap { whole($0["workingDays"] ?? $0) } ?? 0
        return CaseState.Escalation(after: days, to: to, label: node.localized("label", log))
    }

    // MARK: Evidence

    func compileEvidence(_ node: DefinitionNode?) -> [EvidenceRule] {
        (node?.list ?? []).compactMap { node in
            node.only(["kind", "label", "atLeast", "sinceOpening", "within", "unit", "reuse"], log)
            guard let kind = node.required("kind", log)?.choice(EvidenceKind.self, log) else { return nil }
            let label = node["label"].map { $0.asLocalized(log) } ?? kind.label
            let within = node["within"].map { $0["metres"] ?? $0 }.map { $0.asNumber(log) }
            return EvidenceRule(
                kind: kind, label: label, atLeast: node["atLeast"].flatMap(whole) ?? 1,
                sinceOpening: node.flag("sinceOpening", default: false, log), within: within, unit: node["unit"]?.text ?? "",
                reuse: node["reuse"].flatMap { $0.choice(EvidenceReuse.self, log) } ?? .note)
        }
    }

    // MARK: Notices

    private func compileNotices() -> [CaseNotice] {
        (body["notices"]?.entries ?? []).map { id, node in
            node.only(["title", "to", "from", "paragraphs"], log)
            return CaseNotice(
                id: id, title: node.localized("title", log), to: posts(node.required("to", log)).first ?? "",
                paragraphs: (node.required("paragraphs", log)?.list ?? []).compactMap(\.text),
                from: posts(node.required("from", log)).first ?? "")
        }
    }

    // MARK: Small parts

    /// Posts, and where allowed parties of a case; what is neither is complained about.
    func posts(_ node: DefinitionNode?, parties: Bool = false) -> [String] {
        (node?.list ?? []).compactMap { entry in
            guard let name = entry.text, !name.isEmpty else {
                log.error("case.role", at: entry.place, "这里写岗位的编号，如 school.head")
                return nil
            }
            let known = parties ? Set(roles.keys).union(CaseParty.allCases.map(\.rawValue)) : Set(roles.keys)
            if known.contains(name) { return name }
            let near =
                DefinitionNode.nearest(name, among: known).map { "，是否想写“\($0)”？" } ?? "。可用的岗位：\(known.sorted().joined(separator: "、"))"
            log.error("case.role", at: entry.place, "没有岗位“\(name)”\(near)")
            return nil
        }
    }

    func formName(_ node: DefinitionNode?, _ forms: [String: CaseForm]) -> String? {
        guard let node, let name = node.text else { return nil }
        if forms[name] != nil { return name }
        let near = DefinitionNode.nearest(name, among: forms.keys).map { "，是否想写“\($0)”？" } ?? "；请在 forms 下面写出这张表"
        log.error("case.form", at: node.place, "没有表单“\(name)”\(near)")
        return nil
    }

    /// A whole number, not negative.
    func whole(_ node: DefinitionNode) -> Int? {
        let number = node.asNumber(log)
        guard number.isFinite, number >= 0, number == number.rounded(), number < 100_000 else {
            if number.isFinite { log.error("case.number", at: node.place, "这里应是不小于0的整数") }
            return nil
        }
        return Int(number)
    }
}
