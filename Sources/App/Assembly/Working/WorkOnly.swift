internal import Jobs
internal import Logging
internal import Operations
internal import Storage

/// A worker without pages.
public struct WorkOnly: Sendable {
    private let worker: Worker
    private let drain: Duration

    public init(_ installation: Installation, settings: ServerSettings) {
        let level = Logger.Level(rawValue: settings.logLevel) ?? .notice
        drain = .seconds(settings.drainSeconds)
        let evaluations = StoreEvaluations(
            returns: installation.storage.returns, snapshots: installation.storage.snapshots, catalogue: installation.catalogue)
        worker = Worker(
            jobs: installation.storage.jobs, kinds: installation.jobKinds(evaluations, program: settings.version),
            owner: installation.storage.servers.process,
            slots: max(1, settings.workers), pace: settings.workerPace, logger: Logger(label: "junheng") { _ in JSONLines(level: level) })
    }

    /// Works until `stop`.
    public func run() async { await worker.run() }

    /// Takes no more jobs and ends those that want to be ended.
    public func stop() async { _ = await worker.stop(within: drain) }
}
