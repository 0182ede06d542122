internal import Foundation
internal import Indicators
internal import Jobs
internal import Vocabulary

/// The ways in which a job stops running or waiting.
enum EndJob {
    /// Bytes of one stored piece of a file.
    private static let chunk = 1 << 20

    static func end(_ lease: JobLease, _ ending: JobEnding, at: Date, _ connection: any SQLConnection) throws -> Job {
        guard try LeaseTable.renew(lease, connection) else { throw LeaseLost() }
        let id = lease.job
        switch ending {
        case .done(let result): try finish(id, result, at, connection)
        case .failed(let reason): try close(id, .failed, reason, at, connection)
        case .cancelled: try close(id, .cancelled, "", at, connection)
        case .again(let reason, let notBefore): try wait(id, reason, notBefore: notBefore, isCounted: true, connection)
        case .released: try wait(id, "", notBefore: nil, isCounted: false, connection)
        }
        return try JobTable.job(id, connection)
    }

    /// Only leases that still stand as they were seen.
    static func takeBack(_ standing: [StandingLease], at: Date, _ connection: any SQLConnection) throws -> [Job] {
        let now = Set(try LeaseTable.all(connection))
        return try standing.filter { now.contains($0) }.map { standing in
            let job = try JobTable.job(standing.lease.job, connection)
            if job.isCancelAsked {
                try close(job.id, .cancelled, "", at, connection)
            } else if RetryRule.next(after: job.attempts, at: at) == nil {
                try close(job.id, .failed, "运行这项任务的程序接连停止了\(job.attempts)次，没有做成。请告诉系统管理员查看日志", at, connection)
            } else {
                try wait(job.id, "", notBefore: nil, isCounted: true, connection)
            }
            return try JobTable.job(job.id, connection)
        }
    }

    static func cancel(_ id: JobID, at: Date, _ connection: any SQLConnection) throws -> Job {
        let job = try JobTable.job(id, connection)
        switch job.state {
        case .waiting: try close(id, .cancelled, "", at, connection)
        case .running: try connection.execute("UPDATE job SET is_cancel_asked = 1 WHERE id = $1", [.text(id)])
        case .done, .failed, .cancelled: throw StoreRefusal(.state, "“\(job.order.title)”已经结束（\(job.state.label.zh)），不用取消")
        }
        return try JobTable.job(id, connection)
    }

    static func retry(_ id: JobID, at: Date, _ connection: any SQLConnection) throws -> Job {
        let job = try JobTable.job(id, connection)
        guard job.state == .failed || job.state == .cancelled else {
            throw StoreRefusal(.state, "“\(job.order.title)”现在是“\(job.state.label.zh)”，不能重做")
        }
        try connection.execute(
            """
            UPDATE job SET state = 'waiting', attempts = 0, not_before = NULL, is_cancel_asked = 0, error = '', finished_at = NULL,
                progress_done = 0, progress_total = NULL, progress_what = ''
            WHERE id = $1
            """, [.text(id)])
        return try JobTable.job(id, connection)
    }

    private static func finish(_ id: JobID, _ result: JobResult, _ at: Date, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            UPDATE job SET state = 'done', lease_owner = NULL, result_summary = $2, result_page = $3, result_json = $4, file_name = $5,
                file_type = $6, error = '', finished_at = $7
            WHERE id = $1
            """,
            [
                .text(id), .text(result.summary), .text(result.page), .text(result.json), .text(result.file?.name),
                .text(result.file?.type), .time(at),
            ])
        try forget(id, connection)
        guard let file = result.file else { return }
        var (number, start) = (0, 0)
        while start < file.bytes.count {
            let end = Swift.min(start + chunk, file.bytes.count)
            try connection.execute(
                "INSERT INTO job_file (job_id, number, body) VALUES ($1, $2, $3)",
                [.text(id), .integer(number), .bytes(Array(file.bytes[start..<end]))])
            (number, start) = (number + 1, end)
        }
    }

    private static func close(_ id: JobID, _ state: Job.State, _ reason: String, _ at: Date, _ connection: any SQLConnection) throws {
        try connection.execute(
            "UPDATE job SET state = $2, lease_owner = NULL, not_before = NULL, error = $3, finished_at = $4 WHERE id = $1",
            [.text(id), .text(state.rawValue), .text(reason), .time(at)])
        try forget(id, connection)
    }

    /// What the job was handed goes with its end, in the same transaction.
    private static func forget(_ id: JobID, _ connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM job_paper WHERE job_id = $1", [.text(id)])
    }

    private static func wait(
        _ id: JobID, _ reason: String, notBefore: Date?, isCounted: Bool, _ connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            UPDATE job SET state = 'waiting', lease_owner = NULL, not_before = $2, error = $3, attempts = attempts - $4
            WHERE id = $1
            """, [.text(id), .time(notBefore), .text(reason), .integer(isCounted ? 0 : 1)])
    }
}
