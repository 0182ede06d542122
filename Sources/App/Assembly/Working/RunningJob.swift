internal import Jobs
internal import Synchronization

/// A job this process works on: what it tells, and whether it has to stop.
final class RunningJob: JobRun {
    enum Stop: Sendable {
        /// Somebody asked to cancel.
        case cancelled
        /// The worker itself stops.
        case leaving
        /// Another worker has it.
        case lost
    }

    private struct Condition {
        var progress: JobProgress?
        var stop: Stop?
        var body: Task<JobResult, any Error>?
    }

    let job: Job
    let lease: JobLease
    private let condition = Mutex(Condition())

    init(_ job: Job, _ lease: JobLease) {
        self.job = job
        self.lease = lease
    }

    func report(_ progress: JobProgress) { condition.withLock { $0.progress = progress } }

    var isCancelled: Bool { stop != nil }

    var stop: Stop? { condition.withLock { $0.stop } }

    /// Progress not yet taken.
    func newProgress() -> JobProgress? {
        condition.withLock { condition in
            defer { condition.progress = nil }
            return condition.progress
        }
    }

    /// The first reason stands, except that a lost job is lost.
    func stop(_ reason: Stop) {
        let body = condition.withLock { condition in
            if condition.stop == nil || reason == .lost { condition.stop = reason }
            return condition.body
        }
        body?.cancel()
    }

    func attach(_ body: Task<JobResult, any Error>) {
        let isStopped = condition.withLock { condition in
            condition.body = body
            return condition.stop != nil
        }
        if isStopped { body.cancel() }
    }
}
