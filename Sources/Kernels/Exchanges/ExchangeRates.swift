public import Vocabulary

/// Whether a county exchanged enough teachers in a year, from the register.
public struct ExchangeRates: Sendable, Hashable {
    /// One rate against its rule. With the whole unknown there is no verdict.
    public struct Check: Sendable, Hashable {
        public var label: String
        public var part: Int
        /// Nil where nobody has told it.
        public var whole: Int?
        public var required: Share
        public var verdict: Verdict

        /// `8.0%`, or nil without a whole.
        public var value: Double? { whole.flatMap { $0 > 0 ? Double(part) / Double($0) : nil } }
    }

    /// Turns that count: begun this year, in a form that counts.
    public var moved: Int
    public var backbones: Int
    /// Planned and not begun.
    public var planned: Int
    public var rate: Check
    public var backbone: Check

    public init(_ exchanges: [Exchange], _ year: SchoolYear, base: ExchangeBase?, rules: RotationRules) {
        let own = exchanges.filter { $0.year == year && rules.form($0.form)?.counts ?? false }
        let counting = own.filter { $0.state == .serving || $0.state == .finished }
        moved = counting.count
        backbones = counting.count { $0.isBackbone }
        planned = own.count { $0.state == .planned }
        rate = ExchangeRates.check("交流教师占\(rules.basis.label.zh)", moved, base?.count(rules.basis), rules.rate)
        backbone = ExchangeRates.check("骨干教师占交流教师", backbones, moved > 0 ? moved : nil, rules.backboneShare)
    }

    private static func check(_ label: String, _ part: Int, _ whole: Int?, _ required: Share) -> Check {
        guard let whole, whole > 0 else { return Check(label: label, part: part, whole: nil, required: required, verdict: .insufficient) }
        return Check(
            label: label, part: part, whole: whole, required: required, verdict: required.isReached(by: part, of: whole) ? .met : .notMet)
    }
}
