/// The sign a heading begins with: 第一，、一、、（一）、1.、（1）、一是.
struct HeadingMark {
    /// From the outermost to the innermost.
    enum Style: Int, Comparable, CaseIterable {
        case ordinal, chapter, list, section, entry, item, subitem, point

        static func < (left: Style, right: Style) -> Bool { left.rawValue < right.rawValue }
    }

    var style: Style
    /// The mark as it stands, without the text.
    var range: Range<Int>
    /// Where the heading's words begin.
    var words: Int

    private static let commas: Set<Character> = [",", "，", "、"]
    private static let numerals = Set("一二三四五六七八九十")

    /// The mark that begins at a place; nil where none does.
    static func at(_ place: Int, _ text: [Character], until end: Int) -> HeadingMark? {
        guard place < end else { return nil }
        if let mark = bracketed(place, text, end) ?? hanzi(place, text, end) ?? arabic(place, text, end) { return mark }
        return nil
    }

    private static func hanzi(_ place: Int, _ text: [Character], _ end: Int) -> HeadingMark? {
        var next = place
        let isOrdinal = text[place] == "第"
        if isOrdinal { next += 1 }
        let digits = text[next..<end].prefix { numerals.contains($0) }.count
        guard (1...3).contains(digits), next + digits < end else { return nil }
        let after = next + digits
        if isOrdinal {
            return commas.contains(text[after]) ? HeadingMark(style: .ordinal, range: place..<after, words: after + 1) : nil
        }
        if text[after] == "、" { return HeadingMark(style: .chapter, range: place..<after, words: after + 1) }
        guard text[after] == "是" || text[after] == "要" else { return nil }
        return HeadingMark(style: .point, range: place..<(after + 1), words: after + 1)
    }

    private static func bracketed(_ place: Int, _ text: [Character], _ end: Int) -> HeadingMark? {
        guard text[place] == "(" || text[place] == "（" else { return nil }
        let hanzi = text[(place + 1)..<end].prefix { numerals.contains($0) }.count
        let digits = text[(place + 1)..<end].prefix { $0.isASCII && $0.isNumber }.count
        let count = max(hanzi, digits)
        let close = place + 1 + count
        guard (1...3).contains(count), close < end, text[close] == ")" || text[close] == "）" else { return nil }
        return HeadingMark(style: hanzi > 0 ? .section : .subitem, range: place..<(close + 1), words: close + 1)
    }

    private static func arabic(_ place: Int, _ text: [Character], _ end: Int) -> HeadingMark? {
        let digits = text[place..<end].prefix { $0.isASCII && $0.isNumber }.count
        guard (1...2).contains(digits), place + digits + 1 < end else { return nil }
        let dot = place + digits
        guard text[dot] == "." || text[dot] == "、" else { return nil }
        // 2.2026年底前…: a heading that begins with a year, not the number 2.2026.
        guard !isDigit(text[dot + 1]) || isYear(dot + 1, text, end) else { return nil }
        return HeadingMark(style: .item, range: place..<dot, words: dot + 1)
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

    private static func isYear(_ place: Int, _ text: [Character], _ end: Int) -> Bool {
        place + 4 < end && text[place..<(place + 4)].allSatisfy(isDigit) && text[place] == "2" && text[place + 4] == "年"
    }
}
