public import Definitions
internal import Vocabulary

extension InspectionCatalogue {
    /// Compiles the definitions of a set; the later of several rules holds. Complaints go to `log` with file and line. Nil where
    /// the catalogue has no rules of inspection.
    public init?(_ definitions: DefinitionSet, _ log: DiagnosticLog) {
        rubrics = definitions.of(kind: Rubric.documentKind).map { Rubric($0, log) }
        InspectionCatalogue.refuseSameDay(definitions.of(kind: Rubric.documentKind), rubrics, log)
        scorecards = definitions.of(kind: Scorecard.documentKind).map { Scorecard($0, log) }
        guard let rules = definitions.of(kind: InspectionRules.documentKind).map({ InspectionRules($0, log) }).last else { return nil }
        self.rules = rules
    }
}

extension InspectionCatalogue {
    /// Two versions that begin on one day leave open which of them holds.
    private static func refuseSameDay(_ definitions: [Definition], _ rubrics: [Rubric], _ log: DiagnosticLog) {
        var seen: [String: String] = [:]
        for (definition, rubric) in zip(definitions, rubrics) {
            let key = "\(rubric.id)/\(rubric.from)"
            if let other = seen[key] {
                log.error(
                    "inspection.sameDay", at: (definition.body["from"] ?? definition.body).place,
                    "评价表“\(rubric.id)”的\(other)和\(rubric.version)两个版本都从\(rubric.from)起，请改正其中一个的 from")
            }
            seen[key] = rubric.version
        }
    }
}

extension InspectionRules {
    init(_ definition: Definition, _ log: DiagnosticLog) {
        let body = definition.body
        body.only([definition.kind, "label", "document", "note", "budget", "responsible", "checkIn", "merge"], log)
        let budget = body.required("budget", log)
        let responsible = body.required("responsible", log)
        let checkIn = body.required("checkIn", log)
        let merge = body.required("merge", log)
        budget?.only(["visits", "note"], log)
        responsible?.only(["document", "usual", "most", "monthly", "note"], log)
        checkIn?.only(["metres", "accuracy", "note"], log)
        merge?.only(["overlap", "note"], log)
        self.init(
            label: body.localized("label", log), document: body.requiredText("document", log), note: body["note"]?.text ?? "",
            visitsPerYear: budget?.whole("visits", from: 0, log) ?? 0, budgetNote: budget?["note"]?.text ?? "",
            usualSchools: responsible?.whole("usual", from: 1, log) ?? 1, mostSchools: responsible?.whole("most", from: 1, log) ?? 1,
            monthly: responsible?.whole("monthly", from: 0, log) ?? 0, responsibleNote: responsible?["note"]?.text ?? "",
            metres: checkIn?.whole("metres", from: 1, log) ?? 1, accuracy: checkIn?.whole("accuracy", from: 1, log) ?? 1,
            overlap: merge?.whole("overlap", from: 1, log) ?? 1)
        if mostSchools < usualSchools, let node = responsible?["most"] {
            log.error("inspection.most", at: node.place, "most（\(mostSchools)）小于 usual（\(usualSchools)），请改正其中一个")
        }
    }
}

extension Rubric {
    init(_ definition: Definition, _ log: DiagnosticLog) {
        let body = definition.body
        body.only([definition.kind, "label", "document", "version", "from", "note", "burden", "merges", "levels", "areas"], log)
        let burden = body.requiredText("burden", log)
        if !burden.isEmpty, burden != "counted", burden != "routine", let node = body["burden"] {
            log.error("inspection.burden", at: node.place, "burden 写 counted（占检查次数）或 routine（经常性督导，另计），写的是“\(burden)”")
        }
        let levels = (body.required("levels", log)?.list ?? []).map { node in
            node.only(["id", "label", "points"], log)
            return Level(
                id: node.requiredText("id", log), label: node.requiredText("label", log), points: node.whole("points", from: 0, log))
        }
        let areas = (body.required("areas", log)?.list ?? []).map { node in
            node.only(["id", "label", "items"], log)
            let items = (node.required("items", log)?.list ?? []).map { Item($0, log) }
            return Area(id: node.requiredText("id", log), label: node.requiredText("label", log), items: items)
        }
        self.init(
            id: definition.id, label: body.localized("label", log), document: body.requiredText("document", log),
            version: body.requiredText("version", log), from: body.requiredDay("from", log), note: body["note"]?.text ?? "",
            isRoutine: burden == "routine",
            mayMerge: body.flag("merges", default: true, log), levels: levels, areas: areas)
        for ids in [levels.map(\.id), items.map(\.id), areas.map(\.id)] where Set(ids).count < ids.count {
            log.error("inspection.twice", at: body.place, "评价表“\(definition.id)”里有重复的 id")
        }
        if levels.count < 2 { log.error("inspection.levels", at: (body["levels"] ?? body).place, "至少写两个等级") }
        if levels.contains(where: { $0.id == VisitMark.notApplicable }), let node = body["levels"] {
            log.error("inspection.levels", at: node.place, "等级的 id 不能写 \(VisitMark.notApplicable)，它表示“不适用”")
        }
        if items.isEmpty { log.error("inspection.items", at: (body["areas"] ?? body).place, "评价表里没有一项") }
    }
}

extension Rubric.Item {
    fileprivate init(_ node: DefinitionNode, _ log: DiagnosticLog) {
        node.only(["id", "label", "clause", "weight", "confirmed"], log)
        self.init(
            id: node.requiredText("id", log), label: node.requiredText("label", log), clause: node.requiredText("clause", log),
            weight: node["weight"] == nil ? 1 : node.whole("weight", from: 1, log),
            isConfirmed: node.flag("confirmed", default: true, log))
    }
}

extension Scorecard {
    init(_ definition: Definition, _ log: DiagnosticLog) {
        let body = definition.body
        body.only([definition.kind, "label", "subject", "document", "note", "full", "parts"], log)
        let full = body.whole("full", from: 1, log)
        let parts = (body.required("parts", log)?.list ?? []).compactMap { node -> Part? in
            node.only(["id", "label", "of", "standard", "weight", "basis", "note"], log)
            guard let measure = node.required("of", log)?.choice(ScoreMeasure.self, log) else { return nil }
            if measure == .indicators, node["standard"] == nil {
                log.error("inspection.standard", at: node.place, "of: indicators 要写明 standard")
            }
            return Part(
                id: node.requiredText("id", log), label: node.requiredText("label", log), measure: measure,
                standard: node["standard"]?.text ?? "", weight: node.whole("weight", from: 1, log), basis: node.requiredText("basis", log),
                note: node["note"]?.text ?? "")
        }
        self.init(
            id: definition.id, label: body.localized("label", log),
            subject: body.required("subject", log)?.choice(Subject.self, log) ?? .county, document: body.requiredText("document", log),
            note: body["note"]?.text ?? "", full: full, parts: parts)
        let sum = parts.reduce(0) { $0 + $1.weight }
        if !parts.isEmpty, sum != full {
            log.error("inspection.weights", at: (body["parts"] ?? body).place, "各项 weight 合计\(sum)，应等于 full（\(full)）")
        }
        for part in parts where subject == .school && !part.measure.isOfSchools {
            log.error("inspection.measure", at: (body["parts"] ?? body).place, "“\(part.measure.rawValue)”只能用在 subject: county 里")
        }
    }
}

extension DefinitionNode {
    fileprivate func requiredDay(_ key: String, _ log: DiagnosticLog) -> Day {
        guard required(key, log) != nil else { return Day(year: 2000, month: 1, day: 1) }
        return day(key, log) ?? Day(year: 2000, month: 1, day: 1)
    }

    fileprivate func whole(_ key: String, from least: Int, _ log: DiagnosticLog) -> Int {
        let number = requiredNumber(key, log)
        if number >= Double(least), number <= 10_000, number == number.rounded() { return Int(number) }
        if number.isFinite, let node = self[key] { log.error("inspection.number", at: node.place, "“\(key)”应是不小于\(least)的整数") }
        return least
    }
}
