internal import Vocabulary

/// Turns a work plan as offices write it into a draft, by rules alone: the same text gives the same draft.
public enum PlanTextReader {
    /// Longer texts are refused by whoever calls: a hundred pages, more than anybody goes through line by line.
    public static let limit = 60_000

    public static func read(_ text: String, title: String) -> PlanDraft {
        let readable = ReadableText(text)
        let sentences = TextSentences(readable)
        let headings = TextHeadings(readable, sentences).list
        var builder = DraftBuilder(text: readable, headings: headings)
        for sentence in sentences.list { builder.take(sentence) }
        return PlanDraft(title: title, text: text, lines: builder.lines, quantities: builder.quantities)
    }
}

/// Puts headings, targets and tasks into their order.
private struct DraftBuilder {
    let text: ReadableText
    /// The outermost style, and whether its headings are goals over programmes of their own.
    private let outermost: HeadingMark.Style?
    private let hasGoals: Bool
    private let byPlace: [Place: TextHeadings.Heading]
    private(set) var lines: [DraftLine] = []
    private(set) var quantities: [TextQuantity] = []
    /// The open headings from the outermost on.
    private var open: [(style: HeadingMark.Style, line: Int)] = []

    private struct Place: Hashable {
        var paragraph: Int
        var sentence: Int
    }

    init(text: ReadableText, headings: [TextHeadings.Heading]) {
        self.text = text
        let outermost = headings.map(\.style).min()
        let outer = headings.filter { $0.style == outermost }
        let inner = headings.filter { $0.style != outermost }
        self.outermost = outermost
        hasGoals = outer.count { DraftBuilder.isProgramme($0) } * 2 < outer.count && inner.contains { DraftBuilder.isProgramme($0) }
        byPlace = Dictionary(headings.map { (Place(paragraph: $0.paragraph, sentence: $0.sentence), $0) }) { first, _ in first }
    }

    mutating func take(_ sentence: TextSentences.Sentence) {
        let heading = byPlace[Place(paragraph: sentence.paragraph, sentence: sentence.number)]
        let terms = SentenceTerms(text.string(sentence.range))
        if let heading { add(heading, terms) }
        let found = QuantityFinder(text: text, sentence: sentence).quantities()
        quantities += found
        let targets = found.filter { $0.role == .target }
        for quantity in targets { add(quantity, sentence, terms) }
        if heading == nil, targets.isEmpty, !open.isEmpty { add(sentence, terms) }
    }

    private mutating func add(_ heading: TextHeadings.Heading, _ terms: SentenceTerms) {
        open.removeAll { $0.style >= heading.style }
        let level = level(heading)
        let line = DraftLine(
            number: lines.count + 1, parent: open.last?.line, level: level, mark: heading.mark, label: heading.label,
            place: place(heading.range, heading.paragraph, heading.sentence), quantity: nil, start: terms.start, deadline: terms.deadline,
            owners: terms.owners, coOwners: terms.coOwners, isHeading: true)
        lines.append(line)
        // Below measures there are only lines to be done: what follows such a heading belongs to the measure.
        open.append((heading.style, level == .task ? open.last?.line ?? line.number : line.number))
    }

    private static func isProgramme(_ heading: TextHeadings.Heading) -> Bool {
        ["行动", "工程", "实事"].contains { heading.label.contains($0) }
    }

    /// 行动, 工程 and 实事 are programmes wherever they stand, and so are the lines of an announced list.
    private func level(_ heading: TextHeadings.Heading) -> PlanLevel {
        let isOuter = heading.style == outermost
        let wanted: PlanLevel
        if heading.style == .list || (isOuter && hasGoals) {
            wanted = .goal
        } else if isOuter || heading.style == .entry || open.last?.style == .list || DraftBuilder.isProgramme(heading) {
            wanted = .programme
        } else {
            wanted = .measure
        }
        guard let above = open.last.map({ lines[$0.line - 1].level }), wanted <= above else { return wanted }
        return above < .programme ? .programme : above < .measure ? .measure : .task
    }

    private mutating func add(_ quantity: TextQuantity, _ sentence: TextSentences.Sentence, _ terms: SentenceTerms) {
        let words = TextHeadings.label(text, sentence.range)
        let label = quantity.object.count >= 2 ? quantity.object : words
        lines.append(
            DraftLine(
                number: lines.count + 1, parent: open.last?.line, level: .target, mark: "", label: label, place: quantity.place,
                quantity: quantity, start: terms.start, deadline: terms.deadline, owners: terms.owners, coOwners: terms.coOwners,
                isHeading: false))
    }

    private mutating func add(_ sentence: TextSentences.Sentence, _ terms: SentenceTerms) {
        let label = TextHeadings.label(text, sentence.range)
        guard label.count >= 4 else { return }
        lines.append(
            DraftLine(
                number: lines.count + 1, parent: open.last?.line, level: .task, mark: "", label: label,
                place: place(sentence.range, sentence.paragraph, sentence.number), quantity: nil, start: terms.start,
                deadline: terms.deadline, owners: terms.owners, coOwners: terms.coOwners, isHeading: false))
    }

    private func place(_ range: Range<Int>, _ paragraph: Int, _ sentence: Int) -> TextPlace {
        TextPlace(
            paragraph: paragraph, sentence: sentence, start: text.origins[range.lowerBound], end: text.origins[range.upperBound - 1] + 1)
    }
}
