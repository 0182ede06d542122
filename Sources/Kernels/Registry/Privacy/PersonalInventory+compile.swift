public import Definitions
internal import Vocabulary

extension PersonalInventory {
    /// First keys of its documents.
    public static let documentKinds: Set<String> = ["register", "notice"]

    /// Compiles `register: …` and `notice: …`. Complaints go to the log; what is wrong is left out.
    public init(_ definitions: DefinitionSet, _ log: DiagnosticLog) {
        self.init()
        for definition in definitions.of(kind: "register") {
            if let register = PersonalInventory.register(definition, log) { registers.append(register) }
        }
        for definition in definitions.of(kind: "notice") {
            let body = definition.body
            body.only(["notice", "version", "label", "text"], log)
            notices.append(
                PersonalNotice(
                    id: definition.id, version: body.requiredText("version", log), label: body.localized("label", log),
                    text: body.requiredText("text", log)))
        }
    }

    private static func register(_ definition: Definition, _ log: DiagnosticLog) -> PersonalRegister? {
        let body = definition.body
        body.only(
            ["register", "label", "row", "person", "personal", "other", "purpose", "basis", "retention", "erasure", "erasure-reason"], log)
        let purpose = body["purpose"]?.text ?? ""
        let personal = (body["personal"]?.keys ?? []).compactMap { name -> PersonalColumn? in
            guard let node = body["personal"]?[name] else { return nil }
            return column(name, node, purpose, log)
        }
        var register = PersonalRegister(
            id: definition.id, label: body.localized("label", log), row: body["row"]?.text ?? "id", person: body["person"]?.text,
            personal: personal, other: (body["other"]?.list ?? []).compactMap(\.text), purpose: purpose, basis: "",
            retention: RetentionRule(since: nil, days: 0, condition: .always, does: .keep, reason: ""), erasure: .keep, erasureReason: "")
        guard !personal.isEmpty else {
            // Nothing to declare but how long it stays, where it goes by itself.
            if body["retention"] != nil { register.retention = retention(body, log) ?? register.retention }
            register.row = body["row"]?.text ?? register.other.first ?? "id"
            return register
        }
        _ = body.requiredText("purpose", log)
        register.basis = body.requiredText("basis", log)
        register.retention = retention(body, log) ?? register.retention
        register.erasure = body.required("erasure", log)?.choice(ErasureRule.self, log) ?? .keep
        register.erasureReason = body["erasure-reason"]?.text ?? ""
        if register.erasure == .keep { register.erasureReason = body.requiredText("erasure-reason", log) }
        if register.erasure != .keep, register.person == nil {
            log.error("register.person", at: body.place, "“\(definition.id)”要删除某人的数据，须用 person 写明哪一列是人")
        }
        return register
    }

    private static func column(_ name: String, _ node: DefinitionNode, _ purpose: String, _ log: DiagnosticLog) -> PersonalColumn? {
        node.only(["label", "kind", "sealed", "index", "purpose"], log)
        guard let kind = node.required("kind", log)?.choice(PersonalKind.self, log) else { return nil }
        return PersonalColumn(
            name: name, label: node.localized("label", log), kind: kind, isSealed: node.flag("sealed", default: false, log),
            index: node["index"]?.text, purpose: node["purpose"]?.text ?? purpose)
    }

    private static func retention(_ body: DefinitionNode, _ log: DiagnosticLog) -> RetentionRule? {
        guard let node = body.required("retention", log) else { return nil }
        node.only(["since", "days", "when", "do", "reason"], log)
        let reason = node.requiredText("reason", log)
        guard let since = node["since"]?.text else {
            return RetentionRule(since: nil, days: 0, condition: .always, does: .keep, reason: reason)
        }
        let days = node.requiredNumber("days", log)
        guard days.isFinite, days >= 1, days == days.rounded(), days <= 36_500 else {
            log.error("register.days", at: node.place, "“days”应是1到36500之间的整数")
            return nil
        }
        let does = node["do"]?.choice(ErasureRule.self, log) ?? .delete
        guard does == .delete || does == .clear else {
            log.error("register.do", at: node.place, "到期只能 delete（删去整行）或 clear（清空个人信息）")
            return nil
        }
        return RetentionRule(
            since: since, days: Int(days), condition: node["when"]?.choice(RetentionRule.Condition.self, log) ?? .always, does: does,
            reason: reason)
    }
}
