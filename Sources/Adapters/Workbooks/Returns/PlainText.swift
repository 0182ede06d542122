/// Texts as people type them, brought to one spelling.
enum PlainText {
    /// Full-width letters, digits and signs to their plain forms; surrounding and doubled spaces away.
    static func normal(_ text: String) -> String {
        if isNormal(text) { return text }
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

    /// True where nothing can be to do: no blank, and no byte that begins one of the characters brought to another form.
    private static func isNormal(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            bytes.allSatisfy { $0 > 0x20 && $0 != 0xC2 && $0 != 0xE2 && $0 != 0xE3 && $0 != 0xEF }
        }
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

    /// The number a text writes, with thousands separators and the column's own unit allowed behind it.
    /// A text that could mean two numbers means none: `1,2`, `12 34`, or a unit that is not the column's.
    static func number(_ text: String, unit: String = "") -> Double? {
        if let plain = CellNumber.plain(text) { return plain }
        var bare = normal(text)
        if !unit.isEmpty, bare.hasSuffix(unit) {
            bare.removeLast(unit.count)
        } else if let last = bare.last, "人个间所册台".contains(last) {
            bare.removeLast()
        }
        while bare.last == " " { bare.removeLast() }
        let bytes = Array(bare.utf8)
        guard let plain = withoutSeparators(bytes) else { return nil }
        return CellNumber.read(plain)
    }

    /// The bytes without thousands separators; nil where these do not part groups of three.
    private static func withoutSeparators(_ bytes: [UInt8]) -> [UInt8]? {
        guard let sign = bytes.first(where: { $0 == 0x2C || $0 == 0x20 }) else { return bytes }
        let whole = bytes.prefix { $0 != 0x2E }
        let groups = whole.split(separator: sign, omittingEmptySubsequences: false)
        guard let first = groups.first, groups.dropFirst().allSatisfy({ $0.count == 3 && $0.allSatisfy(isDigit) }),
            (1...3).contains(first.drop { $0 == 0x2D || $0 == 0x2B }.count)
        else { return nil }
        let decimals = bytes.dropFirst(whole.count)
        return decimals.contains(sign) ? nil : Array(groups.joined()) + decimals
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
