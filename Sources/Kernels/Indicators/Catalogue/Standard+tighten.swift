internal import Definitions
internal import Vocabulary

extension Standard {
    /// A bureau's overlay: it may add items and raise demands, never lower one.
    ///
    ///     tighten: balance-2017
    ///     document: 某市教发〔2026〕1号
    ///     thresholds: { L1: { primary: 4.5 } }
    ///     schools: { resources: { minimum: 7, floor: 0.9 } }
    ///     ceilings: { resources: { primary: 0.45 } }
    ///     add: [ { part: government, items: [ … ] } ]
    func tightened(by body: DefinitionNode, _ names: CatalogueNames, _ log: DiagnosticLog) -> Standard {
        body.only(["tighten", "document", "thresholds", "schools", "ceilings", "composites", "add"], log)
        var copy = self
        let source = body.requiredText("document", log)
        for (code, node) in body["thresholds"]?.entries ?? [] { copy.raise(code, node, source, log) }
        for (part, node) in body["schools"]?.entries ?? [] { copy.raiseUnitRule(part, node, source, log) }
        for (part, node) in body["ceilings"]?.entries ?? [] { copy.lower(\.dispersion, part, node, source, log) }
        for (part, node) in body["composites"]?.entries ?? [] { copy.lower(\.composite, part, node, source, log) }
        for node in body["add"]?.list ?? [] { copy.add(node, names, log) }
        return copy
    }

    private func loosens(_ node: DefinitionNode, _ what: String, _ old: Double, _ new: Double, _ log: DiagnosticLog) {
        log.error("tighten.loosens", at: node.place, "地方规则只能加严：\(what)原为 \(old)，这里写 \(new)")
    }

    private mutating func raise(_ code: String, _ node: DefinitionNode, _ source: String, _ log: DiagnosticLog) {
        for p in parts.indices {
            guard let i = parts[p].items.firstIndex(where: { $0.code == code && $0.level == .unit }) else { continue }
            let item = parts[p].items[i]
            for (stage, value) in node.byStage(item.threshold.keys.sorted().filter { _ in !node.isMapping }, log) {
                guard let old = item.threshold[stage] else { continue }
                if item.comparison.holds(value, old) {
                    parts[p].items[i].threshold[stage] = value
                    parts[p].items[i].note += "（\(source)加严）"
                } else {
                    loosens(node, "\(code) \(stage.label.zh)", old, value, log)
                }
            }
            return
        }
        log.error("tighten.code", at: node.place, "标准中没有按校测算的指标“\(code)”")
    }

    private mutating func raiseUnitRule(_ part: String, _ node: DefinitionNode, _ source: String, _ log: DiagnosticLog) {
        guard let p = parts.firstIndex(where: { $0.id == part }), let rule = parts[p].unitRule else {
            log.error("tighten.part", at: node.place, "“\(part)”没有学校达标规则")
            return
        }
        node.only(["minimum", "floor"], log)
        let minimum = node["minimum"].map { Int($0.asNumber(log)) } ?? rule.minimum
        let floor = node["floor"]?.asNumber(log) ?? rule.floorRatio
        if minimum < rule.minimum { loosens(node, "达标项数", Double(rule.minimum), Double(minimum), log) }
        if floor < rule.floorRatio { loosens(node, "底线比例", rule.floorRatio, floor, log) }
        parts[p].unitRule = UnitRule(
            minimum: max(minimum, rule.minimum), floorRatio: max(floor, rule.floorRatio), clause: "\(rule.clause)；\(source)")
    }

    private mutating func lower(
        _ which: WritableKeyPath<Part, Ceiling?>, _ part: String, _ node: DefinitionNode, _ source: String, _ log: DiagnosticLog
    ) {
        guard let p = parts.firstIndex(where: { $0.id == part }), var ceiling = parts[p][keyPath: which] else {
            log.error("tighten.part", at: node.place, "“\(part)”没有差异系数上限")
            return
        }
        for (stage, value) in node.byStage(node.isMapping ? [] : Array(ceiling.limit.keys), log) {
            guard let old = ceiling.limit[stage] else { continue }
            if value <= old { ceiling.limit[stage] = value } else { loosens(node, "差异系数上限", old, value, log) }
        }
        ceiling.clause += "；\(source)"
        parts[p][keyPath: which] = ceiling
    }

    private mutating func add(_ node: DefinitionNode, _ names: CatalogueNames, _ log: DiagnosticLog) {
        let added = Part(node, stages: stages, names, log)
        if let p = parts.firstIndex(where: { $0.id == added.id }) {
            let old = Set(parts.flatMap(\.items).map(\.code))
            for item in added.items where old.contains(item.code) {
                log.error("tighten.add", at: node.place, "编号“\(item.code)”已有，地方增加的项目要用新编号")
            }
            parts[p].items += added.items
        } else {
            parts.append(added)
        }
    }
}
