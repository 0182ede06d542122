public import Vocabulary

/// What shows that a line of a plan is reached.
public struct EvidenceRule: Hashable, Sendable {
    public enum Binding: Hashable, Sendable {
        /// What an office enters, with documents.
        case entered
        /// A number of the evaluation, such as `balance-2017/cv/primary`.
        case indicator(String)
        /// How many cases of a definition stand in a state, such as `rectification/closed`.
        case cases(String)
        /// A number the registers hold, such as `element/exchanged`.
        case registry(String)
    }
    /// Whose numbers have to reach the amount.
    public enum Reach: String, Hashable, Sendable, CaseIterable {
        case city
        /// Every county by itself.
        case county
    }

    public var binding: Binding
    public var reach: Reach
    /// Documents an entry must bear to count.
    public var documents: Int

    public init(_ binding: Binding = .entered, reach: Reach = .city, documents: Int = 1) {
        self.binding = binding
        self.reach = reach
        self.documents = documents
    }

    /// The name facts are asked for under; nil where an office enters what counts.
    public var fact: String? {
        switch binding {
        case .entered: nil
        case .indicator(let name): "indicator:\(name)"
        case .cases(let name): "cases:\(name)"
        case .registry(let name): "registry:\(name)"
        }
    }

    /// In words: what counts as proof.
    public var words: String {
        let whose = reach == .county ? "，各县（市、区）分别判定" : ""
        switch binding {
        case .entered: return (documents > 0 ? "责任单位填报，每条附\(documents)份以上佐证材料" : "责任单位填报") + whose
        case .indicator: return "取自监测结果，不用填报" + whose
        case .cases: return "取自办理事项的件数，不用填报" + whose
        case .registry: return "取自各县上报的数据，不用填报" + whose
        }
    }
}

/// A number the plan is held against, handed to the kernel with where it comes from.
public struct PlanFact: Hashable, Sendable {
    /// Nil where it is not known; `source` then says why.
    public var value: Double?
    /// Nil for the whole city.
    public var county: String?
    public var source: String
    /// A page that explains it, as the caller knows it.
    public var link: PlanLink?
    /// Schools that keep the number from being better.
    public var schools: [String]

    public init(_ value: Double?, county: String? = nil, source: String, link: PlanLink? = nil, schools: [String] = []) {
        self.value = value
        self.county = county
        self.source = source
        self.link = link
        self.schools = schools
    }
}

/// Where a fact is explained.
public enum PlanLink: Hashable, Sendable {
    case county(String)
    case spread(county: String, code: String, stage: Stage)
    case item(county: String, code: String)
    /// A path of the caller's own.
    case page(String)
}

/// Facts by name.
public struct PlanFacts: Sendable {
    public var byName: [String: [PlanFact]]

    public init(_ byName: [String: [PlanFact]] = [:]) { self.byName = byName }

    public subscript(_ name: String) -> [PlanFact] { byName[name] ?? [] }

    /// Only what concerns the city as a whole and these counties; nil for all.
    public func seen(by counties: Set<String>?) -> PlanFacts {
        guard let counties else { return self }
        return PlanFacts(byName.mapValues { $0.filter { $0.county.map { counties.contains($0) } ?? true } })
    }
}

/// Where facts come from: evaluations, cases, registers. Whoever assembles the program fills it.
public protocol PlanFactSource: Sendable {
    /// The facts of these names as they stand today. A name nobody knows has no entry.
    func facts(_ names: Set<String>) async throws -> PlanFacts
    /// The counties of the city, in the order to list them.
    func counties() async throws -> [String]
}
