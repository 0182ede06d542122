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
        body["apportion"]?.only(["clause", "weights", "use"], log)
        apportionmentClause = body["apportion"]?["clause"]?.text ?? ""
        split = body["apportion"]?["use"]?.choice(SplitRule.self, log) ?? .weights
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
        node.only(["part", "label", "items", "schools", "dispersion", "composite", "overall"], log)
        countsOverall = node.flag("overall", default: true, log)
        id = node.requiredText("part", log)
        label = node.localized("label", log)
        items = (node.required("items", log)?.list ?? []).map { Standard.Item($0, stages: stages, names, log) }
        if let rule = node["schools"] {
            rule.only(["minimum", "floor", "clause"], log)
            unitRule = Standard.UnitRule(
                minimum: Int(rule.required("minimum", log)?.wholeNumber(log) ?? 0), floorRatio: rule.requiredNumber("floor", log),
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
        node.only(
            [
                "code", "label", "level", "clause", "note", "indicator", "compare", "atLeast", "atMost", "below", "tests", "alternatives",
                "examples",
            ], log
        )
        code = node.requiredText("code", log)
        level = node["level"]?.choice(Level.self, log) ?? .unit
        label = node["label"]?.asLocalized(log) ?? LocalizedText(zh: "")
        clause = node["clause"]?.text ?? ""
        note = node["note"]?.text ?? ""
        comparison = node.comparison(log) ?? node["compare"]?.choice(Comparison.self, log) ?? .atLeast
        threshold = [:]
        tests = []
        alternatives = []
        indicator = nil
        examples = (node["examples"]?.list ?? []).compactMap { Standard.Example($0, log) }
        if level == .unit {
            let name = node.requiredText("indicator", log)
            if !names.indicators.contains(name) {
                log.error("standard.indicator", at: node["indicator"]?.place ?? node.place, "没有指标“\(name)”")
            }
            indicator = name
            // A standard that judges by spread alone sets no threshold for single schools.
            threshold = node[comparison.rawValue]?.byStage(stages, log) ?? [:]
        } else if level != .spread {
            tests = node.tests(names, log)
            alternatives = node["alternatives"]?.list.map { Standard.Alternative($0, names, log) } ?? []
        }
    }
}

extension Standard.Example {
    init?(_ node: DefinitionNode, _ log: DiagnosticLog) {
        node.only(["given", "verdict"], log)
        guard let verdict = node.required("verdict", log)?.choice(Verdict.self, log) else { return nil }
        self.verdict = verdict
        given = node["given"]?.operands ?? [:]
        place = node.place
    }
}

extension Standard.Alternative {
    init(_ node: DefinitionNode, _ names: CatalogueNames, _ log: DiagnosticLog) {
        node.only(["id", "label", "tests", "note"], log)
        id = node.requiredText("id", log)
        label = node.localized("label", log)
        tests = node.tests(names, log)
        note = node.requiredText("note", log)
    }
}

extension Standard.Test {
    init?(_ node: DefinitionNode, _ names: CatalogueNames, _ log: DiagnosticLog) {
        node.only(["label", "value", "atLeast", "atMost", "below", "compare", "unit", "format", "applies", "raise"], log)
        let demanded = node.comparison(log)
        comparison = demanded ?? node["compare"]?.choice(Comparison.self, log) ?? .atLeast
        guard let value = node.formula("value", known: names.variables, log) else { return nil }
        label = node.localized("label", log)
        self.value = value
        valueText = node.requiredText("value", log)
        bound = demanded.flatMap { node.formula($0.rawValue, known: names.variables, log) }
        if demanded != nil, bound == nil { return nil }
        boundText = demanded.flatMap { node[$0.rawValue]?.text } ?? ""
        unit = node["unit"]?.text ?? ""
        format = node["format"]?.choice(Format.self, log) ?? .number
        applies = node["applies"] == nil ? nil : node.formula("applies", known: names.variables, log)
        raises = node["raise"]?.text
    }
}

extension DefinitionNode {
    /// Numbers by stage, `{ primary: 4.2, junior: 5.3 }`, or one number for all the stages given.
    /// Stages outside `within`, where that is given, are mistakes.
    func byStage(_ stages: [Stage], within: [Stage] = Stage.allCases, _ log: DiagnosticLog) -> [Stage: Double] {
        if !isMapping {
            let number = asNumber(log)
            return Dictionary(uniqueKeysWithValues: stages.map { ($0, number) })
        }
        var numbers: [Stage: Double] = [:]
        for (key, value) in entries {
            if let stage = Stage(rawValue: key), within.contains(stage) {
                numbers[stage] = value.asNumber(log)
            } else {
                let words = within.map { "\($0.rawValue)（\($0.label.zh)）" }.joined(separator: "、")
                let known = Stage(rawValue: key).map { "本标准不评估\($0.label.zh)" } ?? "没有学段“\(key)”"
                log.error("definition.stage", at: value.place, "\(known)，可用：\(words)")
            }
        }
        for stage in stages where numbers[stage] == nil {
            log.error("definition.stage.missing", at: place, "缺少学段 \(stage.rawValue) 的数")
        }
        return numbers
    }

    /// Which of `atLeast`, `atMost` and `below` is written; nil for none, a complaint for several.
    fileprivate func comparison(_ log: DiagnosticLog) -> Comparison? {
        let written = Comparison.allCases.filter { self[$0.rawValue] != nil }
        if written.count > 1 {
            log.error("standard.comparison", at: place, "\(written.map(\.rawValue).joined(separator: "、")) 只能写一个")
        }
        return written.first
    }

    fileprivate func tests(_ names: CatalogueNames, _ log: DiagnosticLog) -> [Standard.Test] {
        let list = required("tests", log)?.list ?? []
        if self["tests"] != nil, list.isEmpty { log.error("standard.tests", at: place, "tests 下面至少要写一条检验") }
        return list.compactMap { Standard.Test($0, names, log) }
    }

    /// Numbers and quoted texts by name, as examples give them.
    var operands: [String: Operand] {
        var given: [String: Operand] = [:]
        for (key, value) in entries where !value.isNull {
            given[key] = value.isQuoted ? .text(value.text ?? "") : value.number.map(Operand.number) ?? .text(value.text ?? "")
        }
        return given
    }

    func stageList(_ log: DiagnosticLog) -> [Stage] { self["stages"]?.list.compactMap { Stage(rawValue: $0.text ?? "") } ?? [] }
}
