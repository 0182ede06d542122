public import Foundation
public import Jobs
public import Logging

/// Does the jobs of one installation, a few at a time, beside other workers on other machines. Every job is held by a lease that this
/// worker renews; what others stop renewing it takes back.
public actor Worker {
    /// How often things are done.
    public struct Pace: Sendable {
        /// Leases are renewed and the others' looked at.
        public var beat = Duration.seconds(5)
        /// A free worker asks for a job.
        public var poll = Duration.seconds(1)
        /// A running job writes its progress and hears that it is cancelled.
        public var report = Duration.milliseconds(500)
        public init() {}
    }

    let jobs: any JobStore
    let kinds: [String: any JobKind]
    let logger: Logger
    let pace: Pace
    let now: @Sendable () -> Date
    private let owner: String
    private let slots: Int
    private var running: [JobID: RunningJob] = [:]
    private var watch = LeaseWatch()
    private var isStopping = false
    private var isGone = false
    private let bells: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    /// `owner` names this process and no other; `slots` is how many jobs run at once.
    public init(
        jobs: any JobStore, kinds: [any JobKind], owner: String, slots: Int, pace: Pace = Pace(), logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.jobs = jobs
        self.kinds = Dictionary(kinds.map { ($0.id, $0) }) { first, _ in first }
        self.owner = owner
        self.slots = slots
        self.pace = pace
        self.logger = logger
        self.now = now
        (bells, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Works until `stop`.
    public func run() async {
        guard slots > 0 else { return }
        let ticks = Task { [pace, bell] in
            while !Task.isCancelled {
                bell.yield()
                try? await Task.sleep(for: pace.poll)
            }
        }
        let leases = Task { [pace] in
            while !Task.isCancelled {
                await keepLeases()
                try? await Task.sleep(for: pace.beat)
            }
        }
        for await _ in bells { await fill() }
        ticks.cancel()
        while !running.isEmpty, !isGone { try? await Task.sleep(for: .milliseconds(50)) }
        leases.cancel()
    }

    /// There is something new to do.
    public nonisolated func wake() { bell.yield() }

    /// Takes no more jobs. Those that want to end first are given this long; the others, and what is left then, go back to wait for
    /// another worker. Whether everything is out of hand.
    public func stop(within limit: Duration) async -> Bool {
        isStopping = true
        bell.finish()
        for run in running.values where kinds[run.job.kind]?.isFinishedBeforeStop != true { run.stop(.leaving) }
        await settled(within: limit)
        for run in running.values { run.stop(.leaving) }
        await settled(within: .seconds(5))
        isGone = true
        return running.isEmpty
    }

    /// Whether nothing is in hand.
    var isIdle: Bool { running.isEmpty }

    private func settled(within limit: Duration) async {
        let end = ContinuousClock.now + limit
        while !running.isEmpty, ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(50)) }
    }

    /// What this worker would take on now: nothing long on its last free place, unless it has but one.
    private var wanted: Set<String> {
        let long = running.values.count { kinds[$0.job.kind]?.isLong == true }
        return Set(kinds.values.filter { !$0.isLong || long < Swift.max(1, slots - 1) }.map(\.id))
    }

    private func fill() async {
        while !isStopping, running.count < slots {
            do {
                guard let claimed = try await jobs.claim(wanted, by: owner, except: Set(running.keys), at: now()) else { return }
                let run = RunningJob(claimed.job, claimed.lease)
                if isStopping {
                    _ = try await jobs.end(claimed.lease, .released, at: now())
                    return
                }
                running[run.job.id] = run
                Task.detached { await self.carry(run) }
            } catch {
                // A database that is away comes back.
                return
            }
        }
    }

    /// One try of a job, to its end in the store.
    private nonisolated func carry(_ run: RunningJob) async {
        if let kind = kinds[run.job.kind] {
            let body = Task.detached { try await kind.run(run.job, run) }
            run.attach(body)
            let reporter = Task.detached { await self.tell(run) }
            let outcome = await body.result
            reporter.cancel()
            await reporter.value
            await settle(run, kind, outcome)
        }
        await leave(run)
    }

    private func leave(_ run: RunningJob) {
        running[run.job.id] = nil
        bell.yield()
    }

    private func keepLeases() async {
        let held = Array(running.values)
        do {
            let standing = try await jobs.renew(held.map(\.lease))
            for run in held {
                guard let isCancelAsked = standing[run.lease] else {
                    run.stop(.lost)
                    continue
                }
                if isCancelAsked { run.stop(.cancelled) }
            }
            let out = watch.look(try await jobs.leases(), own: owner)
            for job in try await jobs.takeBack(out, at: now()) {
                logger.warning(
                    "job taken back from a worker that stopped", metadata: ["job": "\(job.id)", "state": "\(job.state.rawValue)"])
                if !job.state.isOpen { await giveUp(job) }
            }
            if !out.isEmpty { bell.yield() }
        } catch {
            logger.debug("leases not renewed", metadata: ["error": "\(error)"])
        }
    }
}
