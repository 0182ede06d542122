public import Foundation
public import Vocabulary

/// One visit to one school: who asked for it, what was seen. Days are kept as text, so that a record reads the same everywhere.
public struct Visit: Hashable, Sendable, Codable, Identifiable {
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        case requested, approved, done, declined, merged

        public var label: LocalizedText {
            switch self {
            case .requested: LocalizedText(zh: "待批准", en: "Requested")
            case .approved: LocalizedText(zh: "已列入计划", en: "Planned")
            case .done: LocalizedText(zh: "已完成", en: "Done")
            case .declined: LocalizedText(zh: "未批准", en: "Declined")
            case .merged: LocalizedText(zh: "已合并", en: "Merged")
            }
        }
        /// Whether the school has to bear it.
        public var counts: Bool { self == .approved || self == .done }
    }

    /// Somebody who does something.
    public struct Signature: Hashable, Sendable, Codable {
        public var by: String
        public var name: String
        public var at: Date

        public init(by: String, name: String, at: Date) {
            self.by = by
            self.name = name
            self.at = Date(timeIntervalSince1970: at.timeIntervalSince1970.rounded())
        }
    }

    /// What an office wants to look at, and when.
    public struct Request: Hashable, Sendable, Codable {
        public var office: String
        public var rubric: String
        /// Of the rubric, as in force when it was asked for.
        public var version: String
        /// `2026-03-01`, both included.
        public var from: String
        public var until: String
        public var purpose: String
        public var signed: Signature

        public init(office: String, rubric: String, version: String, from: Day, until: Day, purpose: String, signed: Signature) {
            self.office = office
            self.rubric = rubric
            self.version = version
            self.from = from.description
            self.until = until.description
            self.purpose = purpose
            self.signed = signed
        }
    }

    public struct Decision: Hashable, Sendable, Codable {
        public var signed: Signature
        public var reason: String
        /// Approved although the school has no visits left.
        public var isException: Bool

        public init(signed: Signature, reason: String = "", isException: Bool = false) {
            self.signed = signed
            self.reason = reason
            self.isException = isException
        }
    }

    public var id: String
    /// The calendar year whose plan it belongs to.
    public var year: Int
    public var county: String
    public var school: String
    public var schoolName: String
    public var state: State
    public var requests: [Request]
    /// Whoever is to go; empty where nobody is named.
    public var inspector: String
    public var inspectorName: String
    public var decision: Decision?
    public var checkIn: CheckIn?
    /// By rubric, then by item.
    public var marks: [String: [String: VisitMark]]
    public var photos: [VisitPhoto]
    public var findings: [VisitFinding]
    public var finished: Signature?
    /// The visit it became a part of.
    public var into: String
    /// Counts the changes; the store's.
    public var version: Int

    public init(
        id: String, year: Int, county: String, school: String, schoolName: String, request: Request, inspector: String = "",
        inspectorName: String = ""
    ) {
        self.id = id
        self.year = year
        self.county = county
        self.school = school
        self.schoolName = schoolName
        state = .requested
        requests = [request]
        self.inspector = inspector
        self.inspectorName = inspectorName
        marks = [:]
        photos = []
        findings = []
        into = ""
        version = 0
    }

    /// The days on which everything asked for can be done; nil where they do not meet.
    public var window: (from: Day, until: Day)? {
        let from = requests.compactMap { Day(iso: $0.from) }.max()
        let until = requests.compactMap { Day(iso: $0.until) }.min()
        guard let from, let until, from <= until else { return nil }
        return (from, until)
    }

    /// The rubrics asked for, each once.
    public var rubrics: [String] {
        var seen: Set<String> = []
        return requests.map(\.rubric).filter { seen.insert($0).inserted }
    }
}
