/// A school year, named by the calendar year it begins in: 2025 is 2025—2026学年.
public struct SchoolYear: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    public let start: Int

    public init(_ start: Int) { self.start = start }

    /// Accepts `2025`, `2025-2026`, `2025—2026学年`; nil for anything else.
    public init?(text: String) {
        let digits = text.split { !$0.isASCII || !$0.isNumber }
        guard let first = digits.first, first.count == 4, let year = Int(first), (1949...2200).contains(year) else { return nil }
        if digits.count > 1 {
            guard digits.count == 2, Int(digits[1]) == year + 1 else { return nil }
        }
        self.start = year
    }

    public var description: String { "\(start)—\(start + 1)" }
    public var label: LocalizedText { LocalizedText(zh: "\(start)—\(start + 1)学年", en: "School year \(start)–\(start + 1)") }
    /// The day on which the yearly statistics count: 1 September.
    public var countDay: Day { Day(year: start, month: 9, day: 1) }
    public var previous: SchoolYear { SchoolYear(start - 1) }

    public static func < (left: SchoolYear, right: SchoolYear) -> Bool { left.start < right.start }

    public init(from decoder: any Decoder) throws { start = try decoder.singleValueContainer().decode(Int.self) }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(start)
    }
}
