internal import Definitions
internal import Vocabulary

extension PlanCompiler {
    /// A whole number; 0 for what was no number and is complained of already.
    static func whole(_ value: Double) -> Int { value.isFinite && abs(value) < 1e6 ? Int(value.rounded()) : 0 }

    static func requiredDay(_ key: String, _ node: DefinitionNode, _ log: DiagnosticLog) -> Day {
        _ = node.required(key, log)
        return node.day(key, log) ?? Day(year: 2000, month: 1, day: 1)
    }

    static func document(_ body: DefinitionNode, _ log: DiagnosticLog) -> PlanDocument {
        guard let node = body.required("document", log) else { return PlanDocument(title: "", issuer: "", date: "", source: "") }
        node.only(["title", "issuer", "date", "source", "note"], log)
        return PlanDocument(
            title: node.requiredText("title", log), issuer: node.requiredText("issuer", log), date: node.requiredText("date", log),
            source: node.requiredText("source", log), note: node["note"]?.text ?? "")
    }

    static func office(_ node: DefinitionNode, _ log: DiagnosticLog) -> PlanOffice {
        node.only(["id", "label", "level", "under"], log)
        return PlanOffice(
            id: node.requiredText("id", log), label: node.localized("label", log),
            level: node.required("level", log)?.choice(PlanOffice.Level.self, log) ?? .section, under: node["under"]?.text)
    }

    /// `{ name: 十大行动, count: 10, of: programme, under: actions }`: what the document counts must be there.
    static func counts(_ nodes: [DefinitionNode], of plan: CityPlan, _ log: DiagnosticLog) -> [CityPlan.NamedCount] {
        nodes.map { node in
            node.only(["name", "count", "of", "under", "at"], log)
            let name = node.requiredText("name", log)
            let count = whole(node.requiredNumber("count", log))
            let named = CityPlan.NamedCount(name: name, count: count)
            guard let level = node.required("of", log)?.choice(PlanLevel.self, log) else { return named }
            var items = plan.items
            if let under = node["under"], let id = under.text {
                guard let item = plan.item(id) else {
                    log.error("plan.count.under", at: under.place, "没有编号为“\(id)”的条目")
                    return named
                }
                items = item.items
            }
            let found = items.count { $0.level == level }
            if found != count { log.error("plan.count", at: node.place, "“\(name)”应有\(count)条，现有\(found)条") }
            return named
        }
    }
}
