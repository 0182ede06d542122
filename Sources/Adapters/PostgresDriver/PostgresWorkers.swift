internal import Foundation
internal import Storage

/// Threads with a connection each, started when all others are at work, ended when there was nothing to do.
final class PostgresWorkers: Sendable {
    private let queue: WorkQueue

    init(count: Int, _ address: PostgresAddress, _ limits: PostgresLimits) { queue = WorkQueue(count: count, address, limits) }

    deinit { queue.close() }

    func run<Value: Sendable>(_ work: @escaping @Sendable (PostgresWorker) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.add { worker in
                guard let worker else {
                    continuation.resume(throwing: SQLFault(.busy, "等不到空闲的数据库连接"))
                    return
                }
                continuation.resume(with: Result { try work(worker) })
            }
        }
    }
}

/// What waits to be done, and who does it. All state is guarded by the condition.
private final class WorkQueue: @unchecked Sendable {
    private struct Job {
        let since: Date
        /// Without a worker when its turn never came.
        let work: @Sendable (PostgresWorker?) -> Void
    }

    private let condition = NSCondition()
    private var jobs: [Job] = []
    private var first = 0
    private var threads = 0
    private var idle = 0
    private var isClosed = false
    private let count: Int
    private let address: PostgresAddress
    private let limits: PostgresLimits

    init(count: Int, _ address: PostgresAddress, _ limits: PostgresLimits) {
        self.count = count
        self.address = address
        self.limits = limits
    }

    func add(_ work: @escaping @Sendable (PostgresWorker?) -> Void) {
        condition.lock()
        jobs.append(Job(since: Date(), work: work))
        let waiting = jobs.count - first
        let startsThread = waiting > idle && threads < count
        if startsThread { threads += 1 }
        condition.signal()
        condition.unlock()
        if startsThread { Thread.detachNewThread { self.workLoop() } }
    }

    /// Whoever waits is still served; then the threads end.
    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }

    private func workLoop() {
        let worker = PostgresWorker(address, limits)
        while let job = next() {
            job.work(-job.since.timeIntervalSinceNow > limits.turn ? nil : worker)
        }
    }

    private func next() -> Job? {
        condition.lock()
        defer { condition.unlock() }
        let patience = Date(timeIntervalSinceNow: limits.idle)
        while first == jobs.count {
            idle += 1
            let isInTime = !isClosed && condition.wait(until: patience)
            idle -= 1
            if first == jobs.count, isClosed || !isInTime {
                threads -= 1
                return nil
            }
        }
        let job = jobs[first]
        first += 1
        if first == jobs.count {
            jobs.removeAll(keepingCapacity: true)
            first = 0
        }
        return job
    }
}
