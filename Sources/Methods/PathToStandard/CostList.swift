public import Definitions
public import Planning
public import Vocabulary

/// One thing a county can do, in steps that are not divided further.
public struct PathAction: Sendable, Hashable, Identifiable {
    public enum Kind: String, Sendable, CaseIterable, Codable {
        case hire, train, build, equip
        /// A teacher goes from one school to another of the same stage; `adds` leaves the one and arrives at the other.
        case move
    }
    public var id: String
    public var label: String
    public var kind: Kind
    /// What one step is: 人, 间, 10㎡.
    public var unit: String
    /// Yuan per step.
    public var cost: Int
    /// What one step adds, by data element.
    public var adds: [String: Fraction]

    public init(id: String, label: String, kind: Kind, unit: String, cost: Int, adds: [String: Fraction]) {
        self.id = id
        self.label = label
        self.kind = kind
        self.unit = unit
        self.cost = cost
        self.adds = adds
    }
}

/// What things cost and what is physically possible: `costs: …` of a catalogue.
public struct CostList: Sendable {
    /// First key of its documents.
    public static let documentKind = "costs"

    /// `part` is counted among `whole` and can't exceed it.
    public struct Within: Sendable, Hashable {
        public var part: String
        public var whole: String
        public init(part: String, whole: String) {
            self.part = part
            self.whole = whole
        }
    }

    public var id: String
    public var label: LocalizedText
    public var note: String
    public var actions: [PathAction]
    public var within: [Within]
    /// The most of a unit's teachers that may leave, as a part of them.
    public var leaving: Fraction
    /// No value is raised above this many times the greater of threshold and best school.
    public var growth: Fraction

    public init(
        id: String, label: LocalizedText, note: String = "", actions: [PathAction], within: [Within] = [], leaving: Fraction,
        growth: Fraction
    ) {
        self.id = id
        self.label = label
        self.note = note
        self.actions = actions
        self.within = within
        self.leaving = leaving
        self.growth = growth
    }
}

extension CostList {
    /// Compiles a definition; `elements` are the data elements known. Complaints go to `log`.
    public init(_ definition: Definition, elements: Set<String>, _ log: DiagnosticLog) {
        let body = definition.body
        body.only(["costs", "label", "note", "actions", "within", "leaving", "growth"], log)
        func known(_ node: DefinitionNode, _ name: String) -> String {
            if !elements.contains(name) { log.error("costs.element", at: node.place, "没有数据元“\(name)”") }
            return name
        }
        let actions = (body.required("actions", log)?.list ?? []).compactMap { node -> PathAction? in
            node.only(["id", "label", "kind", "unit", "cost", "adds"], log)
            guard let kind = node.required("kind", log)?.choice(PathAction.Kind.self, log) else { return nil }
            var adds: [String: Fraction] = [:]
            for (name, value) in node.required("adds", log)?.entries ?? [] {
                let amount = Fraction(decimal: value.asNumber(log)) ?? .zero
                if amount <= .zero { log.error("costs.adds", at: value.place, "一步增加的数应大于 0") }
                adds[known(value, name)] = amount
            }
            let cost = node.requiredNumber("cost", log)
            if !(cost >= 0 && cost < 1e12 && cost == cost.rounded()) { log.error("costs.cost", at: node.place, "单价以元为单位，写不小于 0 的整数") }
            return PathAction(
                id: node.requiredText("id", log), label: node.requiredText("label", log), kind: kind, unit: node.requiredText("unit", log),
                cost: Int(exactly: cost.rounded()) ?? 0, adds: adds)
        }
        if Set(actions.map(\.id)).count < actions.count { log.error("costs.twice", at: body.place, "actions 里有重复的 id") }
        let within = (body["within"]?.list ?? []).map { node in
            node.only(["part", "whole"], log)
            return Within(part: known(node, node.requiredText("part", log)), whole: known(node, node.requiredText("whole", log)))
        }
        let leaving = body.requiredNumber("leaving", log)
        let growth = body.requiredNumber("growth", log)
        if !(0...1).contains(leaving) { log.error("costs.leaving", at: body.place, "leaving 是 0 到 1 之间的数") }
        if !(1...100).contains(growth) { log.error("costs.growth", at: body.place, "growth 是 1 到 100 之间的数") }
        self.init(
            id: definition.id, label: body.localized("label", log), note: body["note"]?.text ?? "", actions: actions, within: within,
            leaving: Fraction(decimal: leaving) ?? .zero, growth: Fraction(decimal: growth) ?? .one)
    }
}
