public import Foundation
public import Vocabulary

public typealias JobID = String

/// Work that takes longer than a page may: asked for by somebody, done by a worker, seen by whoever may see it.
public struct Job: Hashable, Sendable, Identifiable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// Until a worker is free, or until the time of the next try.
        case waiting
        case running
        case done
        /// Ended without a result; `error` says why.
        case failed
        case cancelled

        public var label: LocalizedText {
            switch self {
            case .waiting: LocalizedText(zh: "排队中", en: "Waiting")
            case .running: LocalizedText(zh: "进行中", en: "Running")
            case .done: LocalizedText(zh: "已完成", en: "Done")
            case .failed: LocalizedText(zh: "没有做成", en: "Failed")
            case .cancelled: LocalizedText(zh: "已取消", en: "Cancelled")
            }
        }

        /// Whether something is still to come.
        public var isOpen: Bool { self == .waiting || self == .running }
    }

    public var order: JobOrder
    public var state: State
    public var progress: JobProgress
    /// Tries begun since somebody last asked for it.
    public var attempts: Int
    /// The next try does not begin before this moment; see `RetryRule.isDue`.
    public var notBefore: Date?
    /// Somebody wants it to stop; whoever runs it is about to see that.
    public var isCancelAsked: Bool
    public var result: JobResult?
    /// What went wrong and what to do, for the person who asked: of the last try while waiting for the next, or for good.
    public var error: String
    public var startedAt: Date?
    public var finishedAt: Date?

    public var id: JobID { order.id }
    public var kind: String { order.kind }

    public init(
        order: JobOrder, state: State = .waiting, progress: JobProgress = JobProgress(), attempts: Int = 0, notBefore: Date? = nil,
        isCancelAsked: Bool = false, result: JobResult? = nil, error: String = "", startedAt: Date? = nil, finishedAt: Date? = nil
    ) {
        self.order = order
        self.state = state
        self.progress = progress
        self.attempts = attempts
        self.notBefore = notBefore
        self.isCancelAsked = isCancelAsked
        self.result = result
        self.error = error
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }
}

/// What somebody asks to be done.
public struct JobOrder: Hashable, Sendable {
    /// Chosen by the caller and never used twice.
    public var id: JobID
    /// The id of the `JobKind` that does it.
    public var kind: String
    /// What it is about, as it stands in the task centre: `读取“学校表.xlsx”`.
    public var title: String
    /// What the kind needs to know, in its own words.
    public var input: String
    /// What a person must be allowed to do to stop it or to ask again, by the name the duty has.
    public var duty: String
    /// The county it is about; nil for the whole city.
    public var county: String?
    /// Who asked: id, name as it was that day, and when.
    public var person: String
    public var name: String
    public var at: Date

    public init(
        id: JobID, kind: String, title: String, input: String, duty: String, county: String?, person: String, name: String, at: Date
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.input = input
        self.duty = duty
        self.county = county
        self.person = person
        self.name = name
        self.at = at
    }
}

/// How far a job is.
public struct JobProgress: Hashable, Sendable {
    public var done: Int
    /// How much there is; nil while that is unknown.
    public var total: Int?
    /// What is being done, in words.
    public var what: String

    public init(done: Int = 0, total: Int? = nil, what: String = "") {
        self.done = done
        self.total = total
        self.what = what
    }

    /// Whole percents; nil where the total is unknown or nothing.
    public var percent: Int? {
        guard let total, total > 0 else { return nil }
        return Swift.max(0, Swift.min(100, Int(Double(done) / Double(total) * 100)))
    }
}

/// What a job leaves.
public struct JobResult: Hashable, Sendable {
    /// In one sentence.
    public var summary: String
    /// The page to go on with; empty where there is none.
    public var page: String
    /// For programs; empty where there is none.
    public var json: String
    /// Kept apart from the job and asked for with `JobStore.bytes`.
    public var file: JobFile?

    public init(summary: String, page: String = "", json: String = "", file: JobFile? = nil) {
        self.summary = summary
        self.page = page
        self.json = json
        self.file = file
    }
}

/// A file a job made.
public struct JobFile: Hashable, Sendable {
    public var name: String
    /// Media type.
    public var type: String
    /// Empty where only its name was asked for.
    public var bytes: [UInt8]

    public init(name: String, type: String, bytes: [UInt8] = []) {
        self.name = name
        self.type = type
        self.bytes = bytes
    }
}
