internal import Definitions
internal import Vocabulary

extension Standard {
    /// A bureau's overlay: it may add items, set limits where there are none, raise demands and choose between wordings the
    /// national catalogue offers; it never lowers a demand.
    ///
    ///     tighten: balance-2017
    ///     document: 某市教发〔2026〕1号
    ///     thresholds: { L1: { primary: 4.5 }, G11: { 交流轮岗比例: 0.15 } }
    ///     schools: { resources: { minimum: 7, floor: 0.9 } }
    ///     ceilings: { resources: { primary: 0.45 } }
    ///     choose: { Q1: yearly, apportion: reported }
    ///     add: [ { part: government, items: [ … ] } ]
    func tightened(by body: DefinitionNode, _ names: CatalogueNames, _ log: DiagnosticLog) -> Standard {
        body.only(["tighten", "document", "thresholds", "schools", "ceilings", "composites", "choose", "add"], log)
        var copy = self
        let source = body.requiredText("document", log)
        for (code, node) in body["thresholds"]?.entries ?? [] { copy.raise(code, node, source, log) }
        for (part, node) in body["schools"]?.entries ?? [] { copy.raiseUnitRule(part, node, source, log) }
        for (part, node) in body["ceilings"]?.entries ?? [] { copy.lower(\.dispersion, part, node, source, log) }
        for (part, node) in body["composites"]?.entries ?? [] { copy.lower(\.composite, part, node, source, log) }
        for (code, node) in body["choose"]?.entries ?? [] { copy.choose(code, node, source, log) }
        for node in body["add"]?.list ?? [] { copy.add(node, names, log) }
        return copy
    }

    // MARK: Thresholds

    private mutating func raise(_ code: String, _ node: DefinitionNode, _ source: String, _ log: DiagnosticLog) {
        for p in parts.indices {
            guard let i = parts[p].items.firstIndex(where: { $0.code == code }) else { continue }
            if parts[p].items[i].level == .unit {
                parts[p].items[i].raiseThresholds(node, stages, source, log)
            } else {
                parts[p].items[i].raiseTests(node, source, log)
            }
            return
        }
        let codes = parts.flatMap(\.items).map(\.code).joined(separator: "、")
        log.error("tighten.code", at: node.place, "标准“\(id)”中没有编号“\(code)”。可用：\(codes)")
    }

    private mutating func raiseUnitRule(_ part: String, _ node: DefinitionNode, _ source: String, _ log: DiagnosticLog) {
        guard let p = index(of: part, node, log) else { return }
        node.only(["minimum", "floor"], log)
        let measured = parts[p].items.count { $0.level == .unit }
        let rule = parts[p].unitRule ?? UnitRule(minimum: 0, floorRatio: 0, clause: "")
        let minimum = node["minimum"].map { Int($0.wholeNumber(log)) } ?? rule.minimum
        let floor = node["floor"]?.asNumber(log) ?? rule.floorRatio
        if minimum > measured { log.error("tighten.minimum", at: node.place, "“\(part)”只有\(measured)项按校测算的指标，minimum 不能写 \(minimum)") }
        if floor > 1 { log.error("tighten.floor", at: node.place, "floor 是标准的比例，写 0 到 1 之间的数，例如 0.9") }
        if minimum < rule.minimum { node.loosens("达标项数", .atLeast, Double(rule.minimum), Double(minimum), log) }
        if floor < rule.floorRatio { node.loosens("底线比例", .atLeast, rule.floorRatio, floor, log) }
        parts[p].unitRule = UnitRule(
            minimum: max(minimum, rule.minimum), floorRatio: max(floor, rule.floorRatio), clause: rule.clause.cited(source))
    }

    private mutating func lower(
        _ which: WritableKeyPath<Part, Ceiling?>, _ part: String, _ node: DefinitionNode, _ source: String, _ log: DiagnosticLog
    ) {
        guard let p = index(of: part, node, log) else { return }
        guard parts[p].items.contains(where: { $0.level == .unit }) else {
            log.error("tighten.ceiling", at: node.place, "“\(part)”没有按校测算的指标，不能设差异系数上限")
            return
        }
        var ceiling = parts[p][keyPath: which] ?? Ceiling(limit: [:], clause: "")
        for (stage, value) in node.byStage(node.isMapping ? [] : stages, within: stages, log) {
            guard let old = ceiling.limit[stage], value > old else {
                ceiling.limit[stage] = value
                continue
            }
            node.loosens("\(stage.label.zh)差异系数上限", .atMost, old, value, log)
        }
        ceiling.clause = ceiling.clause.cited(source)
        parts[p][keyPath: which] = ceiling
    }

    private func index(of part: String, _ node: DefinitionNode, _ log: DiagnosticLog) -> Int? {
        if let p = parts.firstIndex(where: { $0.id == part }) { return p }
        log.error("tighten.part", at: node.place, "标准“\(id)”没有“\(part)”这一部分。可用：\(parts.map(\.id).joined(separator: "、"))")
        return nil
    }

    // MARK: Choosing and adding

    private mutating func choose(_ code: String, _ node: DefinitionNode, _ source: String, _ log: DiagnosticLog) {
        if code == "apportion" {
            split = node.choice(SplitRule.self, log) ?? split
            apportionmentClause = apportionmentClause.cited(source)
            return
        }
        for p in parts.indices {
            guard let i = parts[p].items.firstIndex(where: { $0.code == code }) else { continue }
            let item = parts[p].items[i]
            guard let chosen = item.alternatives.first(where: { $0.id == node.text }) else {
                let known = item.alternatives.map { "\($0.id)（\($0.label.zh)）" }.joined(separator: "、")
                log.error("tighten.choose", at: node.place, "“\(code)”\(known.isEmpty ? "没有可选的口径" : "可选的口径：\(known)")")
                return
            }
            parts[p].items[i].tests = chosen.tests
            parts[p].items[i].examples = []
            parts[p].items[i].note = "采用\(chosen.label.zh)（\(source)）。\(chosen.note)"
            return
        }
        let codes = parts.flatMap(\.items).filter { !$0.alternatives.isEmpty }.map(\.code).joined(separator: "、")
        log.error("tighten.code", at: node.place, "标准“\(id)”中没有编号“\(code)”。有口径可选的：apportion、\(codes)")
    }

    private mutating func add(_ node: DefinitionNode, _ names: CatalogueNames, _ log: DiagnosticLog) {
        for item in node["items"]?.list ?? [] { _ = item.requiredText("clause", log) }
        let added = Part(node, stages: stages, names, log)
        let old = Set(parts.flatMap(\.items).map(\.code))
        for (item, place) in zip(added.items, node["items"]?.list ?? []) where old.contains(item.code) {
            log.error("tighten.add", at: place.place, "编号“\(item.code)”已有，地方增加的项目要用新编号")
        }
        if let p = parts.firstIndex(where: { $0.id == added.id }) {
            parts[p].items += added.items
        } else {
            parts.append(added)
        }
    }
}
