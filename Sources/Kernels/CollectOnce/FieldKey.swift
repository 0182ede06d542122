internal import Vocabulary

/// A question brought down to what it asks for, so that equal questions are equal keys.
struct FieldKey: Hashable {
    var core: String
    /// Asks how many: 教师数 does, 教师 may mean the people.
    var isCount = false
    var stages: Set<Stage>
    /// Group of its unit; empty where it names none.
    var unit: String

    /// Whether the units allow both to be the same number.
    func agrees(with other: FieldKey) -> Bool { unit.isEmpty || other.unit.isEmpty || unit == other.unit }
}

extension FieldWords {
    /// The group of units in which things are counted.
    static let counting = "count"

    /// A question without its way of being written.
    func key(_ text: String, unit: String = "") -> FieldKey {
        let (bare, bracketed) = split(PlainField.text(text))
        let segments = bare.split(separator: "/").map(String.init).filter { !totals.contains($0) && !$0.hasPrefix("#") }
        let group = bracketed ?? group(ofUnit: unit) ?? ""
        return key(letters: Array(segments.isEmpty ? bare : segments.joined()), group)
    }

    /// Every way to read a question that stands under other headings: whole, from the bottom up, and its last words alone.
    func keys(_ text: String, unit: String) -> (strong: [FieldKey], weak: [FieldKey]) {
        let (bare, bracketed) = split(PlainField.text(text))
        let group = bracketed ?? group(ofUnit: unit) ?? ""
        let segments = bare.split(separator: "/").map(String.init).filter { !totals.contains($0) && !$0.hasPrefix("#") }
        guard segments.count > 1 else { return ([key(letters: Array(segments.first ?? bare), group)], []) }
        var strong = [segments.joined(), segments.reversed().joined()]
        for start in segments.indices.dropFirst().dropLast() { strong.append(segments[start...].joined()) }
        return (strong.map { key(letters: Array($0), group) }, [key(letters: Array(segments[segments.count - 1]), group)])
    }

    private func key(letters: [Character], _ group: String) -> FieldKey {
        var (core, stages, place) = ("", Set<Stage>(), 0)
        while place < letters.count {
            guard let (length, meaning) = word(at: place, of: letters) else {
                core.append(letters[place])
                place += 1
                continue
            }
            switch meaning {
            case .same(let word): core += word
            case .nothing: break
            case .stage(let stage): stages.insert(stage)
            }
            place += length
        }
        if core.isEmpty { return FieldKey(core: String(letters), stages: [], unit: group) }
        let isCount = core.count > 1 && core.hasSuffix("数")
        if isCount { core.removeLast() }
        return FieldKey(core: core, isCount: isCount || group == FieldWords.counting, stages: stages, unit: group)
    }

    /// Brackets with a unit are taken out; what other brackets hold belongs to the question.
    private func split(_ text: String) -> (bare: String, group: String?) {
        guard text.contains("(") else { return (text, nil) }
        var (bare, group, inside): (String, String?, String?) = ("", nil, nil)
        for letter in text {
            switch (letter, inside) {
            case ("(", nil): inside = ""
            case (")", let words?):
                if let found = self.group(ofUnit: words) { group = found } else { bare += words.filter { $0 != "/" && $0 != "," } }
                inside = nil
            case (_, let words?): inside = words + String(letter)
            case (_, nil): bare.append(letter)
            }
        }
        return (bare + (inside ?? ""), group)
    }
}

/// Questions as people write them, in one spelling.
enum PlainField {
    /// Full width to half, letters small; without blanks, required marks, colons and numbering in front.
    static func text(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: plain.unicodeScalars.append(UnicodeScalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x3000, 0xA0, 0x09...0x0D, 0x20, 0x200B...0x200F, 0x202A...0x202E, 0xFEFF: break
            case 0x3010, 0x3014, 0x5B, 0x7B: plain.append("(")
            case 0x3011, 0x3015, 0x5D, 0x7D: plain.append(")")
            case 0x33A1: plain.append("平方米")
            case 0x3001, 0xFF0C: plain.append(",")
            case 0xFF0F, 0x3E, 0x2192: plain.append("/")
            default: plain.unicodeScalars.append(scalar)
            }
        }
        plain = plain.replacing("m²", with: "平方米").replacing(">", with: "/")
        plain = String(plain.lowercased().filter { !"*:;?!\"'“”‘’。★☆●■※_".contains($0) })
        return withoutYear(withoutNumber(plain))
    }

    /// `3.`, `(二)`, `①`, `1.2、` in front.
    private static func withoutNumber(_ text: String) -> String {
        let digits: Set<Character> = Set("0123456789一二三四五六七八九十")
        var rest = Substring(text)
        while let first = rest.first {
            if "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳".contains(first) {
                rest = rest.dropFirst()
                continue
            }
            let opened = first == "(" ? rest.dropFirst() : rest
            let number = opened.prefix { digits.contains($0) }
            let after = opened.dropFirst(number.count)
            guard !number.isEmpty, number.count <= 3, let sign = after.first, first == "(" ? sign == ")" : ".,)".contains(sign) else {
                break
            }
            rest = after.dropFirst()
        }
        return rest.isEmpty ? text : String(rest)
    }

    /// `2025年`, `2025-2026学年`, `2025学年` anywhere: a question is the same every year.
    private static func withoutYear(_ text: String) -> String {
        guard text.contains("年") else { return text }
        let bare = text.replacing(/(19|20)\d\d([-—~至](19|20)?\d\d)?(学年度|学年|年度|年)(秋季学期|春季学期)?/, with: "")
        return bare.isEmpty ? text : bare
    }
}
