public import Foundation
public import Vocabulary

/// Something that happened which programs elsewhere may want to know of.
public struct HookEvent: Hashable, Sendable {
    /// What happened. The raw value is what subscribers and receivers see.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case importApplied = "import.applied"
        case importUndone = "import.undone"
        case snapshotSubmitted = "snapshot.submitted"
        case snapshotReturned = "snapshot.returned"
        case snapshotApproved = "snapshot.approved"
        case snapshotFrozen = "snapshot.frozen"
        /// Sent on request, to try an address out.
        case test = "test"

        public var label: LocalizedText {
            switch self {
            case .importApplied: LocalizedText(zh: "导入已生效", en: "Import applied")
            case .importUndone: LocalizedText(zh: "导入已撤销", en: "Import undone")
            case .snapshotSubmitted: LocalizedText(zh: "已上报", en: "Report submitted")
            case .snapshotReturned: LocalizedText(zh: "已退回", en: "Report given back")
            case .snapshotApproved: LocalizedText(zh: "审核通过", en: "Report approved")
            case .snapshotFrozen: LocalizedText(zh: "已冻结", en: "Report frozen")
            case .test: LocalizedText(zh: "试发", en: "Test")
            }
        }

        /// Those that can be subscribed to.
        public static let offered = allCases.filter { $0 != .test }
    }

    public var kind: Kind
    /// Id of the import or report.
    public var subject: String
    /// The county it concerns; an import may concern several, then there is an event for each.
    public var county: String
    public var schoolYear: SchoolYear
    public var at: Date

    public init(_ kind: Kind, subject: String, county: String, schoolYear: SchoolYear, at: Date) {
        self.kind = kind
        self.subject = subject
        self.county = county
        self.schoolYear = schoolYear
        self.at = at
    }
}

/// Somebody's address to be told of events.
public struct Webhook: Hashable, Sendable, Identifiable {
    public var id: String
    public var owner: PersonID
    public var name: String
    public var url: String
    public var kinds: Set<HookEvent.Kind>
    /// The only county; nil for all the owner may look at.
    public var county: String?
    public var createdAt: Date
    /// Attempts in a row that failed.
    public var failures: Int
    public var isEnabled: Bool
    /// Why it is off; empty while it is on.
    public var endedWhy: String

    public init(
        id: String, owner: PersonID, name: String, url: String, kinds: Set<HookEvent.Kind>, county: String?, createdAt: Date,
        failures: Int = 0, isEnabled: Bool = true, endedWhy: String = ""
    ) {
        self.id = id
        self.owner = owner
        self.name = name
        self.url = url
        self.kinds = kinds
        self.county = county
        self.createdAt = createdAt
        self.failures = failures
        self.isEnabled = isEnabled
        self.endedWhy = endedWhy
    }

    /// Most webhooks of one person.
    public static let most = 20
    /// How long the former secret still signs after a new one was made, in seconds.
    public static let overlap = 86_400.0
}

/// What signs the deliveries of a webhook. Never shown again, never logged.
public struct HookSecrets: Sendable {
    public var secret: String
    public var former: String?
    public var formerUntil: Date?

    public init(secret: String, former: String? = nil, formerUntil: Date? = nil) {
        self.secret = secret
        self.former = former
        self.formerUntil = formerUntil
    }

    /// The secrets that sign at a moment, the newest first.
    public func signing(at: Date) -> [String] {
        [secret] + (formerUntil.map { at < $0 } ?? false ? former.map { [$0] } ?? [] : [])
    }
}

/// One event on its way to one address.
public struct HookDelivery: Hashable, Sendable, Identifiable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        case waiting, delivered, failed
        /// The owner may no longer look at the county it speaks of.
        case withheld

        public var label: LocalizedText {
            switch self {
            case .waiting: LocalizedText(zh: "待发", en: "Waiting")
            case .delivered: LocalizedText(zh: "已送达", en: "Delivered")
            case .failed: LocalizedText(zh: "未送达", en: "Failed")
            case .withheld: LocalizedText(zh: "无权，未发", en: "Withheld")
            }
        }
    }

    public var id: String
    public var webhook: String
    public var kind: HookEvent.Kind
    public var county: String
    public var body: String
    public var createdAt: Date
    public var state: State
    /// When it is tried next, while it waits.
    public var dueAt: Date
    public var attempts: Int
    public var triedAt: Date?
    /// What the receiver answered last; nil where it did not.
    public var status: Int?
    /// What went wrong last, in words.
    public var words: String

    public init(
        id: String, webhook: String, kind: HookEvent.Kind, county: String, body: String, createdAt: Date, state: State = .waiting,
        dueAt: Date, attempts: Int = 0, triedAt: Date? = nil, status: Int? = nil, words: String = ""
    ) {
        self.id = id
        self.webhook = webhook
        self.kind = kind
        self.county = county
        self.body = body
        self.createdAt = createdAt
        self.state = state
        self.dueAt = dueAt
        self.attempts = attempts
        self.triedAt = triedAt
        self.status = status
        self.words = words
    }
}

/// When to try again, and when to give up.
public struct HookPatience: Hashable, Sendable {
    /// Seconds before the second attempt; every later pause is four times as long, up to six hours.
    public var first: Double
    /// Attempts at one delivery.
    public var attempts: Int
    /// Failed attempts in a row after which the webhook is switched off.
    public var failures: Int

    public init(first: Double = 10, attempts: Int = 8, failures: Int = 24) {
        self.first = first
        self.attempts = attempts
        self.failures = failures
    }

    /// Seconds to wait after so many attempts; nil when it was the last.
    public func pause(after attempts: Int) -> Double? {
        guard attempts < self.attempts else { return nil }
        return min(first * (1..<max(attempts, 1)).reduce(1.0) { pause, _ in pause * 4 }, 6 * 3600)
    }
}

extension HookEvent {
    /// What receivers get, as JSON: enough to ask the interface for more, no data of schools or people.
    public func text(id: String) -> String {
        func quoted(_ text: String) -> String {
            "\"" + text.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0.value < 32 ? " " : "\($0)" }.joined() + "\""
        }
        let members = [
            ("id", quoted(id)), ("kind", quoted(kind.rawValue)), ("at", quoted(at.formatted(.iso8601))), ("subject", quoted(subject)),
            ("county", quoted(county)), ("schoolYear", String(schoolYear.start)),
        ]
        return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }
}
