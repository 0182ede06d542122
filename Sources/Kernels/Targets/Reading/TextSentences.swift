/// Where sentences and paragraphs lie in a readable text. A sentence ends at 。！？； or with its paragraph; closing quotes and
/// brackets belong to it.
struct TextSentences {
    struct Sentence {
        var range: Range<Int>
        var paragraph: Int
        var number: Int
        /// Begins its paragraph.
        var isFirst: Bool { number == 1 }
    }

    private static let ends: Set<Character> = ["。", "！", "？", "!", "?", "；", ";"]
    private static let closers: Set<Character> = ["”", "’", "\"", "）", ")"]

    let list: [Sentence]

    init(_ text: ReadableText) {
        var list: [Sentence] = []
        var paragraph = 0
        var place = 0
        while place < text.characters.count {
            let end = text.characters[place...].firstIndex { $0.isNewline } ?? text.characters.count
            if text.characters[place..<end].contains(where: { !$0.isWhitespace }) {
                paragraph += 1
                list += TextSentences.sentences(text.characters, place..<end, paragraph)
            }
            place = end + 1
        }
        self.list = list
    }

    private static func sentences(_ text: [Character], _ range: Range<Int>, _ paragraph: Int) -> [Sentence] {
        var list: [Sentence] = []
        var start = range.lowerBound
        var place = start
        // Inside brackets a semicolon divides what stands there: （牵头单位：甲；配合单位：乙）.
        var depth = 0
        func add(_ end: Int) {
            var trimmed = start..<end
            while let first = trimmed.first, text[first].isWhitespace { trimmed = (first + 1)..<end }
            guard !trimmed.isEmpty else { return }
            list.append(Sentence(range: trimmed, paragraph: paragraph, number: list.count + 1))
        }
        while place < range.upperBound {
            if "(（".contains(text[place]) { depth += 1 }
            if ")）".contains(text[place]) { depth = max(0, depth - 1) }
            let isEnd = ends.contains(text[place]) && !(depth > 0 && ";；".contains(text[place]))
            place += 1
            guard isEnd else { continue }
            // `？！` and `。”` are one ending.
            while place < range.upperBound, closers.contains(text[place]) { place += 1 }
            add(place)
            start = place
            depth = 0
        }
        add(range.upperBound)
        return list
    }
}
