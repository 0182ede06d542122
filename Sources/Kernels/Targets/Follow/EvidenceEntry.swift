public import Foundation
public import Vocabulary

/// Who did something in a plan and when. The name is kept as it was that day.
public struct PlanSignature: Hashable, Sendable {
    /// Id of the user.
    public var by: String
    public var name: String
    public var at: Date

    public init(by: String, name: String, at: Date) {
        self.by = by
        self.name = name
        self.at = at
    }
}

/// What an office reports of a line: progress, with the documents that prove it.
public struct EvidenceEntry: Hashable, Sendable, Identifiable {
    public var id: String
    public var plan: String
    public var item: String
    /// The county it speaks of; nil for the whole city.
    public var county: String?
    /// The day it speaks of, which may lie before the day it was entered.
    public var day: Day
    /// In the unit of the line; nil for words without a number.
    public var amount: Double?
    public var note: String
    public var documents: [EvidenceDocument]
    public var by: PlanSignature
    /// Taken back, with the reason: kept, shown, not counted.
    public var withdrawn: Withdrawal?

    public struct Withdrawal: Hashable, Sendable {
        public var reason: String
        public var by: PlanSignature

        public init(reason: String, by: PlanSignature) {
            self.reason = reason
            self.by = by
        }
    }

    public init(
        id: String, plan: String, item: String, county: String? = nil, day: Day, amount: Double?, note: String = "",
        documents: [EvidenceDocument] = [], by: PlanSignature, withdrawn: Withdrawal? = nil
    ) {
        self.id = id
        self.plan = plan
        self.item = item
        self.county = county
        self.day = day
        self.amount = amount
        self.note = note
        self.documents = documents
        self.by = by
        self.withdrawn = withdrawn
    }
}

extension EvidenceEntry {
    /// Not taken back, and with the documents the line asks for.
    public func isCounted(_ rule: EvidenceRule) -> Bool { withdrawn == nil && documents.count >= rule.documents }
}

/// A document beside an entry: a kept file, or one known by title and number.
public struct EvidenceDocument: Hashable, Sendable {
    public var name: String
    /// SHA-256 of the kept file; nil where only the number of an issued document is given.
    public var digest: String?

    public init(name: String, digest: String? = nil) {
        self.name = name
        self.digest = digest
    }
}

/// A light set by hand, with its reason: shown as such, beside what the evidence says.
public struct LightOverride: Hashable, Sendable {
    public var item: String
    public var light: PlanLight
    public var reason: String
    public var by: PlanSignature

    public init(item: String, light: PlanLight, reason: String, by: PlanSignature) {
        self.item = item
        self.light = light
        self.reason = reason
        self.by = by
    }
}
