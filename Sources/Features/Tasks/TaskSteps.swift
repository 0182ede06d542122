internal import Indicators
public import Jobs
public import Pages
internal import Registry
internal import Vocabulary

/// What can be done with a job.
public enum TaskStep: String, Sendable, CaseIterable {
    case cancel
    /// Does it again.
    case retry
}

/// What the pages of this feature and programs do with jobs.
extension TasksDesk {
    /// The visitor's own jobs, or all the visitor may see; newest first.
    public func jobs(
        of visit: Visit, all: Bool, states: Set<Job.State> = [], from: Int, limit: Int
    ) async throws -> [Job] {
        try await jobs.jobs(
            all
                ? JobFilter(
                    seenBy: visit.person.id, counties: visit.person.counties(.look, today: visit.today), states: states, from: from,
                    limit: limit)
                : JobFilter(of: visit.person.id, states: states, from: from, limit: limit))
    }

    /// Throws `PageMissing` and `PageForbidden`.
    public func job(_ id: JobID, _ visit: Visit) async throws -> Job {
        guard let job = try await jobs.job(id) else { throw PageMissing("没有这项任务，可能链接有误。请回到“任务”重新选择") }
        guard visit.maySee(job) else { throw PageForbidden("这项任务不是您所在县的，不能查看") }
        return job
    }

    /// What the visitor may do with a job as it stands.
    public func steps(_ job: Job, _ visit: Visit) -> [TaskStep] {
        switch job.state {
        case .waiting, .running: !job.isCancelAsked && visit.maySteer(job, stopping: true) ? [.cancel] : []
        case .failed, .cancelled: kinds[job.kind]?.isRepeatable == true && visit.maySteer(job, stopping: false) ? [.retry] : []
        case .done: []
        }
    }

    /// Throws a `StoreRefusal` where the job's state does not allow the step, and a 403 where the visitor's posts do not.
    public func take(_ step: TaskStep, _ job: Job, _ visit: Visit) async throws -> Job {
        guard visit.maySteer(job, stopping: step == .cancel) else {
            if let duty = Duty(rawValue: job.order.duty) { try visit.require(duty, in: job.order.county) }
            throw PageForbidden("这项任务不归您办理")
        }
        switch step {
        case .cancel:
            let now = try await jobs.cancel(job.id, at: now())
            if !now.state.isOpen { try await kinds[job.kind]?.giveUp(now, reason: "") }
            return now
        case .retry:
            guard kinds[job.kind]?.isRepeatable == true else { throw StoreRefusal(.state, "“\(job.order.title)”不能重做，请重新提交") }
            let again = try await jobs.retry(job.id, at: now())
            wake()
            return again
        }
    }

    /// The file a job made. Throws `PageMissing` where it made none.
    public func result(_ job: Job) async throws -> JobFile {
        guard var file = job.result?.file, let bytes = try await jobs.bytes(of: job.id) else {
            throw PageMissing("这项任务没有可下载的结果")
        }
        file.bytes = bytes
        return file
    }

    /// What a kind of job is called.
    public func label(_ kind: String) -> String { kinds[kind]?.label.zh ?? kind }
}
