internal import Definitions
internal import Vocabulary

extension CaseCompiler {
    func compileActions(_ forms: [String: CaseForm], _ states: [CaseState]) -> [CaseAction] {
        (body.required("actions", log)?.entries ?? []).map { id, node in
            node.only(
                [
                    "label", "from", "to", "by", "form", "evidence", "reason", "rule", "asks", "joint", "handOver", "subCase", "waitsFor",
                    "takes", "aside", "batch", "notice", "notAfter", "when",
                ], log)
            let joint = compileJoint(node["joint"])
            var by = posts(node["by"], parties: true)
            if let joint, by.isEmpty { by = CaseCompiler.signers(joint) }
            if node["by"] == nil, joint == nil { _ = node.required("by", log) }
            return CaseAction(
                id: id, label: node.localized("label", log), from: compileFrom(node, states), to: stateName(node["to"], states), by: by,
                form: formName(node["form"], forms), evidence: compileEvidence(node["evidence"]),
                reason: node["reason"].flatMap { $0.choice(CaseAction.Reason.self, log) } ?? .none, rule: ruleName(node),
                asks: node["asks"]?.list.compactMap(\.text) ?? [], joint: joint,
                handOver: node["handOver"].map { CaseAction.HandOver(to: posts($0["to"] ?? $0)) },
                subCase: compileSubCase(node["subCase"]), waitsForSubCases: waits(node["waitsFor"]),
                takes: node.flag("takes", default: false, log), isAside: node.flag("aside", default: false, log),
                batch: node.flag("batch", default: true, log), notice: node["notice"]?.text,
                notAfter: node["notAfter"]?.list.compactMap(\.text) ?? [], when: condition(node["when"]))
        }
    }

    /// The posts that sign, where no `by` is written.
    private static func signers(_ joint: CaseAction.Joint) -> [String] {
        switch joint.signers {
        case .posts(let names): names
        case .owners: [CaseParty.owner.rawValue, CaseParty.coOwner.rawValue]
        case .coOwners: [CaseParty.coOwner.rawValue]
        }
    }

    /// One state, several, or `any` for all that are not ends.
    private func compileFrom(_ node: DefinitionNode, _ states: [CaseState]) -> [String] {
        guard let from = node.required("from", log) else { return [] }
        if from.text == "any" { return states.filter { !$0.isEnd }.map(\.id) }
        return from.list.compactMap { stateName($0, states) }
    }

    func stateName(_ node: DefinitionNode?, _ states: [CaseState]) -> String? {
        guard let node, let name = node.text else { return nil }
        if states.contains(where: { $0.id == name }) { return name }
        let near = DefinitionNode.nearest(name, among: states.map(\.id)).map { "，是否想写“\($0)”？" }
        log.error(
            "case.state.unknown", at: node.place, "没有状态“\(name)”\(near ?? "。可用：\(states.map(\.id).joined(separator: "、"))")")
        return nil
    }

    private func ruleName(_ node: DefinitionNode) -> String? {
        guard let written = node["rule"], let name = written.text else { return nil }
        guard let rule = rules[name] else {
            let near = DefinitionNode.nearest(name, among: rules.keys).map { "，是否想写“\($0)”？" }
            log.error("case.rule", at: written.place, "没有规则“\(name)”\(near ?? "。可用：\(rules.keys.sorted().joined(separator: "、"))")")
            return nil
        }
        let missing = rule.asks.subtracting(node["asks"]?.list.compactMap(\.text) ?? [])
        if !missing.isEmpty {
            log.error(
                "case.rule.asks", at: written.place,
                "规则“\(name)”要用到\(missing.sorted().joined(separator: "、"))，请写 asks: [\(rule.asks.sorted().joined(separator: ", "))]")
        }
        return name
    }

    private func compileJoint(_ node: DefinitionNode?) -> CaseAction.Joint? {
        guard let node else { return nil }
        node.only(["need", "of"], log)
        let need = node["need"].flatMap { $0.choice(CaseAction.Joint.Need.self, log) } ?? .all
        switch node["of"]?.text {
        case "owners": return CaseAction.Joint(need: need, signers: .owners)
        case "coOwners": return CaseAction.Joint(need: need, signers: .coOwners)
        default:
            let names = posts(node.required("of", log))
            if names.isEmpty { log.error("case.joint", at: node.place, "会签写明 of: owners、coOwners 或几个岗位") }
            return CaseAction.Joint(need: need, signers: .posts(names))
        }
    }

    private func compileSubCase(_ node: DefinitionNode?) -> CaseAction.SubCase? {
        guard let node else { return nil }
        node.only(["case", "carries"], log)
        let name = node.requiredText("case", log)
        if !name.isEmpty, !cases.contains(name) {
            let near = DefinitionNode.nearest(name, among: cases).map { "，是否想写“\($0)”？" } ?? ""
            log.error("case.subCase", at: node.place, "没有办事规则“\(name)”\(near)")
        }
        let carries = (node["carries"]?.entries ?? []).compactMap { key, value in value.text.map { (key, $0) } }
        return CaseAction.SubCase(definition: name, carries: Dictionary(carries, uniquingKeysWith: { $1 }))
    }

    private func waits(_ node: DefinitionNode?) -> Bool {
        guard let node else { return false }
        if node.text == "subCases" { return true }
        log.error("case.waits", at: node.place, "waitsFor 目前只能写 subCases（子事项都办结）")
        return false
    }

    func condition(_ node: DefinitionNode?) -> FieldCondition? {
        guard let node else { return nil }
        if let text = node.text, let condition = FieldCondition(text) { return condition }
        log.error("case.condition", at: node.place, "条件写成“栏目 = 值”，如 grade = major；几个条件用 and 连接，不等于写 !=")
        return nil
    }
}
