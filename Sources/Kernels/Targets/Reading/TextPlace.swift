/// A stretch of a text: where a reader finds it, and which characters it is.
public struct TextPlace: Hashable, Sendable, CustomStringConvertible {
    /// Paragraphs that are not blank, and sentences in the paragraph, count from 1.
    public var paragraph: Int
    public var sentence: Int
    /// Characters of the text as it was handed in, counted from 0; the end is not part of it.
    public var start: Int
    public var end: Int

    public init(paragraph: Int, sentence: Int, start: Int, end: Int) {
        self.paragraph = paragraph
        self.sentence = sentence
        self.start = start
        self.end = end
    }

    public var description: String { "第\(paragraph)段第\(sentence)句（\(start)–\(end)字）" }

    /// The stretch itself; nil where the text is shorter.
    public func text(in whole: String) -> String? {
        guard start >= 0, start <= end,
            let from = whole.index(whole.startIndex, offsetBy: start, limitedBy: whole.endIndex),
            let to = whole.index(from, offsetBy: end - start, limitedBy: whole.endIndex)
        else { return nil }
        return String(whole[from..<to])
    }
}
