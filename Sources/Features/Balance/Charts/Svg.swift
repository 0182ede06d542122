internal import Foundation
internal import Vocabulary

/// Pieces of SVG. Charts are drawn on the server: they need no script, print, and are links throughout.
enum Svg {
    static func chart(_ width: Double, _ height: Double, _ label: String, _ shapes: String) -> String {
        "<svg class=\"chart\(width > 600 ? " wide" : "")\" viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\" aria-label=\"\(escaped(label))\">\(shapes)</svg>"
    }

    static func text(_ x: Double, _ y: Double, _ text: String, anchor: String = "start", style: String = "") -> String {
        "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor)\"\(style.isEmpty ? "" : " class=\"\(style)\"")>\(escaped(text))</text>"
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}

/// Numbers and lights as pages show them.
enum Figure {
    static func fixed(_ value: Double?, _ decimals: Int) -> String { value.map { String(format: "%.\(decimals)f", $0) } ?? "—" }

    /// As many decimals as the size of the number asks for.
    static func short(_ value: Double?) -> String {
        guard let value else { return "—" }
        return abs(value) >= 1_000 ? grouped(value) : abs(value) >= 100 ? fixed(value, 1) : fixed(value, 2)
    }

    static func grouped(_ value: Double) -> String {
        let digits = String(Int(abs(value).rounded()))
        var result = ""
        for (place, digit) in digits.reversed().enumerated() {
            if place > 0, place % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return (value < 0 ? "-" : "") + String(result.reversed())
    }

    /// An amount to be added: whole things without decimals.
    static func amount(_ shortfall: Double?, _ unit: String) -> String {
        guard let shortfall else { return "—" }
        return
            (shortfall == shortfall.rounded()
            ? grouped(shortfall) : grouped(shortfall.rounded(.down)) + fixed(shortfall - shortfall.rounded(.down), 1).dropFirst()) + " "
            + unit
    }

    static func style(_ verdict: Verdict) -> String { verdict == .met ? "met" : verdict == .notMet ? "notmet" : "insufficient" }
}
