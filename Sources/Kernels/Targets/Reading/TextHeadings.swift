/// The headings of a text: numbered ones, lists announced by a line such as 十大行动：, and the lines of such a list.
struct TextHeadings {
    struct Heading {
        var style: HeadingMark.Style
        var mark: String
        var label: String
        /// Of the whole sentence it stands in, from the mark on.
        var range: Range<Int>
        var paragraph: Int
        var sentence: Int
    }

    let list: [Heading]
    private static let counted: Set<Character> = ["大", "件", "项", "个", "条"]

    init(_ text: ReadableText, _ sentences: TextSentences) {
        var list: [Heading] = []
        var isInList = false
        for (place, sentence) in sentences.list.enumerated() {
            let isAlone = !sentences.list.indices.contains(place + 1) || sentences.list[place + 1].paragraph != sentence.paragraph
            if let numbered = TextHeadings.numbered(text, sentence) {
                if numbered.style < .list { isInList = false }
                list.append(numbered)
            } else if sentence.isFirst, isAlone, let announced = TextHeadings.announced(text, sentence) {
                isInList = true
                list.append(announced)
            } else if isInList, sentence.isFirst, let entry = TextHeadings.entry(text, sentence) {
                list.append(entry)
            }
        }
        self.list = list
    }

    /// A mark at the start of a sentence, behind an outline's title, or behind the colon that announces a count.
    private static func numbered(_ text: ReadableText, _ sentence: TextSentences.Sentence) -> Heading? {
        let end = sentence.range.upperBound
        var starts = [sentence.range.lowerBound]
        let words = text.characters[sentence.range]
        if words.first == "【", let close = words.firstIndex(of: "】") { starts.append(close + 1) }
        if let colon = words.lastIndex(where: { $0 == ":" || $0 == "：" }) { starts.append(colon + 1) }
        for start in starts {
            guard let mark = HeadingMark.at(start, text.characters, until: end) else { continue }
            // Behind a colon only points count: 提出四点要求：一是….
            if start != sentence.range.lowerBound, text.characters[start - 1] != "】", mark.style != .point { continue }
            let label = TextHeadings.label(text, mark.words..<end)
            guard !label.isEmpty else { continue }
            return Heading(
                style: mark.style, mark: text.string(mark.range), label: label, range: start..<end, paragraph: sentence.paragraph,
                sentence: sentence.number)
        }
        return nil
    }

    /// `某市教育十大行动：` alone on its line.
    private static func announced(_ text: ReadableText, _ sentence: TextSentences.Sentence) -> Heading? {
        let words = Array(text.characters[sentence.range])
        guard words.count <= 30, let last = words.last, last == ":" || last == "：" else { return nil }
        let isCounted = words.indices.dropLast().contains { place in
            WrittenNumber.isHanziDigit(words[place]) && counted.contains(words[place + 1])
        }
        guard isCounted else { return nil }
        return Heading(
            style: .list, mark: "", label: label(text, sentence.range), range: sentence.range, paragraph: sentence.paragraph,
            sentence: sentence.number)
    }

    /// `实施教育质量提升行动，…`: a line of an announced list without a number.
    private static func entry(_ text: ReadableText, _ sentence: TextSentences.Sentence) -> Heading? {
        let words = text.characters[sentence.range]
        guard words.starts(with: "实施") || words.starts(with: "开展") || words.starts(with: "推进") else { return nil }
        let first = words.prefix { $0 != "," && $0 != "，" && $0 != "。" }
        guard first.count <= 30, first.count > 4,
            [Character]("行动").elementsEqual(first.suffix(2)) || [Character]("工程").elementsEqual(first.suffix(2))
        else { return nil }
        return Heading(
            style: .entry, mark: "", label: String(first.dropFirst(2)), range: sentence.range, paragraph: sentence.paragraph,
            sentence: sentence.number)
    }

    /// Words of a heading without its ending, at most sixty characters.
    static func label(_ text: ReadableText, _ range: Range<Int>) -> String {
        let ends: Set<Character> = ["。", "！", "？", "!", "?", "；", ";", ":", "："]
        var words = Array(text.characters[range])
        while let last = words.last, ends.contains(last) || last.isWhitespace { words.removeLast() }
        // Offices in brackets are read by themselves.
        let written = String(words).replacing(/[(（][^()（）]*(单位|科室|部门)[:：][^()（）]*[)）]/, with: "")
        let trimmed = Array(written).drop { $0.isWhitespace }
        return trimmed.count > 60 ? String(trimmed.prefix(59)) + "…" : String(trimmed)
    }
}
