internal import Foundation
public import Vocabulary

/// Numbers as pages show them.
public enum Figure {
    public static func fixed(_ value: Double?, _ decimals: Int) -> String { value.map { String(format: "%.\(decimals)f", $0) } ?? "—" }

    /// As many decimals as the size of the number asks for.
    public static func short(_ value: Double?) -> String {
        guard let value else { return "—" }
        return abs(value) >= 1_000 ? grouped(value) : abs(value) >= 100 ? fixed(value, 1) : fixed(value, 2)
    }

    public static func grouped(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "—" }
        let digits = String(Int(abs(value).rounded()))
        var result = ""
        for (place, digit) in digits.reversed().enumerated() {
            if place > 0, place % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return (value <= -0.5 ? "-" : "") + String(result.reversed())
    }

    /// A number with its thousands grouped and this many decimals.
    public static func grouped(_ value: Double?, _ decimals: Int) -> String {
        guard let value else { return "—" }
        guard decimals > 0 else { return grouped(value) }
        let text = fixed(abs(value), decimals)
        let parts = text.split(separator: ".")
        return (value < 0 && text.contains { $0.isNumber && $0 != "0" } ? "-" : "") + grouped(Double(parts[0]) ?? 0) + "." + parts[1]
    }

    /// A number as it is, at most six decimals, without trailing zeros.
    public static func plain(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        var text = fixed(value, 6)
        while text.hasSuffix("0") { text.removeLast() }
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// A bound as it is written in a standard, with its thousands grouped.
    public static func bound(_ value: Double?) -> String {
        value.map { $0 >= 1_000 && $0 == $0.rounded() ? grouped($0) : plain($0) } ?? "—"
    }

    /// An amount to be added, with its unit: whole things without decimals.
    public static func amount(_ shortfall: Double?, _ unit: String) -> String {
        guard let shortfall else { return "—" }
        return "\(grouped(shortfall, shortfall == shortfall.rounded() ? 0 : 1)) \(unit)"
    }

    /// With a sign, as changes are written.
    public static func change(_ value: Double?, _ decimals: Int) -> String {
        value.map { ($0 > 0 ? "+" : "") + grouped($0, decimals) } ?? "—"
    }

    public static func style(_ verdict: Verdict) -> String { verdict == .met ? "met" : verdict == .notMet ? "notmet" : "insufficient" }
}
