internal import Definitions
internal import Vocabulary

extension CaseCompiler {
    func compileJourneys() -> [CaseJourney] {
        let journeys = (body["journeys"]?.list ?? []).map { node in
            node.only(["name", "steps"], log)
            return CaseJourney(
                name: node.requiredText("name", log), steps: (node.required("steps", log)?.list ?? []).compactMap(compileStep),
                place: node.place)
        }
        if journeys.isEmpty { log.error("case.journeys", at: body.place, "没有一条 journeys：每份办事规则要用走一遍的例子证明自己") }
        return journeys
    }

    private func compileStep(_ node: DefinitionNode) -> CaseJourney.Step? {
        node.only(
            [
                "by", "elsewhere", "do", "form", "evidence", "reason", "target", "coOwners", "on", "facts", "person", "openSubCases",
                "refused", "state", "due", "light",
            ], log)
        let verb = node.requiredText("do", log)
        var facts: [String: Verdict] = [:]
        for (name, value) in node["facts"]?.entries ?? [] { facts[name] = value.choice(Verdict.self, log) }
        var evidence: [EvidenceKind: Int] = [:]
        for (name, value) in node["evidence"]?.entries ?? [] {
            guard let kind = EvidenceKind(rawValue: name) else {
                log.error("journey.evidence", at: value.place, "没有这种佐证“\(name)”")
                continue
            }
            evidence[kind] = whole(value)
        }
        if let code = node["refused"]?.text, CaseRefusal.Code(rawValue: code) == nil {
            log.error("journey.refused", at: node["refused"]?.place ?? node.place, "没有拒绝码“\(code)”")
        }
        let by = verb == "escalate" ? "" : posts(node.required("by", log)).first ?? ""
        return CaseJourney.Step(
            by: by, isElsewhere: node.flag("elsewhere", default: false, log), doing: doing(verb), answers: answers(node["form"]),
            evidence: evidence, reason: node["reason"]?.text ?? "", target: node["target"]?.text,
            coOwners: posts(node["coOwners"]), on: node.day("on", log), facts: facts, person: node["person"].flatMap(whole) ?? 1,
            openSubCases: node["openSubCases"].flatMap(whole), refused: node["refused"]?.text, state: node["state"]?.text,
            due: node.day("due", log), light: node["light"].flatMap { $0.choice(CaseLight.self, log) }, place: node.place)
    }

    private func doing(_ verb: String) -> CaseJourney.Step.Doing {
        switch verb {
        case "open": .open
        case "escalate": .escalate
        default: .act(verb)
        }
    }

    /// Answers as people type them, over all fields of the definition.
    private func answers(_ node: DefinitionNode?) -> [String: FieldValue] {
        var answers: [String: FieldValue] = [:]
        var fields: [String: FormField] = [:]
        // Forms were compiled with complaints already; here a silent second time.
        let quiet = CaseCompiler(document, roles: roles, rules: rules, cases: cases, DiagnosticLog())
        for form in quiet.compileForms().values { for field in form.fields { fields[field.id] = field } }
        for (name, value) in node?.entries ?? [] {
            guard let field = fields[name] else {
                let near = DefinitionNode.nearest(name, among: fields.keys).map { "，是否想写“\($0)”？" } ?? ""
                log.error("journey.field", at: value.place, "没有栏目“\(name)”\(near)")
                continue
            }
            answers[name] = sample(field, value)
        }
        return answers
    }

    private func sample(_ field: FormField, _ node: DefinitionNode) -> FieldValue? {
        if field.type == .table {
            return .table(
                node.list.map { row in
                    Dictionary(
                        field.columns.compactMap { column in row[column.id].flatMap { sample(column, $0) }.map { (column.id, $0) } },
                        uniquingKeysWith: { $1 })
                })
        }
        if [.photo, .file].contains(field.type) { return .files(CaseSample.files(whole(node) ?? 1, "field-\(field.id)")) }
        do {
            return try field.read(node.list.compactMap(\.text))
        } catch {
            log.error("journey.field", at: node.place, error.complaint.message)
            return nil
        }
    }
}
