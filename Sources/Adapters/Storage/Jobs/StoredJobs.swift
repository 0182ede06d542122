internal import Foundation
internal import Jobs
internal import Registry

/// Jobs in the database; what each question promises stands at the port.
struct StoredJobs: JobStore {
    let driver: any SQLDriver
    let fields: any PersonalFields

    private static let body = FieldColumn("job_paper", "sealed_body")

    func add(_ order: JobOrder) async throws -> Job {
        try await driver.write { connection in
            try JobTable.add(order, connection)
            return try JobTable.job(order.id, connection)
        }
    }

    func add(_ order: JobOrder, handing paper: [UInt8]) async throws -> Job {
        let sealed: String = try fields.seal(Data(paper).base64EncodedString(), at: StoredJobs.body.row(order.id))
        return try await driver.write { connection in
            try JobTable.add(order, connection)
            try connection.execute(
                "INSERT INTO job_paper (job_id, sealed_body, handed_at) VALUES ($1, $2, $3)",
                [.text(order.id), .text(sealed), .time(order.at)])
            return try JobTable.job(order.id, connection)
        }
    }

    func job(_ id: JobID) async throws -> Job? { try await driver.read { try JobTable.find(id, $0) } }

    func jobs(_ filter: JobFilter) async throws -> [Job] { try await driver.read { try JobTable.list(filter, $0) } }

    func openCounts() async throws -> [String: Int] {
        let pairs = try await driver.read {
            try $0.rows("SELECT asked_by, COUNT(*) FROM job WHERE state IN ('waiting', 'running') GROUP BY asked_by") {
                (try $0.text(0), try $0.integer(1))
            }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    func cancel(_ id: JobID, at: Date) async throws -> Job { try await driver.write { try EndJob.cancel(id, at: at, $0) } }

    func retry(_ id: JobID, at: Date) async throws -> Job { try await driver.write { try EndJob.retry(id, at: at, $0) } }

    func bytes(of id: JobID) async throws -> [UInt8]? {
        try await driver.read { connection in
            guard try JobTable.find(id, connection)?.result?.file != nil else { return nil }
            return try connection.rows("SELECT body FROM job_file WHERE job_id = $1 ORDER BY number", [.text(id)]) { try $0.bytes(0) }
                .flatMap { $0 }
        }
    }

    // MARK: For workers

    func paper(of id: JobID) async throws -> [UInt8]? {
        let sealed = try await driver.read {
            try $0.first("SELECT sealed_body FROM job_paper WHERE job_id = $1", [.text(id)]) { try $0.text(0) }
        }
        guard let sealed else { return nil }
        let text: String = try fields.open(sealed, at: StoredJobs.body.row(id))
        return Data(base64Encoded: text).map(Array.init)
    }

    func claim(_ kinds: Set<String>, by owner: String, except: Set<JobID>, at: Date) async throws -> (job: Job, lease: JobLease)? {
        // Asked again and again while nothing waits: that must not make other writers wait.
        guard try await driver.read({ try LeaseTable.next(kinds, except: except, at: at, $0) }) != nil else { return nil }
        return try await driver.write { try LeaseTable.claim(kinds, by: owner, except: except, at: at, $0) }
    }

    func renew(_ leases: [JobLease]) async throws -> [JobLease: Bool] {
        guard !leases.isEmpty else { return [:] }
        return try await driver.write { connection in
            var held: [JobLease: Bool] = [:]
            for lease in leases where try LeaseTable.renew(lease, connection) {
                held[lease] = try LeaseTable.isCancelAsked(lease.job, connection)
            }
            return held
        }
    }

    func report(_ progress: JobProgress, _ lease: JobLease) async throws -> Bool {
        try await driver.write { connection in
            guard try LeaseTable.renew(lease, connection) else { throw LeaseLost() }
            try connection.execute(
                "UPDATE job SET progress_done = $2, progress_total = $3, progress_what = $4 WHERE id = $1",
                [.text(lease.job), .integer(progress.done), .integer(progress.total), .text(progress.what)])
            return try LeaseTable.isCancelAsked(lease.job, connection)
        }
    }

    func end(_ lease: JobLease, _ ending: JobEnding, at: Date) async throws -> Job {
        try await driver.write { try EndJob.end(lease, ending, at: at, $0) }
    }

    func leases() async throws -> [StandingLease] { try await driver.read { try LeaseTable.all($0) } }

    func takeBack(_ standing: [StandingLease], at: Date) async throws -> [Job] {
        guard !standing.isEmpty else { return [] }
        return try await driver.write { try EndJob.takeBack(standing, at: at, $0) }
    }

    func takeAllBack(at: Date) async throws -> [Job] {
        try await driver.write { try EndJob.takeBack(LeaseTable.all($0), at: at, $0) }
    }
}
