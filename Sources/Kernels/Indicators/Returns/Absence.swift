/// Why a number is not there. Missing is never zero.
public enum Absence: String, Hashable, Sendable, Codable, CaseIterable {
    /// The cell was left empty.
    case blank
    /// The cell holds something that is not a usable number.
    case unreadable
    /// The return has no such column.
    case noColumn
    /// A quotient whose denominator is zero.
    case zeroDenominator
    /// The school has no such stage, or the rule does not concern it.
    case notApplicable

    public var zh: String {
        switch self {
        case .blank: "未填"
        case .unreadable: "填写内容不是可用的数"
        case .noColumn: "表中没有这一列"
        case .zeroDenominator: "分母为零"
        case .notApplicable: "不适用"
        }
    }
}
