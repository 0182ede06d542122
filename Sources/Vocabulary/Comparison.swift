/// How a value is held against a bound. Equality passes 以上 and 以下, which include the bound, but not 低于.
public enum Comparison: String, Hashable, Sendable, Codable, CaseIterable {
    case atLeast
    case atMost
    /// 低于: the bound itself fails.
    case below

    /// Unrounded numbers are compared. The slack of 1e-12 only undoes binary fractions: 0.85 × 4.2 is
    /// 3.57 on paper and a hair off in a `Double`, while no school differs from a bound by that little.
    public func holds(_ value: Double, _ bound: Double) -> Bool {
        let slack = Swift.max(abs(bound), 1) * 1e-12
        return switch self {
        case .atLeast: value >= bound - slack
        case .atMost: value <= bound + slack
        case .below: value < bound - slack
        }
    }

    public var sign: String {
        switch self {
        case .atLeast: "≥"
        case .atMost: "≤"
        case .below: "＜"
        }
    }
}
