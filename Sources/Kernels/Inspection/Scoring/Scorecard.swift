public import Vocabulary

/// What a part of a scorecard is counted of.
public enum ScoreMeasure: String, Sendable, Hashable, CaseIterable {
    /// Of the items a standard judges, those met.
    case indicators
    /// What visits gave on the average.
    case visits
    /// Of the findings, those put right in time.
    case findings
    /// Of the schools, those an inspector answers for.
    case coverage
    /// Of the schools, those not visited more often than planned.
    case budget

    /// Whether it can be said of one school.
    var isOfSchools: Bool { self == .indicators || self == .visits || self == .findings }
}

/// How a county or a school is scored: parts with weights. `scorecard: …` of a catalogue.
public struct Scorecard: Sendable, Hashable, Identifiable {
    /// First key of its documents.
    public static let documentKind = "scorecard"

    public enum Subject: String, Sendable, Hashable, CaseIterable { case county, school }

    public struct Part: Sendable, Hashable, Identifiable {
        public var id: String
        public var label: String
        public var measure: ScoreMeasure
        /// For `indicators`: of which standard.
        public var standard: String
        public var weight: Int
        public var basis: String
        public var note: String

        public init(
            id: String, label: String, measure: ScoreMeasure, standard: String = "", weight: Int, basis: String, note: String = ""
        ) {
            self.id = id
            self.label = label
            self.measure = measure
            self.standard = standard
            self.weight = weight
            self.basis = basis
            self.note = note
        }
    }

    public var id: String
    public var label: LocalizedText
    public var subject: Subject
    public var document: String
    public var note: String
    public var full: Int
    public var parts: [Part]

    public init(
        id: String, label: LocalizedText, subject: Subject, document: String, note: String = "", full: Int, parts: [Part]
    ) {
        self.id = id
        self.label = label
        self.subject = subject
        self.document = document
        self.note = note
        self.full = full
        self.parts = parts
    }

    /// The parts with what is known of them; a part nobody knows anything of is missing, never zero.
    public func judge(_ inputs: [String: ScoreInput]) -> ScoreSheet {
        ScoreSheet(
            scorecard: self,
            parts: parts.map { part in
                ScoreSheet.Part(part: part, input: inputs[part.id] ?? .missing("没有数据"))
            })
    }
}

/// What is known of one part.
public enum ScoreInput: Sendable, Hashable {
    /// Between 0 and 1, with how it came about.
    case known(Double, String)
    case missing(String)

    /// A part of a whole; an empty whole says nothing.
    public static func share(_ part: Int, of whole: Int, _ words: String, whenEmpty: String) -> ScoreInput {
        whole > 0 ? .known(Double(part) / Double(whole), words) : .missing(whenEmpty)
    }
}

/// A scorecard filled in.
public struct ScoreSheet: Sendable {
    public struct Part: Sendable {
        public var part: Scorecard.Part
        public var input: ScoreInput

        /// Nil where nothing is known.
        public var points: Double? { if case .known(let share, _) = input { share * Double(part.weight) } else { nil } }
        public var explanation: String {
            switch input {
            case .known(_, let words): words
            case .missing(let reason): reason
            }
        }
    }

    public var scorecard: Scorecard
    public var parts: [Part]

    /// Nil while a part is missing.
    public var total: Double? { parts.allSatisfy { $0.points != nil } ? known.points : nil }
    /// What the known parts give, and the most they could.
    public var known: (points: Double, of: Int) {
        parts.reduce((0, 0)) { sum, part in
            part.points.map { (sum.0 + $0, sum.1 + part.part.weight) } ?? sum
        }
    }
}
