internal import Foundation
internal import Indicators
internal import Jobs
internal import Logging
internal import Pages

extension Worker {
    /// Writes a job's progress again and again, and hears whether it has to stop.
    nonisolated func tell(_ run: RunningJob) async {
        var isTurn = false
        while !Task.isCancelled {
            try? await Task.sleep(for: pace.report)
            if Task.isCancelled { return }
            do {
                if let progress = run.newProgress() {
                    if try await jobs.report(progress, run.lease) { run.stop(.cancelled) }
                } else if isTurn, let job = try await jobs.job(run.job.id), job.isCancelAsked {
                    run.stop(.cancelled)
                }
                isTurn.toggle()
            } catch is LeaseLost {
                run.stop(.lost)
                return
            } catch {
                // The next progress tells.
            }
        }
    }

    /// Writes how a try ended. While the database is away it waits for it: the result was dear.
    nonisolated func settle(_ run: RunningJob, _ kind: any JobKind, _ outcome: Result<JobResult, any Error>) async {
        guard let ending = ending(run, outcome) else { return }
        for round in 0... {
            do {
                let job = try await jobs.end(run.lease, ending, at: now())
                if !job.state.isOpen, job.state != .done { await giveUp(job) }
                return
            } catch is LeaseLost {
                return
            } catch {
                // A worker that stops cannot wait: the next one finds the lease run out and does the job again.
                if run.stop == .leaving, round > 2 { return }
                logger.warning("end of a job not written", metadata: ["job": "\(run.job.id)", "error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Nil where the job is another's.
    private nonisolated func ending(_ run: RunningJob, _ outcome: Result<JobResult, any Error>) -> JobEnding? {
        switch (outcome, run.stop) {
        case (_, .lost): return nil
        case (.success(let result), _): return .done(result)
        case (.failure, .cancelled): return .cancelled
        case (.failure, .leaving): return .released
        case (.failure(let error), nil): return ending(run.job, error)
        }
    }

    private nonisolated func ending(_ job: Job, _ error: any Error) -> JobEnding? {
        switch error {
        case is ReadingTaken: return nil
        case let failure as JobFailure where !failure.mayPass: return .failed(failure.message)
        case let refusal as StoreRefusal: return .failed(refusal.message)
        default: break
        }
        logger.error("job failed", metadata: ["job": "\(job.id)", "kind": "\(job.kind)", "error": "\(error)"])
        let reason =
            (error as? JobFailure)?.message ?? (error as? StoreUnavailable)?.message
            ?? (DiskFull.isCause(of: error) ? "服务器的磁盘满了，请系统管理员腾出空间" : "程序出错")
        if let next = RetryRule.next(after: job.attempts, at: now()) { return .again(reason: reason, notBefore: next) }
        return .failed("试了\(job.attempts)次都没有做成，最后一次：\(reason)。请稍后重做；再次出错请告诉系统管理员，任务编号\(job.id)")
    }

    /// Cleans up after a job that ended without a result. What is not cleaned up now is when a server next looks for orphans.
    nonisolated func giveUp(_ job: Job) async {
        do {
            try await kinds[job.kind]?.giveUp(job, reason: job.error)
        } catch {
            logger.warning("job not cleaned up", metadata: ["job": "\(job.id)", "error": "\(error)"])
        }
    }
}
