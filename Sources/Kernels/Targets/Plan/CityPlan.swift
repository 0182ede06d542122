public import Vocabulary

/// A city's or county's own plan as data.
public struct CityPlan: Hashable, Sendable, Identifiable {
    public var id: String
    public var label: LocalizedText
    public var document: PlanDocument
    public var from: Day
    public var until: Day
    /// Days before a deadline or milestone from which a line not yet there is 预警.
    public var warnDays: Int
    public var offices: [PlanOffice]
    /// What the document counts by name, such as 十大行动; checked when the plan is compiled.
    public var counts: [NamedCount]
    public var items: [PlanItem]

    public struct NamedCount: Hashable, Sendable {
        public var name: String
        public var count: Int
    }

    public init(
        id: String, label: LocalizedText, document: PlanDocument, from: Day, until: Day, warnDays: Int = 30, offices: [PlanOffice],
        counts: [NamedCount] = [], items: [PlanItem]
    ) {
        self.id = id
        self.label = label
        self.document = document
        self.from = from
        self.until = until
        self.warnDays = warnDays
        self.offices = offices
        self.counts = counts
        self.items = items
    }

    public var all: [PlanItem] { items.flatMap(\.all) }
    public var leaves: [PlanItem] { items.flatMap(\.leaves) }
    public func item(_ id: String) -> PlanItem? { all.first { $0.id == id } }
    public func office(_ id: String) -> PlanOffice? { offices.first { $0.id == id } }
    /// Names of all facts its lines ask for.
    public var factNames: Set<String> { Set(leaves.compactMap(\.evidence.fact)) }

    /// The lines above one, from the top, and itself; empty where there is no such line.
    public func path(to id: String) -> [PlanItem] {
        func search(_ items: [PlanItem], _ above: [PlanItem]) -> [PlanItem]? {
            for item in items {
                if item.id == id { return above + [item] }
                if let found = search(item.items, above + [item]) { return found }
            }
            return nil
        }
        return search(items, []) ?? []
    }

    /// Every leaf with what it inherits from above.
    public var charges: [PlanCharge] {
        func walk(_ items: [PlanItem], _ above: PlanCharge?) -> [PlanCharge] {
            items.flatMap { item -> [PlanCharge] in
                let own = PlanCharge(item, under: above, plan: self)
                return item.isLeaf ? [own] : walk(item.items, own)
            }
        }
        return walk(items, nil)
    }
}

/// Where a plan was issued.
public struct PlanDocument: Hashable, Sendable {
    public var title: String
    public var issuer: String
    /// As the source gives it; may be only a year.
    public var date: String
    public var source: String
    /// What is missing or doubtful in the text the plan was read from.
    public var note: String

    public init(title: String, issuer: String, date: String, source: String, note: String = "") {
        self.title = title
        self.issuer = issuer
        self.date = date
        self.source = source
        self.note = note
    }
}

/// An office that answers for lines of a plan. Offices, never people.
public struct PlanOffice: Hashable, Sendable, Identifiable {
    public enum Level: String, Hashable, Sendable, CaseIterable {
        case cityLeader, section, county, school

        public var label: LocalizedText {
            switch self {
            case .cityLeader: LocalizedText(zh: "市级领导", en: "City leader")
            case .section: LocalizedText(zh: "牵头单位", en: "Section")
            case .county: LocalizedText(zh: "县（市、区）", en: "County")
            case .school: LocalizedText(zh: "学校", en: "School")
            }
        }
    }

    public var id: String
    public var label: LocalizedText
    public var level: Level
    /// The office it reports to.
    public var under: String?

    public init(id: String, label: LocalizedText, level: Level, under: String? = nil) {
        self.id = id
        self.label = label
        self.level = level
        self.under = under
    }
}

/// A leaf with owner and days, its own or inherited.
public struct PlanCharge: Hashable, Sendable, Identifiable {
    public var item: PlanItem
    public var owner: String?
    public var coOwners: [String]
    public var start: Day
    /// Nil where the plan sets none.
    public var deadline: Day?
    public var id: String { item.id }

    init(_ item: PlanItem, under above: PlanCharge?, plan: CityPlan) {
        self.item = item
        owner = item.owner ?? above?.owner
        coOwners = item.coOwners.isEmpty ? above?.coOwners ?? [] : item.coOwners
        start = item.start ?? above?.start ?? plan.from
        deadline = item.deadline ?? above?.deadline
    }
}
