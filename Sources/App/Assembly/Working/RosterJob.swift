internal import Jobs
internal import Plans
internal import Vocabulary

/// A plan worked out of the roster a job was handed. Run again from the start after it was broken off anywhere: a plan that was kept is
/// found by the job's id, and the roster stays with the job until it ends.
struct RosterJob: JobKind {
    typealias Say = @Sendable (_ words: String, _ isTimed: Bool) -> Void

    let id: String
    let label: LocalizedText
    private let jobs: any JobStore
    private let seconds: @Sendable (Job) -> Int
    private let kept: @Sendable (Job) async throws -> JobResult?
    private let work: @Sendable (Job, [UInt8], _ isCancelled: @escaping @Sendable () -> Bool, @escaping Say) async throws -> JobResult

    /// `seconds` is how long it may take; `kept` the result of an earlier try; `search` takes a thread for itself, and `keep` stores
    /// what it found.
    init<Found: Sendable>(
        _ id: String, _ label: LocalizedText, jobs: any JobStore, seconds: @escaping @Sendable (Job) -> Int,
        kept: @escaping @Sendable (Job) async throws -> JobResult?,
        search: @escaping @Sendable (Job, [UInt8], @escaping @Sendable () -> Bool, @escaping Say) throws -> Found,
        keep: @escaping @Sendable (Found, Job) async throws -> JobResult
    ) {
        self.id = id
        self.label = label
        self.jobs = jobs
        self.seconds = seconds
        self.kept = kept
        work = { job, paper, isCancelled, say in
            let found = try await OwnThread.run { try search(job, paper, isCancelled, say) }
            if isCancelled() { throw CancellationError() }
            return try await keep(found, job)
        }
    }

    var isLong: Bool { true }
    /// The roster is gone with the end of the job.
    var isRepeatable: Bool { false }

    func run(_ job: Job, _ run: any JobRun) async throws -> JobResult {
        if let result = try await kept(job) { return result }
        guard let paper = try await jobs.paper(of: job.id) else { throw JobFailure("交来的名册已经删去，请重新上传名册再做") }
        let telling = PathTelling(run: run, place: 0, of: 1, county: job.order.county ?? "", seconds: seconds(job))
        telling.say("读取名册")
        return try await telling.during {
            try await work(job, paper, { run.isCancelled }, { telling.say($0, isTimed: $1) })
        }
    }
}
