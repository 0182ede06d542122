import Foundation
import Indicators
import Jobs
import Logging
import Storage
import Synchronization
import Testing
import Vocabulary

@testable import Assembly

/// A kind of work that does what the test says.
private final class Told: JobKind {
    let id: String
    let isLong: Bool
    let label = LocalizedText(zh: "试验", en: "Trial")
    let isFinishedBeforeStop: Bool
    let runs = Mutex<[Int]>([])
    let givenUp = Mutex<[String]>([])
    private let body: @Sendable (Job, any JobRun) async throws -> JobResult

    init(
        _ id: String = "told", isLong: Bool = false, isFinishedBeforeStop: Bool = false,
        _ body: @escaping @Sendable (Job, any JobRun) async throws -> JobResult
    ) {
        self.id = id
        self.isLong = isLong
        self.isFinishedBeforeStop = isFinishedBeforeStop
        self.body = body
    }

    func run(_ job: Job, _ run: any JobRun) async throws -> JobResult {
        runs.withLock { $0.append(job.attempts) }
        return try await body(job, run)
    }

    func giveUp(_ job: Job, reason: String) async throws { givenUp.withLock { $0.append(reason) } }
}

@Suite("做任务的程序") struct WorkerTests {
    private func worker(_ storage: Storage, _ kinds: Told..., owner: String = "甲", ahead: Double = 0) -> Worker {
        var pace = Worker.Pace()
        (pace.beat, pace.poll, pace.report) = (.milliseconds(40), .milliseconds(20), .milliseconds(20))
        // Every look at the clock is ten minutes later: no delay of a next try is waited for.
        let looks = Mutex(0.0)
        return Worker(jobs: storage.jobs, kinds: kinds, owner: owner, slots: 2, pace: pace, logger: Logger(label: "test")) {
            Date().addingTimeInterval(
                looks.withLock { looks in
                    looks += ahead
                    return looks
                })
        }
    }

    private func add(_ storage: Storage, _ id: JobID = "j1", kind: String = "told") async throws {
        _ = try await storage.jobs.add(
            JobOrder(id: id, kind: kind, title: "试验", input: "", duty: "handIn", county: nil, person: "u", name: "李科员", at: Date()))
    }

    private func ended(_ storage: Storage, _ id: JobID = "j1", _ isEnough: (Job) -> Bool = { !$0.state.isOpen }) async throws -> Job {
        for _ in 0..<1_000 {
            if let job = try await storage.jobs.job(id), isEnough(job) { return job }
            try await Task.sleep(for: .milliseconds(10))
        }
        return try #require(try await storage.jobs.job(id))
    }

    private func nap(_ run: any JobRun) async throws {
        while !run.isCancelled { try await Task.sleep(for: .milliseconds(5)) }
        throw CancellationError()
    }

    @Test("做成：进度看得到，结果留下") func done() async throws {
        let desk = try await Desk()
        let storage = desk.installation.storage
        let kind = Told { _, run in
            run.report(JobProgress(done: 1, total: 2, what: "一半"))
            while true {
                if try await storage.jobs.job("j1")?.progress.what == "一半" { return JobResult(summary: "做完了") }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        let worker = worker(storage, kind)
        let working = Task { await worker.run() }
        try await add(storage)
        let job = try await ended(storage)
        #expect(job.state == .done && job.result?.summary == "做完了" && job.progress.percent == 50)
        #expect(await worker.stop(within: .seconds(5)))
        await working.value
    }

    @Test("说得清的不成当场告诉人；说不清的自动再试五次，最后收拾干净") func failing() async throws {
        let desk = try await Desk()
        let storage = desk.installation.storage
        let plain = Told { _, _ in throw JobFailure("清河县缺数据，请先补齐") }
        let one = worker(storage, plain)
        let working = Task { await one.run() }
        try await add(storage)
        #expect(try await ended(storage).error == "清河县缺数据，请先补齐")
        _ = await one.stop(within: .seconds(5))
        await working.value
        #expect(plain.runs.withLock { $0 } == [1] && plain.givenUp.withLock { $0 } == ["清河县缺数据，请先补齐"])

        let odd = Told { _, _ in throw CocoaError(.fileReadUnknown) }
        let two = worker(storage, odd, ahead: 600)
        let again = Task { await two.run() }
        try await add(storage, "j2")
        let job = try await ended(storage, "j2")
        #expect(job.state == .failed && job.error.contains("试了5次"))
        _ = await two.stop(within: .seconds(5))
        await again.value
        #expect(odd.runs.withLock { $0 } == [1, 2, 3, 4, 5])
    }

    @Test("数据库一时不通不算没做成，隔一会儿再来") func passing() async throws {
        let desk = try await Desk()
        let storage = desk.installation.storage
        let kind = Told { job, _ in
            if job.attempts < 3 { throw StoreUnavailable("数据库正忙", detail: "") }
            return JobResult(summary: "好了")
        }
        let worker = worker(storage, kind, ahead: 600)
        let working = Task { await worker.run() }
        try await add(storage)
        let job = try await ended(storage)
        #expect(job.result?.summary == "好了" && job.attempts == 3)
        _ = await worker.stop(within: .seconds(5))
        await working.value
    }

    @Test("取消正在做的：停下、收拾，不留结果") func cancelling() async throws {
        let desk = try await Desk()
        let storage = desk.installation.storage
        let kind = Told { [self] _, run in
            try await nap(run)
            return JobResult(summary: "不该有")
        }
        let worker = worker(storage, kind)
        let working = Task { await worker.run() }
        try await add(storage)
        _ = try await ended(storage) { $0.state == .running }
        _ = try await storage.jobs.cancel("j1", at: Date())
        let job = try await ended(storage)
        #expect(job.state == .cancelled && job.result == nil)
        _ = await worker.stop(within: .seconds(5))
        await working.value
        #expect(kind.givenUp.withLock { $0 } == [""])
    }

    @Test("算几分钟的任务占不满：读表这样的快事不用等它们") func long() async throws {
        let desk = try await Desk()
        let storage = desk.installation.storage
        let long = Told("long", isLong: true) { [self] _, run in
            try await nap(run)
            return JobResult(summary: "不该有")
        }
        let quick = Told("quick") { _, _ in JobResult(summary: "读完了") }
        let worker = worker(storage, long, quick)
        for id in ["l1", "l2", "l3"] { try await add(storage, id, kind: "long") }
        let working = Task { await worker.run() }
        _ = try await ended(storage, "l1") { $0.state == .running }
        try await add(storage, "q1", kind: "quick")
        #expect(try await ended(storage, "q1").result?.summary == "读完了")
        let (first, second) = (try await storage.jobs.job("l1"), try await storage.jobs.job("l2"))
        #expect(first?.state == .running && second?.state == .waiting)
        _ = await worker.stop(within: .seconds(5))
        await working.value
    }

    @Test("停下时：要紧的做完，别的放回去，不算一次") func stopping() async throws {
        let desk = try await Desk()
        let storage = desk.installation.storage
        let long = Told { [self] _, run in
            try await nap(run)
            return JobResult(summary: "不该有")
        }
        let one = worker(storage, long)
        let working = Task { await one.run() }
        try await add(storage)
        _ = try await ended(storage) { $0.state == .running }
        #expect(await one.stop(within: .seconds(20)))
        await working.value
        let back = try #require(try await storage.jobs.job("j1"))
        #expect(back.state == .waiting && back.attempts == 0)

        let urgent = Told(isFinishedBeforeStop: true) { _, _ in
            try await Task.sleep(for: .milliseconds(300))
            return JobResult(summary: "读完了")
        }
        let two = worker(storage, urgent)
        let again = Task { await two.run() }
        _ = try await ended(storage) { $0.state == .running }
        #expect(await two.stop(within: .seconds(20)))
        await again.value
        #expect(try await storage.jobs.job("j1")?.result?.summary == "读完了")
    }

    @Test("停住的程序手上的任务由别的接着做；它醒来时什么也不写，自己停下") func takenOver() async throws {
        let desk = try await Desk()
        let storage = desk.installation.storage
        try await add(storage)
        // Holds the job and never renews: a process that was killed.
        let dead = try #require(try await storage.jobs.claim(["told"], by: "死者", except: [], at: Date()))
        let kind = Told { job, _ in JobResult(summary: "第\(job.attempts)次做成") }
        let worker = worker(storage, kind)
        let working = Task { await worker.run() }
        #expect(try await ended(storage).result?.summary == "第2次做成")
        await #expect(throws: LeaseLost.self) { _ = try await storage.jobs.end(dead.lease, .done(JobResult(summary: "重复")), at: Date()) }
        _ = await worker.stop(within: .seconds(5))
        await working.value

        // One that still computes but has lost its lease.
        try await add(storage, "j2")
        let slow = Told { [self] _, run in
            try await nap(run)
            return JobResult(summary: "不该有")
        }
        let loser = self.worker(storage, slow, owner: "乙")
        let losing = Task { await loser.run() }
        _ = try await ended(storage, "j2") { $0.state == .running }
        _ = try await storage.jobs.takeAllBack(at: Date())
        let taken = try #require(try await storage.jobs.claim(["told"], by: "丙", except: [], at: Date()))
        for _ in 0..<500 where !(await loser.isIdle) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(await loser.isIdle)
        #expect(try await storage.jobs.end(taken.lease, .done(JobResult(summary: "丙做成")), at: Date()).result?.summary == "丙做成")
        #expect(slow.givenUp.withLock { $0 }.isEmpty)
        _ = await loser.stop(within: .seconds(5))
        await losing.value
    }
}
