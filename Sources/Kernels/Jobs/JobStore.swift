public import Foundation

/// Keeps jobs. What is wrong for a person is the store's refusal in the person's words.
public protocol JobStore: Sendable {
    // MARK: For pages

    /// Takes an order; the job waits for a worker.
    func add(_ order: JobOrder) async throws -> Job
    /// Takes an order with what it is worked out of, which may hold personal data: kept sealed, and gone as soon as the job ends,
    /// however it ends. Both or neither.
    func add(_ order: JobOrder, handing paper: [UInt8]) async throws -> Job
    func job(_ id: JobID) async throws -> Job?
    /// Newest first.
    func jobs(_ filter: JobFilter) async throws -> [Job]
    /// How many jobs are waiting or running, by who asked.
    func openCounts() async throws -> [String: Int]
    /// A waiting job ends at once; a running one when its worker hears of it.
    func cancel(_ id: JobID, at: Date) async throws -> Job
    /// Lets a job that failed or was cancelled wait again, with all its tries before it.
    func retry(_ id: JobID, at: Date) async throws -> Job
    /// The bytes of the result's file.
    func bytes(of id: JobID) async throws -> [UInt8]?

    // MARK: For workers

    /// What a job was handed; nil where it was handed nothing or has ended.
    func paper(of id: JobID) async throws -> [UInt8]?

    /// The job that has waited longest, of these kinds and not one of those; nil where none is due. The worker holds it from now on.
    func claim(_ kinds: Set<String>, by owner: String, except: Set<JobID>, at: Date) async throws -> (job: Job, lease: JobLease)?
    /// Renews leases; answers those still held, each with whether its job is asked to stop.
    func renew(_ leases: [JobLease]) async throws -> [JobLease: Bool]
    /// Writes progress and renews the lease; whether the job is asked to stop. Throws `LeaseLost`.
    func report(_ progress: JobProgress, _ lease: JobLease) async throws -> Bool
    /// Ends a try. Throws `LeaseLost`: then nothing was written.
    func end(_ lease: JobLease, _ ending: JobEnding, at: Date) async throws -> Job
    /// All leases there are.
    func leases() async throws -> [StandingLease]
    /// Takes leases back that have not been renewed since they were seen; answers their jobs, which wait again or have ended.
    func takeBack(_ standing: [StandingLease], at: Date) async throws -> [Job]
    /// The same for every lease there is, where it is certain that no other worker lives.
    func takeAllBack(at: Date) async throws -> [Job]
}

/// Which jobs to list.
public struct JobFilter: Hashable, Sendable {
    /// Whose: nil for everybody's.
    public var person: String?
    /// Together with the person's, those about these counties; nil for all.
    public var counties: Set<String>?
    public var states: Set<Job.State>
    public var from: Int
    public var limit: Int

    /// One person's own jobs.
    public init(of person: String, states: Set<Job.State> = [], from: Int = 0, limit: Int = 50) {
        self.person = person
        counties = []
        self.states = states
        self.from = from
        self.limit = limit
    }

    /// What a person may see: their own, and those about the counties they may look at (nil for all).
    public init(seenBy person: String, counties: Set<String>?, states: Set<Job.State> = [], from: Int = 0, limit: Int = 50) {
        self.person = counties == nil ? nil : person
        self.counties = counties
        self.states = states
        self.from = from
        self.limit = limit
    }
}
