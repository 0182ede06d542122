internal import Foundation

/// An amount in whole fen. Amounts are never kept as binary fractions.
public struct Money: Hashable, Sendable, Comparable, AdditiveArithmetic {
    public enum Unit: String, Sendable, CaseIterable {
        case yuan = "元"
        case wan = "万元"

        /// Fen in one of the unit.
        var fen: Int { self == .yuan ? 100 : 1_000_000 }
    }

    public var fen: Int

    public init(fen: Int) { self.fen = fen }

    public static let zero = Money(fen: 0)
    /// More than any county spends: a larger number is a slip of the pen.
    static let most = Money(fen: 100_000_000_000_000)

    /// What somebody wrote, such as `1,250.5`. Nil for what is no number, for parts of a fen and for more than a trillion yuan.
    public init?(_ text: String, in unit: Unit) {
        let plain = text.filter { $0 != "," && $0 != "，" && !$0.isWhitespace }
        let digits = plain.hasPrefix("-") ? plain.dropFirst() : plain[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let number = Decimal(string: plain, locale: Locale(identifier: "en_US_POSIX"))
        else { return nil }
        var (exact, whole) = (number * Decimal(unit.fen), Decimal())
        NSDecimalRound(&whole, &exact, 0, .plain)
        // Workbooks hold binary fractions and write them out with a tail such as 0.30000000000000004.
        guard abs(exact - whole) < Decimal(string: "0.000001") ?? 0, abs(whole) <= Decimal(Money.most.fen) else { return nil }
        fen = NSDecimalNumber(decimal: whole).intValue
    }

    /// `1250.50`: yuan with both decimals.
    public var yuan: String {
        let size = fen.magnitude
        return "\(fen < 0 ? "-" : "")\(size / 100).\(size % 100 < 10 ? "0" : "")\(size % 100)"
    }

    /// `12.5`: ten thousands of yuan, exactly, without needless zeros.
    public var wan: String {
        let size = fen.magnitude
        let tail = String(1_000_000 + size % 1_000_000).dropFirst()
        let rest = String(tail.reversed().drop { $0 == "0" }.reversed())
        return "\(fen < 0 ? "-" : "")\(size / 1_000_000)" + (rest.isEmpty ? "" : ".\(rest)")
    }

    public static func + (left: Money, right: Money) -> Money { Money(fen: left.fen + right.fen) }
    public static func - (left: Money, right: Money) -> Money { Money(fen: left.fen - right.fen) }
    public static prefix func - (money: Money) -> Money { Money(fen: -money.fen) }
    public static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }
}
