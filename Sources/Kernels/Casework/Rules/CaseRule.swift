public import Vocabulary

/// Something known about the world outside the case, fetched before a command is decided.
public enum CaseFact: Hashable, Sendable {
    case text(String)
    case number(Double)
    case position(CasePosition)
    /// How many, by name.
    case counts([String: Int])
    /// A judgement with its number and a sentence that says it.
    case verdict(Verdict, value: Double?, sentence: String)
    /// Could not be had, and why.
    case missing(String)
}

/// The facts asked for, by name.
public struct CaseFacts: Hashable, Sendable {
    public static let schoolPosition = "school.position"
    /// How often a case's schools, or all together, were published this year, by name.
    public static let publishedCounts = "published.counts"

    public var values: [String: CaseFact]

    public init(_ values: [String: CaseFact] = [:]) { self.values = values }

    public subscript(name: String) -> CaseFact { values[name] ?? .missing("没有查到“\(name)”") }
}

/// What a rule or check has to say.
public struct Finding: Hashable, Sendable, Codable {
    /// Stable, such as `evidence.time`.
    public var code: String
    /// In the user's words.
    public var message: String
    /// The action is refused; otherwise it is noted beside the event.
    public var refuses: Bool

    public init(_ code: String, _ message: String, refuses: Bool) {
        self.code = code
        self.message = message
        self.refuses = refuses
    }
}

/// A rule a definition calls by name: a pure function over the case as it is, the command and the facts it asks for.
public struct CaseRule: Sendable {
    public var name: String
    public var label: LocalizedText
    /// Facts it needs; a definition that calls it must ask for them.
    public var asks: Set<String>
    public var check: @Sendable (Case, CaseCommand, CaseFacts) -> Finding?

    public init(
        name: String, label: LocalizedText, asks: Set<String>, check: @escaping @Sendable (Case, CaseCommand, CaseFacts) -> Finding?
    ) {
        self.name = name
        self.label = label
        self.asks = asks
        self.check = check
    }
}
