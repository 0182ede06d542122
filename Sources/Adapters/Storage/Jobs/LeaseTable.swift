internal import Foundation
internal import Jobs

/// Who holds which job.
enum LeaseTable {
    /// The job that has waited longest among those due. Writers wait for each other before they read, so no two workers find the same.
    static func claim(
        _ kinds: Set<String>, by owner: String, except: Set<JobID>, at: Date, _ connection: any SQLConnection
    ) throws -> (job: Job, lease: JobLease)? {
        guard let id = try next(kinds, except: except, at: at, connection) else { return nil }
        try connection.execute(
            """
            UPDATE job SET state = 'running', lease_owner = $2, lease_number = lease_number + 1, lease_renewals = 0,
                attempts = attempts + 1, not_before = NULL, progress_done = 0, progress_total = NULL, progress_what = '',
                started_at = $3, finished_at = NULL
            WHERE id = $1
            """, [.text(id), .text(owner), .time(at)])
        let number = try connection.integer("SELECT lease_number FROM job WHERE id = $1", [.text(id)])
        return (try JobTable.job(id, connection), JobLease(job: id, owner: owner, number: number))
    }

    static func next(_ kinds: Set<String>, except: Set<JobID>, at: Date, _ connection: any SQLConnection) throws -> JobID? {
        let waiting = try connection.rows(
            "SELECT id, kind, not_before FROM job WHERE state = 'waiting' ORDER BY asked_at, id"
        ) { (id: try $0.text(0), kind: try $0.text(1), notBefore: $0.isNull(2) ? nil : try $0.time(2)) }
        return waiting.first { kinds.contains($0.kind) && !except.contains($0.id) && RetryRule.isDue($0.notBefore, now: at) }?.id
    }

    /// Whether the lease is held; renews it where it is.
    static func renew(_ lease: JobLease, _ connection: any SQLConnection) throws -> Bool {
        try connection.execute(
            """
            UPDATE job SET lease_renewals = lease_renewals + 1
            WHERE id = $1 AND state = 'running' AND lease_owner = $2 AND lease_number = $3
            """, [.text(lease.job), .text(lease.owner), .integer(lease.number)]) == 1
    }

    static func isCancelAsked(_ id: JobID, _ connection: any SQLConnection) throws -> Bool {
        try connection.integer("SELECT is_cancel_asked FROM job WHERE id = $1", [.text(id)]) == 1
    }

    static func all(_ connection: any SQLConnection) throws -> [StandingLease] {
        try connection.rows(
            "SELECT id, lease_owner, lease_number, lease_renewals FROM job WHERE state = 'running' ORDER BY asked_at, id"
        ) {
            StandingLease(JobLease(job: try $0.text(0), owner: try $0.text(1), number: try $0.integer(2)), renewals: try $0.integer(3))
        }
    }
}
