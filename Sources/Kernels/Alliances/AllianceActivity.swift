public import Foundation
public import Vocabulary

/// Something schools of an alliance did together. Entries are never changed; a wrong one is struck out with a reason.
public struct AllianceActivity: Hashable, Sendable, Identifiable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Teachers who taught at the other school.
        case staff
        /// Lessons given for the other school, on the spot or on line.
        case lesson
        /// Visits and teaching research together.
        case visit

        public var label: LocalizedText {
            switch self {
            case .staff: LocalizedText(zh: "共享教师", en: "Shared staff")
            case .lesson: LocalizedText(zh: "共享课程", en: "Shared lessons")
            case .visit: LocalizedText(zh: "教研走访", en: "Visits")
            }
        }
        public var unit: String {
            switch self {
            case .staff: "人次"
            case .lesson: "节"
            case .visit: "次"
            }
        }
    }
    /// The end of an entry that was wrong.
    public struct Strike: Hashable, Sendable {
        public var by: String
        public var at: Date
        public var reason: String

        public init(by: String, at: Date, reason: String) {
            self.by = by
            self.at = at
            self.reason = reason
        }
    }

    public var id: String
    public var alliance: String
    public var kind: Kind
    /// The day it was, or began.
    public var day: Day
    /// Teachers, lessons or visits.
    public var count: Int
    /// Shared staff: days each of them was there.
    public var days: Int?
    public var subject: String
    /// School codes; the second is empty where it was for all members.
    public var from: String
    public var to: String
    /// The paper that shows it, such as a list of signatures.
    public var evidence: String
    public var madeBy: String
    public var madeAt: Date
    public var struck: Strike?

    public init(
        id: String, alliance: String, kind: Kind, day: Day, count: Int, days: Int? = nil, subject: String = "", from: String,
        to: String = "", evidence: String, madeBy: String, madeAt: Date, struck: Strike? = nil
    ) {
        self.id = id
        self.alliance = alliance
        self.kind = kind
        self.day = day
        self.count = count
        self.days = days
        self.subject = subject
        self.from = from
        self.to = to
        self.evidence = evidence
        self.madeBy = madeBy
        self.madeAt = madeAt
        self.struck = struck
    }

    /// The same thing written in again.
    func repeats(_ other: AllianceActivity) -> Bool {
        (alliance, kind, day, subject, from, to) == (other.alliance, other.kind, other.day, other.subject, other.from, other.to)
            && evidence == other.evidence
    }
}
