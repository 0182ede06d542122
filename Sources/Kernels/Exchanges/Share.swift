/// A part of a whole in ten-thousandths, exact: 15 % is 1,500.
public struct Share: Sendable, Hashable, Comparable, CustomStringConvertible {
    public var basis: Int

    public init(basis: Int) { self.basis = basis }

    /// What a person wrote as a decimal; nil where it is no part between 0 and 1 or finer than a ten-thousandth.
    public init?(decimal: Double) {
        let basis = (decimal * 10_000).rounded()
        guard (0...1).contains(decimal), abs(decimal * 10_000 - basis) < 1e-6 else { return nil }
        self.basis = Int(basis)
    }

    /// The fewest whole ones that make up at least this part of `whole`.
    public func least(of whole: Int) -> Int { (whole * basis + 9_999) / 10_000 }

    /// Whether `part` is at least this part of `whole`.
    public func isReached(by part: Int, of whole: Int) -> Bool { part * 10_000 >= whole * basis }

    /// `15%`, `12.5%`.
    public var description: String {
        let (whole, rest) = (basis / 100, basis % 100)
        if rest == 0 { return "\(whole)%" }
        return rest % 10 == 0 ? "\(whole).\(rest / 10)%" : "\(whole).\(rest < 10 ? "0" : "")\(rest)%"
    }

    public static func < (left: Share, right: Share) -> Bool { left.basis < right.basis }
}
