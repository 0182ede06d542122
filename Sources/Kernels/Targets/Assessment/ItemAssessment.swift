public import Vocabulary

/// How one line stands, with everything the answer rests on.
public struct ItemAssessment: Sendable, Identifiable {
    public var id: String
    /// What the evidence says.
    public var computed: PlanLight
    public var override: LightOverride?
    /// Why, in sentences.
    public var reasons: [String]
    /// The number reached; nil where nothing is known, and for lines with lines below.
    public var value: Double?
    /// What should be reached by today: the newest milestone passed or the pace of the calendar; nil without either.
    public var expected: Double?
    /// Leaves below by light; a leaf counts itself.
    public var counts: [PlanLight: Int]
    public var parts: [Part]
    public var due: Day?

    /// One county's or one office's share of the proof.
    public struct Part: Sendable {
        /// Nil for the city.
        public var county: String?
        public var light: PlanLight
        public var value: Double?
        public var source: String
        public var link: PlanLink?
        public var schools: [String]
    }

    /// What is shown: the light set by hand where there is one.
    public var light: PlanLight { override?.light ?? computed }
    public var leaves: Int { counts.values.reduce(0, +) }
    public func count(_ light: PlanLight) -> Int { counts[light] ?? 0 }
    /// The share of leaves done.
    public var progress: Double { leaves > 0 ? Double(count(.done)) / Double(leaves) : 0 }
}
