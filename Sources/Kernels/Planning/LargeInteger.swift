/// A whole number of any size. Plans are checked with it, so that no rounding of a solver decides a verdict.
public struct LargeInteger: Sendable, Hashable, Comparable {
    /// Digits to base 2³², least first, without leading zeros; empty is zero.
    private var digits: [UInt32]
    private var isNegative: Bool

    public static let zero = LargeInteger(0)

    public init(_ value: Int) {
        isNegative = value < 0
        digits = []
        var rest = value.magnitude
        while rest > 0 {
            digits.append(UInt32(truncatingIfNeeded: rest))
            rest >>= 32
        }
    }

    private init(digits: [UInt32], isNegative: Bool) {
        self.digits = digits
        while self.digits.last == 0 { self.digits.removeLast() }
        self.isNegative = isNegative && !self.digits.isEmpty
    }

    public var isZero: Bool { digits.isEmpty }
    /// -1, 0 or 1.
    public var sign: Int { isZero ? 0 : isNegative ? -1 : 1 }

    /// 2 to a power of 0 or more.
    public static func powerOfTwo(_ exponent: Int) -> LargeInteger {
        var digits = [UInt32](repeating: 0, count: exponent / 32)
        digits.append(1 << UInt32(exponent % 32))
        return LargeInteger(digits: digits, isNegative: false)
    }

    /// Times 2 to a power of 0 or more.
    func shifted(by bits: Int) -> LargeInteger {
        guard bits > 0, !isZero else { return self }
        let (words, rest) = (bits / 32, UInt32(bits % 32))
        var result = [UInt32](repeating: 0, count: words)
        result.reserveCapacity(words + digits.count + 1)
        var carry: UInt32 = 0
        for digit in digits {
            result.append(digit << rest | carry)
            carry = rest == 0 ? 0 : digit >> (32 - rest)
        }
        if carry > 0 { result.append(carry) }
        return LargeInteger(digits: result, isNegative: isNegative)
    }

    /// The nearest number a `Double` holds, up to a last place; infinite when too large for one.
    public var approximate: Double {
        digits.reversed().reduce(0.0) { $0 * 4_294_967_296 + Double($1) } * (isNegative ? -1 : 1)
    }

    /// The leading bits as a fraction and the power of two they stand before, for quotients of numbers no `Double` holds.
    var scaled: (mantissa: Double, exponent: Int) {
        let kept = digits.suffix(4)
        let mantissa = kept.reversed().reduce(0.0) { $0 * 4_294_967_296 + Double($1) }
        return (isNegative ? -mantissa : mantissa, 32 * (digits.count - kept.count))
    }

    public static prefix func - (value: LargeInteger) -> LargeInteger {
        LargeInteger(digits: value.digits, isNegative: !value.isNegative)
    }

    public static func + (left: LargeInteger, right: LargeInteger) -> LargeInteger {
        if left.isNegative == right.isNegative {
            return LargeInteger(digits: sum(left.digits, right.digits), isNegative: left.isNegative)
        }
        if isLess(left.digits, right.digits) {
            return LargeInteger(digits: difference(right.digits, left.digits), isNegative: right.isNegative)
        }
        return LargeInteger(digits: difference(left.digits, right.digits), isNegative: left.isNegative)
    }

    public static func - (left: LargeInteger, right: LargeInteger) -> LargeInteger { left + (-right) }

    public static func * (left: LargeInteger, right: LargeInteger) -> LargeInteger {
        if left.isZero || right.isZero { return zero }
        var product = [UInt32](repeating: 0, count: left.digits.count + right.digits.count)
        for (i, a) in left.digits.enumerated() {
            var carry: UInt64 = 0
            for (j, b) in right.digits.enumerated() {
                let value = UInt64(a) * UInt64(b) + UInt64(product[i + j]) + carry
                product[i + j] = UInt32(truncatingIfNeeded: value)
                carry = value >> 32
            }
            product[i + right.digits.count] = UInt32(carry)
        }
        return LargeInteger(digits: product, isNegative: left.isNegative != right.isNegative)
    }

    public static func < (left: LargeInteger, right: LargeInteger) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? isLess(right.digits, left.digits) : isLess(left.digits, right.digits)
    }

    private static func isLess(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        if left.count != right.count { return left.count < right.count }
        for place in left.indices.reversed() where left[place] != right[place] { return left[place] < right[place] }
        return false
    }

    private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var result: [UInt32] = []
        var carry: UInt64 = 0
        for place in 0..<Swift.max(left.count, right.count) {
            let a = place < left.count ? UInt64(left[place]) : 0
            let b = place < right.count ? UInt64(right[place]) : 0
            let value = a + b + carry
            result.append(UInt32(truncatingIfNeeded: value))
            carry = value >> 32
        }
        if carry > 0 { result.append(UInt32(carry)) }
        return result
    }

    /// `left` is not less than `right`.
    private static func difference(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var result: [UInt32] = []
        var borrow: Int64 = 0
        for place in left.indices {
            var value = Int64(left[place]) - borrow - (place < right.count ? Int64(right[place]) : 0)
            borrow = value < 0 ? 1 : 0
            if value < 0 { value += 4_294_967_296 }
            result.append(UInt32(value))
        }
        return result
    }
}
