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

extension AuditEntry {
    /// The entry as it may be kept: without control characters. A database may cut a text at a NUL or refuse it, and an event that
    /// does not come back as it was digested would break the chain: anybody could break it by an address.
    public var keepable: AuditEntry {
        func clean(_ text: String) -> String {
            let isControl: (Unicode.Scalar) -> Bool = { $0.value < 32 || (127..<160).contains($0.value) }
            guard text.unicodeScalars.contains(where: isControl) else { return text }
            return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
        }
        var copy = self
        (copy.person, copy.name, copy.action) = (clean(person), clean(name), clean(action))
        (copy.object, copy.address) = (clean(object), clean(address))
        return copy
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
    /// An event under a key names it, so that none can be passed off as one without.
    public static func text(_ entry: AuditEntry, number: Int, previous: String, keyID: String? = nil) -> String {
        let time = String(Int((entry.at.timeIntervalSince1970 * 1000).rounded()))
        let fields =
            [
                previous, String(number), time, entry.person, entry.name, entry.action, entry.object, entry.outcome.rawValue, entry.address,
            ] + (keyID.map { [$0] } ?? [])
        return framed(fields)
    }

    /// The text the seal of the head is taken of: how far the chain reaches.
    public static func headText(number: Int, digest: String, keyID: String) -> String { framed(["head", String(number), digest, keyID]) }

    private static func framed(_ fields: [String]) -> String { fields.map { "\($0.utf8.count):\($0)" }.joined(separator: "\n") }
}

/// The end of the chain as somebody wrote it down elsewhere: `123:` and the digest. The chain must still hold it.
public struct AuditAnchor: Hashable, Sendable, CustomStringConvertible {
    public var number: Int
    public var digest: String

    public init(number: Int, digest: String) {
        self.number = number
        self.digest = digest
    }

    /// Nil for a text of another shape.
    public init?(_ text: String) {
        let parts = text.split(separator: ":").map { $0.filter { !$0.isWhitespace } }
        guard parts.count == 2, let number = Int(parts[0]), number >= 0, parts[1].count == 64, parts[1].allSatisfy(\.isHexDigit) else {
            return nil
        }
        self.init(number: number, digest: parts[1].lowercased())
    }

    public var description: String { "\(number):\(digest)" }
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
    /// What to write down.
    public var anchor: AuditAnchor { AuditAnchor(number: count, digest: head) }
}

/// Which events to list.
public struct AuditFilter: Hashable, Sendable {
    /// A part of the person's name.
    public var name: String
    /// Or one of these people, whose names stand elsewhere; looked at only where there is a name.
    public var people: [PersonID] = []
    /// The action as kept; empty for all.
    public var action: String
    public var from: Date?
    public var until: Date?
    /// Only events older than the one of this number.
    public var before: Int?

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
    /// Reads all of it and takes every digest again; with an anchor the chain must hold that very event.
    func verify(_ anchor: AuditAnchor?) async throws -> AuditCheck
}

extension AuditLog {
    public func verify() async throws -> AuditCheck { try await verify(nil) }
}
