public import Vocabulary

/// A proof a definition carries with it: what happens when these people do these things. Run when the catalogue is compiled.
public struct CaseJourney: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        public enum Doing: Hashable, Sendable {
            case open
            case act(String)
            case escalate
        }

        public var by: String
        /// The post is held at another place than the case's.
        public var isElsewhere: Bool
        public var doing: Doing
        public var answers: [String: FieldValue]
        /// How many pieces of each kind, all of them sound.
        public var evidence: [EvidenceKind: Int]
        public var reason: String
        public var target: String?
        public var coOwners: [String]
        /// The day it is done; nil the day of the step before.
        public var on: Day?
        public var facts: [String: Verdict]
        /// Another person of the same post.
        public var person: Int
        public var openSubCases: Int?
        /// Code of the refusal expected.
        public var refused: String?
        public var state: String?
        public var due: Day?
        public var light: CaseLight?
        /// Where it stands in the file, for the complaint.
        public var place: Diagnostic.Place
    }

    public var name: String
    public var steps: [Step]
    public var place: Diagnostic.Place

    public init(name: String, steps: [Step], place: Diagnostic.Place) {
        self.name = name
        self.steps = steps
        self.place = place
    }
}
