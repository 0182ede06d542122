public import Definitions
internal import Vocabulary

extension CityPlan {
    public static let documentKind = "plan"

    /// Every plan of a catalogue; complaints go to `log`. With errors in the log they must not be used.
    public static func list(_ definitions: DefinitionSet, _ log: DiagnosticLog) -> [CityPlan] {
        definitions.of(kind: documentKind).map { CityPlan($0, log) }
    }

    init(_ definition: Definition, _ log: DiagnosticLog) {
        let body = definition.body
        body.only(["plan", "label", "document", "from", "until", "warnDays", "offices", "counts", "items"], log)
        let from = PlanCompiler.requiredDay("from", body, log)
        let until = PlanCompiler.requiredDay("until", body, log)
        if from > until, let node = body["until"] { log.error("plan.period", at: node.place, "结束日期早于开始日期") }
        let offices = (body["offices"]?.list ?? []).map { PlanCompiler.office($0, log) }
        var compiler = PlanCompiler(offices: Set(offices.map(\.id)), from: from, until: until, log: log)
        let items = (body.required("items", log)?.list ?? []).compactMap { compiler.item($0, under: nil, marks: []) }
        self.init(
            id: definition.id, label: body.localized("label", log), document: PlanCompiler.document(body, log), from: from, until: until,
            warnDays: body["warnDays"].map { PlanCompiler.whole($0.asNumber(log)) } ?? 30, offices: offices, items: items)
        counts = PlanCompiler.counts(body["counts"]?.list ?? [], of: self, log)
        for node in body["offices"]?.list ?? [] {
            guard let under = node["under"], let id = under.text, office(id) == nil else { continue }
            log.error("plan.office", at: under.place, "没有单位“\(id)”。可用：\(offices.map(\.id).joined(separator: "、"))")
        }
    }
}

/// Reads lines of a plan and complains with file and line.
struct PlanCompiler {
    let offices: Set<String>
    let from: Day
    let until: Day
    let log: DiagnosticLog
    private var seen: [String: Diagnostic.Place] = [:]

    init(offices: Set<String>, from: Day, until: Day, log: DiagnosticLog) {
        self.offices = offices
        self.from = from
        self.until = until
        self.log = log
    }

    private static let keys: Set<String> = [
        "label", "mark", "at", "note", "owner", "coOwners", "start", "deadline", "amount", "evidence", "milestones", "holds",
    ]

    /// A line begins with its level: `measure: teacher-rotation`.
    mutating func item(_ node: DefinitionNode, under above: PlanLevel?, marks: [String]) -> PlanItem? {
        let levels = PlanLevel.allCases.map(\.rawValue)
        guard let first = node.keys.first, let level = PlanLevel(rawValue: first) else {
            log.error("plan.level", at: node.place, "每一条以层级开头：\(levels.joined(separator: "、"))，例如 measure: teacher-rotation")
            return nil
        }
        node.only(PlanCompiler.keys.union([first]), log)
        if let above, level <= above {
            log.error("plan.level.order", at: node.place, "“\(level.label.zh)”不能放在“\(above.label.zh)”下面")
        }
        let id = id(node, first)
        let trail = marks + (node["mark"]?.text.map { [$0] } ?? [])
        var items: [PlanItem] = []
        for child in node["holds"]?.list ?? [] { if let item = item(child, under: level, marks: trail) { items.append(item) } }
        var item = PlanItem(
            id: id, level: level, label: node.localized("label", log), clause: clause(node, trail), note: node["note"]?.text ?? "",
            owner: owner(node["owner"]), coOwners: (node["coOwners"]?.list ?? []).compactMap(owner), start: day("start", node),
            deadline: day("deadline", node), amount: node["amount"].flatMap(amount), evidence: evidence(node["evidence"]), items: items)
        item.milestones = milestones(node["milestones"]?.list ?? [], item)
        checkLeaf(item, node)
        return item
    }

    private mutating func id(_ node: DefinitionNode, _ key: String) -> String {
        let id = node.requiredText(key, log)
        let place = node[key]?.place ?? node.place
        if !id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) {
            log.error("plan.id", at: place, "编号“\(id)”只能用字母、数字和连字符")
        }
        if let first = seen[id] { log.error("plan.id.duplicate", at: place, "编号“\(id)”已在 \(first) 用过") }
        seen[id] = place
        return id
    }

    private func checkLeaf(_ item: PlanItem, _ node: DefinitionNode) {
        if !item.isLeaf, let wrong = node["amount"] ?? node["evidence"] ?? node["milestones"] {
            log.error("plan.leaf", at: wrong.place, "“\(item.label.zh)”有下级条目，按下级判定；目标值、佐证和节点请写到下级")
        }
        if item.level == .target, item.isLeaf, item.amount == nil {
            log.error("plan.target", at: node.place, "指标“\(item.label.zh)”缺少 amount（要达到多少）")
        }
    }

    private func clause(_ node: DefinitionNode, _ marks: [String]) -> PlanClause? {
        guard let at = node["at"] else { return nil }
        // As text, for a YAML reader may take 10.10 for the number 10.1.
        let parts = (at.text ?? "").split(separator: ".").compactMap { Int($0) }
        guard parts.count == 2, parts.allSatisfy({ $0 > 0 }) else {
            log.error("plan.at", at: at.place, "出处写成 \"段.句\"，例如 at: \"10.2\"")
            return nil
        }
        return PlanClause(heading: marks.joined(separator: "·"), paragraph: parts[0], sentence: parts[1])
    }

    private func owner(_ node: DefinitionNode?) -> String? {
        guard let node, let id = node.text else { return nil }
        if !offices.contains(id) {
            let hint = DefinitionNode.nearest(id, among: offices).map { "，是否想写“\($0)”？" }
            log.error("plan.owner", at: node.place, "没有单位“\(id)”\(hint ?? "。可用：\(offices.sorted().joined(separator: "、"))")")
        }
        return id
    }

    private func day(_ key: String, _ node: DefinitionNode) -> Day? {
        guard let day = node.day(key, log) else { return nil }
        if day < from || day > until, let place = node[key]?.place {
            log.error("plan.day", at: place, "\(day.chinese)不在规划期内（\(from.chinese)至\(until.chinese)）")
        }
        return day
    }

    private func amount(_ node: DefinitionNode) -> PlannedAmount? {
        node.only(["atLeast", "atMost", "unit", "per", "adding", "paced"], log)
        guard let key = ["atLeast", "atMost"].first(where: { node[$0] != nil }), let bound = node[key] else {
            log.error("plan.amount", at: node.place, "写明 atLeast（不低于）或 atMost（不高于）")
            return nil
        }
        let unit = node["unit"]?.text ?? ""
        let value = bound.asNumber(log)
        if unit == "%", value > 1.5 { log.error("plan.amount.share", at: bound.place, "百分数写成小数，如 15% 写 0.15") }
        let period = node["per"].flatMap { $0.choice(PlannedAmount.Period.self, log) } ?? .whole
        let adding = node["adding"].flatMap { $0.choice(PlannedAmount.Adding.self, log) } ?? (unit == "%" || unit.isEmpty ? .latest : .sum)
        return PlannedAmount(
            key == "atLeast" ? .atLeast : .atMost, value, unit: unit, period: period, adding: adding,
            isPaced: node.flag("paced", default: false, log))
    }

    private func evidence(_ node: DefinitionNode?) -> EvidenceRule {
        guard let node else { return EvidenceRule() }
        node.only(["indicator", "cases", "registry", "documents", "each"], log)
        let bound = ["indicator", "cases", "registry"].filter { node[$0] != nil }
        if bound.count > 1 { log.error("plan.evidence", at: node.place, "一条只能取一处的数：\(bound.joined(separator: "、"))只留一个") }
        let binding: EvidenceRule.Binding =
            switch bound.first {
            case "indicator": .indicator(node.requiredText("indicator", log))
            case "cases": .cases(node.requiredText("cases", log))
            case "registry": .registry(node.requiredText("registry", log))
            default: .entered
            }
        let documents = node["documents"].map { PlanCompiler.whole($0.asNumber(log)) } ?? (binding == .entered ? 1 : 0)
        if !(0...20).contains(documents) { log.error("plan.documents", at: node.place, "documents 是 0 到 20 之间的整数") }
        return EvidenceRule(
            binding, reach: node["each"].flatMap { $0.choice(EvidenceRule.Reach.self, log) } ?? .city, documents: documents)
    }

    private func milestones(_ nodes: [DefinitionNode], _ item: PlanItem) -> [Milestone] {
        var list: [Milestone] = []
        for node in nodes {
            node.only(["by", "value", "label"], log)
            guard let day = day("by", node) else {
                if node["by"] == nil { log.error("plan.milestone", at: node.place, "节点缺少 by（哪一天）") }
                continue
            }
            let value = node.requiredNumber("value", log)
            if let last = list.last, day <= last.day { log.error("plan.milestone.order", at: node.place, "节点按日期先后排列") }
            if let deadline = item.deadline, day > deadline { log.error("plan.milestone.late", at: node.place, "节点晚于完成期限") }
            list.append(Milestone(day: day, value: value, label: node["label"]?.text ?? ""))
        }
        return list
    }
}
