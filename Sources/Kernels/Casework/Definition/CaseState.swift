public import Vocabulary

/// Where a case can stand.
public struct CaseState: Hashable, Sendable {
    public var id: String
    public var label: LocalizedText
    /// The work is over here.
    public var isEnd: Bool
    /// It is over without having been done: withdrawn, not founded.
    public var isAbandoned: Bool
    public var deadline: Deadline?
    /// Told when the deadline has passed, in the order of their days.
    public var escalations: [Escalation]

    public init(
        id: String, label: LocalizedText, isEnd: Bool = false, isAbandoned: Bool = false, deadline: Deadline? = nil,
        escalations: [Escalation] = []
    ) {
        self.id = id
        self.label = label
        self.isEnd = isEnd
        self.isAbandoned = isAbandoned
        self.deadline = deadline
        self.escalations = escalations
    }

    /// By when the state is to be left.
    public struct Deadline: Hashable, Sendable {
        public enum Span: Hashable, Sendable {
            /// `within: { workingDays: 5 }`
            case workingDays(Int)
            /// `within: { days: 30 }`: calendar days.
            case days(Int)
            /// `until: form.promisedDate`
            case field(String)
        }

        public var span: Span
        /// What a case that is late is called.
        public var late: LocalizedText
        /// Working days before the last day from which the light is amber.
        public var warning: Int

        public init(span: Span, late: LocalizedText, warning: Int) {
            self.span = span
            self.late = late
            self.warning = warning
        }
    }

    /// Who hears of it, so many working days after the deadline.
    public struct Escalation: Hashable, Sendable {
        public var after: Int
        public var to: String
        public var label: LocalizedText

        public init(after: Int, to: String, label: LocalizedText) {
            self.after = after
            self.to = to
            self.label = label
        }
    }
}
