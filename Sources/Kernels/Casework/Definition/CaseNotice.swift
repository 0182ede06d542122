public import Vocabulary

/// A paper an action sends out, a 通知书: a text with the case's own words in it.
public struct CaseNotice: Hashable, Sendable {
    public var id: String
    public var title: LocalizedText
    /// Whom it is addressed to; the post's office at the case's place.
    public var to: String
    /// Paragraphs; `{title}`, `{place}`, `{number}`, `{due}`, `{form.field}` stand for the case's own words.
    public var paragraphs: [String]
    /// The post whose office signs.
    public var from: String

    public init(id: String, title: LocalizedText, to: String, paragraphs: [String], from: String) {
        self.id = id
        self.title = title
        self.to = to
        self.paragraphs = paragraphs
        self.from = from
    }
}

/// A notice filled in for one case, ready to be printed.
public struct NoticeText: Hashable, Sendable {
    public var title: String
    /// `示范市清河县小学` or an office; printed at the head.
    public var addressee: String
    public var paragraphs: [String]
    /// The office that signs, and the day.
    public var signature: String
    public var day: Day
    /// The case's number.
    public var number: String

    public init(title: String, addressee: String, paragraphs: [String], signature: String, day: Day, number: String) {
        self.title = title
        self.addressee = addressee
        self.paragraphs = paragraphs
        self.signature = signature
        self.day = day
        self.number = number
    }
}
