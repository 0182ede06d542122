public import Foundation
public import Vocabulary

/// How something ended that somebody tried.
public enum AuditOutcome: String, Hashable, Sendable, CaseIterable {
    case done
    /// A rule of the work said no.
    case refused
    /// The person lacks the right.
    case forbidden
    case failed

    public var label: LocalizedText {
        switch self {
        case .done: LocalizedText(zh: "已办理", en: "Done")
        case .refused: LocalizedText(zh: "未通过", en: "Refused")
        case .forbidden: LocalizedText(zh: "无权限", en: "Forbidden")
        case .failed: LocalizedText(zh: "出错", en: "Failed")
        }
    }
}

/// Who tried what on what, when and from where, and how it ended.
public struct AuditEntry: Hashable, Sendable {
    public var at: Date
    /// Empty for somebody not logged in.
    public var person: PersonID
    /// As it was that day.
    public var name: String
    /// `POST /imports/{import}/apply`.
    public var action: String
    public var object: String
    public var outcome: AuditOutcome
    public var address: String

    public init(
        at: Date, person: PersonID, name: String, action: String, object: String, outcome: AuditOutcome, address: String
    ) {
        // To the millisecond, as it is kept: the digest must come out the same when read again.
        self.at = Date(timeIntervalSince1970: (at.timeIntervalSince1970 * 1000).rounded() / 1000)
        self.person = person
        self.name = name
        self.action = action
        self.object = object
        self.outcome = outcome
        self.address = address
    }
}

/// An entry in its place in the chain.
public struct AuditEvent: Hashable, Sendable {
    /// Counts from 1 without gaps.
    public var number: Int
    public var entry: AuditEntry
    /// SHA-256 over the event before and this one.
    public var digest: String

    public init(number: Int, entry: AuditEntry, digest: String) {
        self.number = number
        self.entry = entry
        self.digest = digest
    }
}

/// The rules of the chain: every event's digest covers the one before, so that nothing can be changed, taken out or moved
/// without all later digests coming out differently.
public enum AuditChain {
    /// What stands before the first event.
    public static let origin = String(repeating: "0", count: 64)

    /// The text the digest is taken of. Every field with its length in front, so that no two entries share a text.
    public static func text(_ entry: AuditEntry, number: Int, previous: String) -> String {
        let time = String(Int((entry.at.timeIntervalSince1970 * 1000).rounded()))
        let fields = [
            previous, String(number), time, entry.person, entry.name, entry.action, entry.object, entry.outcome.rawValue, entry.address,
        ]
        return fields.map { "\($0.utf8.count):\($0)" }.joined(separator: "\n")
    }
}

/// What a check of the whole chain found.
public struct AuditCheck: Hashable, Sendable {
    /// Events there are.
    public var count: Int
    /// The digest of the last, to be written down outside the database.
    public var head: String
    /// The first event that is not as it was written; nil when all are.
    public var broken: Int?
    /// What is wrong there, in the user's words; empty when nothing is.
    public var reason: String

    public init(count: Int, head: String, broken: Int? = nil, reason: String = "") {
        self.count = count
        self.head = head
        self.broken = broken
        self.reason = reason
    }

    public var isIntact: Bool { broken == nil }
}

/// Which events to list.
public struct AuditFilter: Hashable, Sendable {
    /// A part of the person's name.
    public var name: String
    /// The action as kept; empty for all.
    public var action: String
    public var from: Date?
    public var until: Date?

    public init(name: String = "", action: String = "", from: Date? = nil, until: Date? = nil) {
        self.name = name
        self.action = action
        self.from = from
        self.until = until
    }
}

/// What was done, kept for good: there is no way to change or delete an event.
public protocol AuditLog: Sendable {
    @discardableResult func append(_ entry: AuditEntry) async throws -> AuditEvent
    /// Newest first.
    func events(_ filter: AuditFilter, from: Int, limit: Int) async throws -> [AuditEvent]
    func count(_ filter: AuditFilter) async throws -> Int
    /// The actions that occur.
    func actions() async throws -> [String]
    /// Reads all of it and takes every digest again.
    func verify() async throws -> AuditCheck
}
