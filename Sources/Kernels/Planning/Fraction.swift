/// An exact quotient of two whole numbers.
///
/// Sums over a common denominator are not reduced: a county has some hundred schools, which keeps the numbers to a few thousand bits.
public struct Fraction: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let numerator: LargeInteger
    /// Greater than zero.
    public let denominator: LargeInteger

    public static let zero = Fraction(0)
    public static let one = Fraction(1)

    /// `denominator` must not be zero.
    public init(_ numerator: LargeInteger, over denominator: LargeInteger) {
        self.numerator = denominator.sign < 0 ? -numerator : numerator
        self.denominator = denominator.sign < 0 ? -denominator : denominator
    }

    public init(_ whole: Int, over denominator: Int = 1) {
        var (a, b) = (whole.magnitude, denominator.magnitude)
        while b > 0 { (a, b) = (b, a % b) }
        let divisor = a == 0 ? 1 : Int(a)
        self.init(LargeInteger(whole / divisor), over: LargeInteger(denominator / divisor))
    }

    /// What a person wrote as a decimal, to the millionth: 0.85 is 17/20, not its neighbour among binary numbers.
    /// Nil for what is no finite number or too large to be one of a school's.
    public init?(decimal value: Double) {
        guard value.isFinite, abs(value) < 4e12 else { return nil }
        self.init(Int((value * 1_000_000).rounded()), over: 1_000_000)
    }

    /// Exactly the binary number, as solvers hand it out. Nil where it is not finite.
    public init?(binary value: Double) {
        guard value.isFinite else { return nil }
        guard value != 0 else {
            self = .zero
            return
        }
        // 2⁵² × significand is a whole number.
        let whole = LargeInteger(Int((value.significand * 4_503_599_627_370_496).rounded())) * LargeInteger(value < 0 ? -1 : 1)
        let shift = Int(value.exponent) - 52
        let power = LargeInteger.powerOfTwo(abs(shift))
        self.init(shift >= 0 ? whole * power : whole, over: shift >= 0 ? LargeInteger(1) : power)
    }

    public var approximate: Double {
        let (a, b) = (numerator.scaled, denominator.scaled)
        var value = a.mantissa / b.mantissa
        var shift = a.exponent - b.exponent
        while shift > 0, value.isFinite, value != 0 { (value, shift) = (value * 4_294_967_296, shift - 32) }
        while shift < 0, value != 0 { (value, shift) = (value / 4_294_967_296, shift + 32) }
        return value
    }

    public var description: String { "\(approximate)" }
    public var isZero: Bool { numerator.isZero }

    public static prefix func - (value: Fraction) -> Fraction { Fraction(-value.numerator, over: value.denominator) }

    public static func + (left: Fraction, right: Fraction) -> Fraction {
        if left.denominator == right.denominator { return Fraction(left.numerator + right.numerator, over: left.denominator) }
        return Fraction(
            left.numerator * right.denominator + right.numerator * left.denominator, over: left.denominator * right.denominator)
    }

    public static func - (left: Fraction, right: Fraction) -> Fraction { left + (-right) }

    public static func * (left: Fraction, right: Fraction) -> Fraction {
        Fraction(left.numerator * right.numerator, over: left.denominator * right.denominator)
    }

    /// `right` must not be zero.
    public static func / (left: Fraction, right: Fraction) -> Fraction {
        Fraction(left.numerator * right.denominator, over: left.denominator * right.numerator)
    }

    public static func += (left: inout Fraction, right: Fraction) { left = left + right }

    public static func < (left: Fraction, right: Fraction) -> Bool {
        left.numerator * right.denominator < right.numerator * left.denominator
    }

    public static func == (left: Fraction, right: Fraction) -> Bool {
        left.numerator * right.denominator == right.numerator * left.denominator
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(approximate) }
}
