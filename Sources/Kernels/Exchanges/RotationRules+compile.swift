public import Definitions
internal import Vocabulary

extension RotationRules {
    /// Compiles a definition; complaints go to `log` with file and line.
    public init(_ definition: Definition, _ log: DiagnosticLog) {
        let body = definition.body
        body.only(
            [
                definition.kind, "label", "document", "from", "note", "eligible", "quota", "backbone", "degrees", "heads", "travel",
                "alliance", "naming", "forms", "incentives",
            ], log)
        id = definition.id
        label = body.localized("label", log)
        document = body.requiredText("document", log)
        from = body.day("from", log)
        note = body["note"]?.text ?? ""
        eligibility = body.required("eligible", log).map { Eligibility($0, log) } ?? Eligibility()
        let quota = body.required("quota", log)
        quota?.only(["rate", "of", "room"], log)
        rate = quota?.share("rate", log) ?? Share(basis: 0)
        basis = quota?.required("of", log)?.choice(Basis.self, log) ?? .eligible
        room = quota?["room"] == nil ? Share(basis: 0) : quota?.share("room", log) ?? Share(basis: 0)
        let backbone = body.required("backbone", log)
        backbone?.only(["share", "levels"], log)
        backboneShare = backbone?.share("share", log) ?? Share(basis: 0)
        backboneLevels = backbone?.texts("levels", log) ?? []
        degrees = [:]
        for (name, node) in body.required("degrees", log)?.entries ?? [] {
            if let stage = Stage(rawValue: name) {
                degrees[stage] = node.list.compactMap(\.text)
            } else {
                log.error("rotation.stage", at: node.place, "没有学段“\(name)”。可用：primary、junior")
            }
        }
        heads = body["heads"].map { Heads($0, log) } ?? Heads()
        travel = body["travel"].map { Travel($0, log) } ?? Travel()
        alliance = body["alliance"] == nil ? Share(basis: 10_000) : body.share("alliance", log)
        naming = body["naming"].map { Naming($0, log) } ?? Naming()
        forms = (body.required("forms", log)?.list ?? []).map { node in
            node.only(["id", "label", "counts"], log)
            return Form(
                id: node.requiredText("id", log), label: node.requiredText("label", log), counts: node.flag("counts", default: true, log))
        }
        incentives = (body["incentives"]?.list ?? []).map { node in
            node.only(["id", "label", "settings", "years"], log)
            return Incentive(
                id: node.requiredText("id", log), label: node.requiredText("label", log),
                settings: node["settings"]?.list.compactMap(\.text) ?? [], years: node.count("years", log))
        }
        for ids in [forms.map(\.id), incentives.map(\.id)] where Set(ids).count < ids.count {
            log.error("rotation.twice", at: body.place, "forms 或 incentives 里有重复的 id")
        }
    }
}

extension RotationRules.Eligibility {
    fileprivate init(_ node: DefinitionNode, _ log: DiagnosticLog) {
        self.init()
        node.only(["sponsors", "tenures", "years", "oldest", "retirement", "exempt", "hardship", "couples", "again"], log)
        sponsors = node.texts("sponsors", log)
        tenures = node.texts("tenures", log)
        years = node.count("years", log)
        oldest = node["oldest"]?.ages(log) ?? [:]
        if let retirement = node["retirement"] {
            retirement.only(["ages", "within"], log)
            self.retirement = retirement.required("ages", log)?.ages(log) ?? [:]
            beforeRetirement = retirement.count("within", log)
        }
        exempt = node["exempt"]?.list.compactMap(\.text) ?? []
        sparesHardship = node.flag("hardship", default: false, log)
        onePerCouple = node.flag("couples", default: false, log)
        again = node["again"] == nil ? 0 : node.count("again", log)
    }
}

extension RotationRules.Heads {
    fileprivate init(_ node: DefinitionNode, _ log: DiagnosticLog) {
        node.only(["posts", "terms", "must"], log)
        self.init(
            posts: node.texts("posts", log), terms: node.count("terms", log), must: node.flag("must", default: false, log))
    }
}

extension RotationRules.Travel {
    fileprivate init(_ node: DefinitionNode, _ log: DiagnosticLog) {
        self.init()
        node.only(["school", "home", "nearest"], log)
        school = node["school"].map { _ in node.metres("school", log) }
        home = node["home"].map { _ in node.metres("home", log) }
        nearest = node["nearest"].map { _ in node.count("nearest", log) }
    }
}

extension RotationRules.Naming {
    fileprivate init(_ node: DefinitionNode, _ log: DiagnosticLog) {
        self.init()
        node.only(["kilometre", "year", "wish"], log)
        kilometre = node.count("kilometre", log)
        year = node.count("year", log)
        wish = node.count("wish", log)
    }
}

extension DefinitionNode {
    fileprivate func texts(_ key: String, _ log: DiagnosticLog) -> [String] {
        let texts = required(key, log)?.list.compactMap(\.text) ?? []
        if texts.isEmpty, let node = self[key] { log.error("rotation.list", at: node.place, "“\(key)”至少写一项") }
        return texts
    }

    fileprivate func count(_ key: String, _ log: DiagnosticLog) -> Int {
        let number = requiredNumber(key, log)
        if number >= 0, number <= 10_000, number == number.rounded() { return Int(number) }
        if number.isFinite, let node = self[key] { log.error("rotation.count", at: node.place, "“\(key)”写不小于 0 的整数") }
        return 0
    }

    fileprivate func metres(_ key: String, _ log: DiagnosticLog) -> Int {
        let number = requiredNumber(key, log)
        if number > 0, number <= 2_000 { return Int((number * 1_000).rounded()) }
        if number.isFinite, let node = self[key] { log.error("rotation.distance", at: node.place, "“\(key)”以公里为单位，写大于 0 的数") }
        return 0
    }

    fileprivate func share(_ key: String, _ log: DiagnosticLog) -> Share {
        let number = requiredNumber(key, log)
        if let share = Share(decimal: number) { return share }
        if number.isFinite, let node = self[key] {
            log.error("rotation.share", at: node.place, "“\(key)”写 0 到 1 之间的小数，如 15% 写 0.15，最多四位小数")
        }
        return Share(basis: 0)
    }

    fileprivate func ages(_ log: DiagnosticLog) -> [String: Int] {
        Dictionary(keys.map { ($0, count($0, log)) }) { first, _ in first }
    }
}
