public import Planning

/// Everything the allocation of a special fund depends on. Money is whole yuan, values are exact.
public struct FundProblem: Sendable {
    /// One measured item of a unit as it stands.
    public struct Item: Sendable, Hashable, Identifiable {
        public var id: String
        public var label: String
        public var value: Fraction
        /// From here on the item is met.
        public var threshold: Fraction
        /// Below this the unit can't meet the standard, whatever its other items.
        public var floor: Fraction

        public init(id: String, label: String, value: Fraction, threshold: Fraction, floor: Fraction) {
            self.id = id
            self.label = label
            self.value = value
            self.threshold = threshold
            self.floor = floor
        }
    }

    /// A school's stage, the unit of judgement.
    public struct Unit: Sendable, Identifiable {
        public var id: String
        public var title: String
        public var pupils: Int
        public var items: [Item]
        /// How many items must be met.
        public var minimum: Int

        public init(id: String, title: String, pupils: Int, items: [Item], minimum: Int) {
            self.id = id
            self.title = title
            self.pupils = pupils
            self.items = items
            self.minimum = Swift.min(minimum, items.count)
        }

        /// Whether it meets the standard with these values, one per item.
        public func meets(_ values: [Fraction]) -> Bool {
            zip(items, values).allSatisfy { $1 >= $0.floor } && zip(items, values).count { $1 >= $0.threshold } >= minimum
        }
        public var isMet: Bool { meets(items.map(\.value)) }
    }

    /// What a project adds to one item of one unit.
    public struct Gain: Sendable, Hashable {
        public var unit: Int
        public var item: Int
        public var amount: Fraction

        public init(unit: Int, item: Int, amount: Fraction) {
            self.unit = unit
            self.item = item
            self.amount = amount
        }
    }

    /// Paid for whole or not at all.
    public struct Project: Sendable, Identifiable {
        public var id: String
        public var title: String
        public var school: String
        /// What the money is for (build, equip, train, hire): earmarks name it.
        public var kind: String
        public var cost: Int
        public var gains: [Gain]
        /// Of projects with the same group at most one is done: sizes of one building, say.
        public var group: String?
        /// What shares count it for: rural, weak.
        public var marks: Set<String>
        /// Promised already: part of every plan.
        public var isRequired: Bool

        public init(
            id: String, title: String, school: String, kind: String, cost: Int, gains: [Gain], group: String? = nil,
            marks: Set<String> = [], isRequired: Bool = false
        ) {
            self.id = id
            self.title = title
            self.school = school
            self.kind = kind
            self.cost = cost
            self.gains = gains
            self.group = group
            self.marks = marks
            self.isRequired = isRequired
        }
    }

    public struct Source: Sendable, Hashable, Identifiable {
        public var id: String
        public var label: String
        public var amount: Int
        /// The only kinds of project it may pay; empty for all.
        public var kinds: Set<String>
        /// The only projects it may pay bear this mark; nil for all.
        public var mark: String?

        public init(id: String, label: String, amount: Int, kinds: Set<String> = [], mark: String? = nil) {
            self.id = id
            self.label = label
            self.amount = amount
            self.kinds = kinds
            self.mark = mark
        }

        public func mayPay(_ project: Project) -> Bool {
            (kinds.isEmpty || kinds.contains(project.kind)) && (mark.map { project.marks.contains($0) } ?? true)
        }
    }

    /// At least this part of all that is spent goes to projects with a mark.
    public struct Share: Sendable, Hashable, Identifiable {
        public var mark: String
        public var label: String
        public var part: Fraction
        public var id: String { mark }

        public init(mark: String, label: String, part: Fraction) {
            self.mark = mark
            self.label = label
            self.part = part
        }
    }

    public var title: String
    public var units: [Unit]
    public var projects: [Project]
    public var sources: [Source]
    public var shares: [Share]
    /// Rules put aside, by id, when conflicts are looked for.
    public var waived: Set<String> = []

    public init(title: String, units: [Unit], projects: [Project], sources: [Source], shares: [Share] = []) {
        self.title = title
        self.units = units
        self.projects = projects
        self.sources = sources
        self.shares = shares
    }

    public var budget: Int { sources.reduce(0) { $0 + $1.amount } }

    /// The same with every source multiplied by `part`, rounded down.
    public func scaled(_ part: Fraction) -> FundProblem {
        var copy = self
        for place in copy.sources.indices {
            copy.sources[place].amount = Int((Fraction(sources[place].amount) * part).approximate.rounded(.down))
        }
        return copy
    }

    /// Tells this problem from any other.
    public var digest: String {
        var digest = ProblemDigest()
        digest.add("\(title)|\(waived.sorted())")
        for unit in units {
            digest.add("\(unit.id)|\(unit.pupils)|\(unit.minimum)")
            for item in unit.items { digest.add("\(item.id)|\(item.value)|\(item.threshold)|\(item.floor)") }
        }
        for project in projects {
            digest.add(
                "\(project.id)|\(project.kind)|\(project.cost)|\(project.group ?? "")|\(project.marks.sorted())|\(project.isRequired)")
            for gain in project.gains { digest.add("\(gain.unit)|\(gain.item)|\(gain.amount)") }
        }
        for source in sources { digest.add("\(source.id)|\(source.amount)|\(source.kinds.sorted())|\(source.mark ?? "")") }
        for share in shares { digest.add("\(share.mark)|\(share.part)") }
        return digest.hex
    }
}
