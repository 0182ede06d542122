/// Texts as people type them, brought to one spelling.
enum PlainText {
    /// Full-width letters, digits and signs to their plain forms; surrounding and doubled spaces away.
    static func normal(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: result.unicodeScalars.append(UnicodeScalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x3000, 0xA0, 0x09, 0x0A, 0x0D: result.append(" ")
            case 0x200B...0x200F, 0xFEFF: break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result.split(separator: " ").joined(separator: " ")
    }

    /// A header without spaces, required marks and enumeration, so that equal headers are equal texts.
    static func header(_ text: String) -> String {
        var bare = normal(text).filter { $0 != " " && $0 != "*" && $0 != "：" && $0 != ":" }
        bare = bare.replacing("、", with: ",").replacing("，", with: ",").replacing("㎡", with: "平方米")
        return bare.replacing("[", with: "(").replacing("]", with: ")").replacing("【", with: "(").replacing("】", with: ")")
    }

    /// The header without a unit in brackets at its end, and that unit.
    static func splitUnit(_ header: String) -> (bare: String, unit: String) {
        guard header.hasSuffix(")"), let start = header.lastIndex(of: "(") else { return (header, "") }
        return (String(header[..<start]), String(header[header.index(after: start)...].dropLast()))
    }

    /// The number a text writes, with thousands separators and a unit sign allowed behind it.
    static func number(_ text: String) -> Double? {
        var bare = normal(text).filter { $0 != "," && $0 != " " && $0 != "，" }
        if let last = bare.last, "人个间所元㎡册台".contains(last) { bare.removeLast() }
        guard let first = bare.first, first.isASCII, bare.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }) else {
            return nil
        }
        return Double(bare).flatMap { $0.isFinite ? $0 : nil }
    }
}
