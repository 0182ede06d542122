public import Vocabulary

/// One kind of work. A job may be run again from the start at any time, on another machine, after it was broken off anywhere:
/// `run` leaves nothing half done that a second run would not put right.
public protocol JobKind: Sendable {
    /// Stands in the store; never changed.
    var id: String { get }
    var label: LocalizedText { get }
    /// Whether asking again after a failure or a cancellation can lead anywhere.
    var isRepeatable: Bool { get }
    /// Whether a worker told to stop still brings it to its end, as long as it is given time.
    var isFinishedBeforeStop: Bool { get }

    /// Whether it may take many minutes: one place of a worker is kept free of such work, so that what is quick need not wait for it.
    var isLong: Bool { get }

    /// Does the work. Throws `JobFailure` for what the person who asked can understand; any other error is tried again.
    func run(_ job: Job, _ run: any JobRun) async throws -> JobResult
    /// The job ended for good without a result: what it was making must not look as if it were still being made.
    /// May be called twice.
    func giveUp(_ job: Job, reason: String) async throws
}

extension JobKind {
    public var isRepeatable: Bool { true }
    public var isFinishedBeforeStop: Bool { false }
    public var isLong: Bool { false }
    public func giveUp(_ job: Job, reason: String) async throws {}
}

/// What a running job tells and asks.
public protocol JobRun: Sendable {
    /// May be called as often as one likes.
    func report(_ progress: JobProgress)
    /// Somebody asked to cancel, the worker stops, or the job was lost: whatever comes of it is not kept. Loops that compute ask often.
    var isCancelled: Bool { get }
}
