public import Definitions
internal import Vocabulary

extension StaffingRules {
    /// Compiles a definition; complaints go to `log` with file and line.
    public init(_ definition: Definition, _ log: DiagnosticLog) {
        let body = definition.body
        body.only(
            [
                definition.kind, "label", "document", "from", "note", "sponsors", "tenures", "ratios", "small", "boarding", "teaching",
                "heads", "curriculum", "aliases", "retirement", "forecast", "posts",
            ], log)
        id = definition.id
        label = body.localized("label", log)
        document = body.requiredText("document", log)
        from = body.day("from", log)
        note = body["note"]?.text ?? ""
        sponsors = body.words("sponsors", log)
        tenures = body.words("tenures", log)
        ratios = body.required("ratios", log)?.byStage(log) { $0.thousandths($1, log) } ?? [:]
        small = (body["small"]?.list ?? []).compactMap { Small($0, log) }
        boarding = body["boarding"].map { node in
            node.only(["every", "add"], log)
            return Boarding(every: node.whole("every", 1...10_000, log), add: node.whole("add", 0...100, log))
        }
        teaching = body.words("teaching", log)
        heads = body["heads"]?.list.compactMap(\.text) ?? []
        curricula = (body["curriculum"]?.list ?? []).compactMap { Curriculum($0, log) }
        aliases = [:]
        for (subject, node) in body["aliases"]?.entries ?? [] {
            for word in node.list.compactMap(\.text) {
                if let other = aliases[word], other != subject {
                    log.error("staffing.alias", at: node.place, "“\(word)”既算\(other)又算\(subject)")
                }
                aliases[word] = subject
            }
        }
        retirement = body.required("retirement", log).map { RetirementRules($0, log) } ?? RetirementRules()
        forecast = body["forecast"].map { Forecast($0, log) } ?? Forecast()
        posts = body["posts"].map { Posts($0, log) } ?? Posts()
    }
}

extension StaffingRules.Small {
    fileprivate init?(_ node: DefinitionNode, _ log: DiagnosticLog) {
        node.only(["label", "stage", "settings", "below", "perClass", "least"], log)
        guard let stage = node.required("stage", log)?.choice(Stage.self, log) else { return nil }
        self.init(
            label: node.requiredText("label", log), stage: stage, settings: node.words("settings", log),
            below: node.whole("below", 1...10_000, log), perClass: node.thousandths("perClass", log),
            least: node["least"] == nil ? 0 : node.whole("least", 0...100, log))
    }
}

extension StaffingRules.Curriculum {
    fileprivate init?(_ node: DefinitionNode, _ log: DiagnosticLog) {
        node.only(["stage", "load", "loads", "hours"], log)
        guard let stage = node.required("stage", log)?.choice(Stage.self, log) else { return nil }
        let loads = node["loads"]
        let hours = node.required("hours", log)
        self.init(
            stage: stage, load: node.thousandths("load", log),
            loads: Dictionary((loads?.keys ?? []).map { ($0, loads?.thousandths($0, log) ?? 0) }) { first, _ in first },
            hours: (hours?.keys ?? []).map { ($0, hours?.thousandths($0, log) ?? 0) })
        for subject in loads?.keys ?? [] where !(hours?.keys ?? []).contains(subject) {
            log.error("staffing.subject", at: loads?.place ?? node.place, "loads 里的“\(subject)”在 hours 里没有")
        }
    }
}

extension StaffingRules.Forecast {
    fileprivate init(_ node: DefinitionNode, _ log: DiagnosticLog) {
        self.init()
        node.only(["ahead", "classSize", "progress", "transfer", "intake"], log)
        ahead = node.whole("ahead", 0...10, log)
        classSize = node.required("classSize", log)?.byStage(log) { $0.whole($1, 1...100, log) } ?? [:]
        if node["progress"] != nil { progress = node.thousandths("progress", log) }
        if node["transfer"] != nil { transfer = node.thousandths("transfer", log) }
        intake = node.required("intake", log)?.choice(Intake.self, log) ?? .unknown
    }
}

extension StaffingRules.Posts {
    fileprivate init(_ node: DefinitionNode, _ log: DiagnosticLog) {
        self.init()
        node.only(["distance", "beforeRetirement", "exempt", "hardship", "downward", "points"], log)
        distance = node["distance"].map { _ in node.thousandths("distance", log) }
        beforeRetirement = node["beforeRetirement"] == nil ? 0 : node.whole("beforeRetirement", 0...10, log)
        exempt = node["exempt"]?.list.compactMap(\.text) ?? []
        sparesHardship = node.flag("hardship", default: false, log)
        downward = node.flag("downward", default: false, log)
        guard let given = node["points"] else { return }
        given.only(["kilometre", "subject", "stage", "wish", "unasked"], log)
        points.kilometre = given.whole("kilometre", 0...10_000, log)
        points.subject = given.whole("subject", 0...10_000, log)
        points.stage = given.whole("stage", 0...10_000, log)
        points.wish = given.whole("wish", 0...10_000, log)
        points.unasked = given.whole("unasked", 0...10_000, log)
    }
}

extension RetirementRules {
    fileprivate init(_ node: DefinitionNode, _ log: DiagnosticLog) {
        self.init()
        node.only(["document", "adopted", "from", "early", "groups"], log)
        document = node.requiredText("document", log)
        adopted = node.day("adopted", log)
        if let written = node.required("from", log) {
            if let month = written.text.flatMap(Month.init(text:)) {
                from = month
            } else {
                log.error("staffing.month", at: written.place, "“from”写年-月，如 2025-01")
            }
        }
        early = node["early"] == nil ? 0 : node.whole("early", 0...120, log)
        groups = (node.required("groups", log)?.list ?? []).map { group in
            group.only(["id", "label", "sex", "categories", "titles", "age", "step", "most", "document"], log)
            let made = Group(
                id: group.requiredText("id", log), label: group.requiredText("label", log), sex: group.requiredText("sex", log),
                categories: group["categories"]?.list.compactMap(\.text) ?? [], titles: group["titles"]?.list.compactMap(\.text) ?? [],
                age: group.whole("age", 40...70, log), step: group.whole("step", 1...24, log), most: group.whole("most", 40...70, log))
            if made.most < made.age { log.error("staffing.age", at: group.place, "“most”小于“age”") }
            return made
        }
    }
}

extension DefinitionNode {
    fileprivate func words(_ key: String, _ log: DiagnosticLog) -> [String] {
        let words = required(key, log)?.list.compactMap(\.text) ?? []
        if words.isEmpty, let node = self[key] { log.error("staffing.list", at: node.place, "“\(key)”至少写一项") }
        return words
    }

    fileprivate func whole(_ key: String, _ range: ClosedRange<Int>, _ log: DiagnosticLog) -> Int {
        let number = requiredNumber(key, log)
        if number == number.rounded(), let value = Int(exactly: number), range.contains(value) { return value }
        if number.isFinite, let node = self[key] {
            log.error("staffing.count", at: node.place, "“\(key)”写\(range.lowerBound)到\(range.upperBound)之间的整数")
        }
        return range.lowerBound
    }

    /// A number above zero with three decimals at most.
    fileprivate func thousandths(_ key: String, _ log: DiagnosticLog) -> Int {
        let number = requiredNumber(key, log)
        let thousands = (number * 1_000).rounded()
        if number > 0, number <= 10_000, abs(number * 1_000 - thousands) < 1e-6 { return Int(thousands) }
        if number.isFinite, let node = self[key] { log.error("staffing.number", at: node.place, "“\(key)”写大于 0 的数，最多三位小数") }
        return 1_000
    }

    fileprivate func byStage(_ log: DiagnosticLog, _ value: (DefinitionNode, String) -> Int) -> [Stage: Int] {
        var found: [Stage: Int] = [:]
        for name in keys {
            if let stage = Stage(rawValue: name) {
                found[stage] = value(self, name)
            } else {
                log.error("staffing.stage", at: self[name]?.place ?? place, "没有学段“\(name)”。可用：primary、junior、senior")
            }
        }
        return found
    }
}
