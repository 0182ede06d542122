public import Foundation
public import Vocabulary

public typealias SnapshotID = String

/// What a county reports for a school year, on its way from draft to frozen. A frozen one never changes again;
/// a correction is a new version beside it.
public struct Snapshot: Hashable, Sendable, Identifiable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        case draft, submitted, returned, approved, frozen

        public var label: LocalizedText {
            switch self {
            case .draft: LocalizedText(zh: "填报中", en: "Draft")
            case .submitted: LocalizedText(zh: "已上报", en: "Submitted")
            case .returned: LocalizedText(zh: "已退回", en: "Returned")
            case .approved: LocalizedText(zh: "已审核", en: "Approved")
            case .frozen: LocalizedText(zh: "已冻结", en: "Frozen")
            }
        }

        /// Whether imports may still change the county's data.
        public var isOpen: Bool { self == .draft || self == .returned }
    }

    public var id: SnapshotID
    public var county: String
    public var schoolYear: SchoolYear
    /// 1 for the first report, one more for every correction.
    public var number: Int
    /// Ids of the forms it covers.
    public var forms: [String]
    public var state: State
    /// Everything that happened to it, oldest first.
    public var steps: [SnapshotStep]
    public var seal: SnapshotSeal?
    /// Grows with every step; a step names the version it saw.
    public var version: Int

    public init(
        id: SnapshotID, county: String, schoolYear: SchoolYear, number: Int, forms: [String], state: State = .draft,
        steps: [SnapshotStep] = [], seal: SnapshotSeal? = nil, version: Int = 1
    ) {
        self.id = id
        self.county = county
        self.schoolYear = schoolYear
        self.number = number
        self.forms = forms
        self.state = state
        self.steps = steps
        self.seal = seal
        self.version = version
    }

    /// `清河县 2025—2026学年（第2版）`.
    public var title: String { "\(county) \(schoolYear.label.zh)\(number > 1 ? "（第\(number)版）" : "")" }
    /// Why it was given back, while it is.
    public var returnReason: String? { state == .returned ? steps.last { $0.action == .giveBack }?.reason : nil }

    public func signature(of action: SnapshotAction) -> Signature? { steps.last { $0.action == action }?.signature }
}

/// A verb of the reporting line 上报—审核—退回—冻结.
public enum SnapshotAction: String, Hashable, Sendable, CaseIterable {
    case open, submit, giveBack, approve, freeze

    public var label: LocalizedText {
        switch self {
        case .open: LocalizedText(zh: "开始填报", en: "Open")
        case .submit: LocalizedText(zh: "上报", en: "Submit")
        case .giveBack: LocalizedText(zh: "退回", en: "Return")
        case .approve: LocalizedText(zh: "审核通过", en: "Approve")
        case .freeze: LocalizedText(zh: "冻结", en: "Freeze")
        }
    }
}

public struct SnapshotStep: Hashable, Sendable {
    public var action: SnapshotAction
    public var to: Snapshot.State
    public var signature: Signature
    /// Why it was given back or corrected; empty otherwise.
    public var reason: String

    public init(_ action: SnapshotAction, to: Snapshot.State, _ signature: Signature, reason: String = "") {
        self.action = action
        self.to = to
        self.signature = signature
        self.reason = reason
    }
}

/// What freezing fixed.
public struct SnapshotSeal: Hashable, Sendable {
    /// SHA-256 in hex over the canonical bytes of the rows and the catalogue digest.
    public var hash: String
    /// Digest of the catalogue that was in force.
    public var catalogue: String
    public var rows: Int
    public var at: Date

    /// Head and tail of the hash, enough to tell two apart on a page.
    public var shortHash: String { "\(hash.prefix(4))…\(hash.suffix(4))" }

    public init(hash: String, catalogue: String, rows: Int, at: Date) {
        self.hash = hash
        self.catalogue = catalogue
        self.rows = rows
        self.at = at
    }
}
