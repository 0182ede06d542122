public import Foundation
public import Vocabulary

public typealias ProposalID = String

/// Who made or adopted a plan, and when.
public struct ProposalSignature: Hashable, Sendable {
    public var by: String
    public var name: String
    public var at: Date

    public init(by: String, name: String, at: Date) {
        self.by = by
        self.name = name
        self.at = at
    }
}

/// A plan that was verified and kept.
public struct ProposalRecord: Hashable, Sendable, Identifiable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        case proposed
        /// The one the county goes by.
        case adopted
        /// Another was adopted after it.
        case superseded

        public var label: LocalizedText {
            switch self {
            case .proposed: LocalizedText(zh: "拟定", en: "Proposed")
            case .adopted: LocalizedText(zh: "已采用", en: "Adopted")
            case .superseded: LocalizedText(zh: "已被替换", en: "Superseded")
            }
        }
    }

    public var id: ProposalID
    /// Which method made it, such as `path`.
    public var method: String
    public var title: String
    public var county: String
    public var schoolYear: SchoolYear
    public var standard: String
    public var state: State
    /// Yuan.
    public var cost: Int
    /// Fingerprint of the problem it answers.
    public var problem: String
    /// Everything about it, in the method's own words (JSON); empty in lists.
    public var body: String
    /// The job that made it.
    public var job: String
    public var made: ProposalSignature
    public var adopted: ProposalSignature?
    /// Grows with every step; a step names the version it saw.
    public var version: Int

    public init(
        id: ProposalID, method: String, title: String, county: String, schoolYear: SchoolYear, standard: String, state: State = .proposed,
        cost: Int, problem: String, body: String, job: String, made: ProposalSignature, adopted: ProposalSignature? = nil, version: Int = 1
    ) {
        self.id = id
        self.method = method
        self.title = title
        self.county = county
        self.schoolYear = schoolYear
        self.standard = standard
        self.state = state
        self.cost = cost
        self.problem = problem
        self.body = body
        self.job = job
        self.made = made
        self.adopted = adopted
        self.version = version
    }
}

/// A paper that belongs to a plan, as it was written when the plan was made.
public struct ProposalFile: Hashable, Sendable {
    /// Stands in the address: `report.docx`.
    public var kind: String
    /// As people see it.
    public var name: String
    public var type: String
    public var bytes: [UInt8]

    public init(kind: String, name: String, type: String, bytes: [UInt8]) {
        self.kind = kind
        self.name = name
        self.type = type
        self.bytes = bytes
    }
}

/// Keeps plans with their papers. What is wrong for a person is the store's refusal in the person's words.
public protocol ProposalStore: Sendable {
    /// A job adds one plan for a county; adding again keeps the first, and answers it.
    func add(_ plan: ProposalRecord, files: [ProposalFile]) async throws -> ProposalRecord
    func plan(_ id: ProposalID) async throws -> ProposalRecord?
    /// Newest first, of these counties (nil for all), without their bodies.
    func plans(_ counties: Set<String>?, limit: Int) async throws -> [ProposalRecord]
    func plans(ofJob job: String) async throws -> [ProposalRecord]
    func file(_ kind: String, of id: ProposalID) async throws -> ProposalFile?
    /// The county's plan of this method and year from now on; the one adopted before is superseded. One transaction.
    func adopt(_ id: ProposalID, seen version: Int, by: ProposalSignature) async throws -> ProposalRecord
}
