internal import Definitions
internal import Vocabulary

/// What a standard's formulas may name.
struct CatalogueNames {
    var variables: Set<String>
    var indicators: Set<String>
    var kinds: Set<String>
}

extension Standard {
    init(_ definition: Definition, _ names: CatalogueNames, _ log: DiagnosticLog) {
        let body = definition.body
        body.only(
            [
                "standard", "label", "document", "effective", "form", "countyForm", "stages", "exclude", "apportion", "parts", "notes",
            ], log)
        id = definition.id
        label = body.localized("label", log)
        document = body.requiredText("document", log)
        effectiveFrom = body["effective"]?.day("from", log)
        effectiveUntil = body["effective"]?.day("until", log)
        form = body.requiredText("form", log)
        countyForm = body["countyForm"]?.text
        stages = body.required("stages", log)?.list.compactMap { $0.choice(Stage.self, log) } ?? []
        exclusions = (body["exclude"]?.list ?? []).compactMap { Exclusion($0, names, log) }
        apportionmentClause = body["apportion"]?["clause"]?.text ?? ""
        apportionment = [:]
        for (kind, weights) in body["apportion"]?["weights"]?.entries ?? [] {
            if !names.kinds.contains(kind) { log.error("standard.kind", at: weights.place, "没有办学类型“\(kind)”") }
            apportionment[kind] = weights.byStage([], log)
        }
        parts = (body.required("parts", log)?.list ?? []).map { Part($0, stages: body.stageList(log), names, log) }
        notes = body["notes"]?.list.compactMap(\.text) ?? []
        checkCodes(definition, log)
    }

    private func checkCodes(_ definition: Definition, _ log: DiagnosticLog) {
        var seen: Set<String> = []
        for item in parts.flatMap(\.items) where !seen.insert(item.code).inserted {
            log.error("standard.code", at: definition.body.place, "编号“\(item.code)”用了两次")
        }
    }
}

extension Standard.Exclusion {
    init?(_ node: DefinitionNode, _ names: CatalogueNames, _ log: DiagnosticLog) {
        node.only(["reason", "label", "when", "clause"], log)
        guard let condition = node.formula("when", known: names.variables, log) else { return nil }
        reason = node.requiredText("reason", log)
        label = node.localized("label", log)
        when = condition
        clause = node["clause"]?.text ?? ""
    }
}

extension Standard.Part {
    init(_ node: DefinitionNode, stages: [Stage], _ names: CatalogueNames, _ log: DiagnosticLog) {
        node.only(["part", "label", "items", "schools", "dispersion", "composite"], log)
        id = node.requiredText("part", log)
        label = node.localized("label", log)
        items = (node.required("items", log)?.list ?? []).map { Standard.Item($0, stages: stages, names, log) }
        if let rule = node["schools"] {
            rule.only(["minimum", "floor", "clause"], log)
            unitRule = Standard.UnitRule(
                minimum: Int(rule.requiredNumber("minimum", log).finiteOrZero), floorRatio: rule.requiredNumber("floor", log),
                clause: rule["clause"]?.text ?? "")
        }
        dispersion = node["dispersion"].map { Standard.Ceiling($0, stages: stages, log) }
        composite = node["composite"].map { Standard.Ceiling($0, stages: stages, log) }
    }
}

extension Standard.Ceiling {
    init(_ node: DefinitionNode, stages: [Stage], _ log: DiagnosticLog) {
        node.only(["ceiling", "clause"], log)
        limit = node.required("ceiling", log)?.byStage(stages, log) ?? [:]
        clause = node["clause"]?.text ?? ""
    }
}

extension Standard.Item {
    init(_ node: DefinitionNode, stages: [Stage], _ names: CatalogueNames, _ log: DiagnosticLog) {
        node.only(["code", "label", "level", "clause", "note", "indicator", "atLeast", "atMost", "tests"], log)
        code = node.requiredText("code", log)
        level = node["level"]?.choice(Level.self, log) ?? .unit
        label = node["label"]?.asLocalized(log) ?? LocalizedText(zh: "")
        clause = node["clause"]?.text ?? ""
        note = node["note"]?.text ?? ""
        comparison = node["atMost"] == nil ? .atLeast : .atMost
        threshold = [:]
        tests = []
        indicator = nil
        if level == .unit {
            let name = node.requiredText("indicator", log)
            if !names.indicators.contains(name) {
                log.error("standard.indicator", at: node["indicator"]?.place ?? node.place, "没有指标“\(name)”")
            }
            indicator = name
            // A standard that judges by spread alone sets no threshold for single schools.
            threshold = node[comparison.rawValue]?.byStage(stages, log) ?? [:]
        } else {
            tests = (node.required("tests", log)?.list ?? []).compactMap { Standard.Test($0, names, log) }
        }
    }
}

extension Standard.Test {
    init?(_ node: DefinitionNode, _ names: CatalogueNames, _ log: DiagnosticLog) {
        node.only(["label", "value", "atLeast", "atMost", "unit", "format", "applies", "raise"], log)
        comparison = node["atMost"] == nil ? .atLeast : .atMost
        guard let value = node.formula("value", known: names.variables, log),
            let bound = node.formula(comparison.rawValue, known: names.variables, log)
        else { return nil }
        label = node.localized("label", log)
        self.value = value
        valueText = node.requiredText("value", log)
        self.bound = bound
        boundText = node.requiredText(comparison.rawValue, log)
        unit = node["unit"]?.text ?? ""
        format = node["format"]?.choice(Format.self, log) ?? .number
        applies = node["applies"] == nil ? nil : node.formula("applies", known: names.variables, log)
        raises = node["raise"]?.text
    }
}

extension DefinitionNode {
    /// Numbers by stage, `{ primary: 4.2, junior: 5.3 }`, or one number for all the stages given.
    func byStage(_ stages: [Stage], _ log: DiagnosticLog) -> [Stage: Double] {
        if !isMapping { return Dictionary(uniqueKeysWithValues: stages.map { ($0, asNumber(log)) }) }
        var numbers: [Stage: Double] = [:]
        for (key, value) in entries {
            if let stage = Stage(rawValue: key) {
                numbers[stage] = value.asNumber(log)
            } else {
                log.error("definition.stage", at: value.place, "没有学段“\(key)”，可用：\(Stage.allCases.map(\.rawValue).joined(separator: "、"))")
            }
        }
        for stage in stages where numbers[stage] == nil {
            log.error("definition.stage.missing", at: place, "缺少学段 \(stage.rawValue) 的数")
        }
        return numbers
    }

    func stageList(_ log: DiagnosticLog) -> [Stage] { self["stages"]?.list.compactMap { Stage(rawValue: $0.text ?? "") } ?? [] }
}

extension Double {
    fileprivate var finiteOrZero: Double { isFinite ? self : 0 }
}
