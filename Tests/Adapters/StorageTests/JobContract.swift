import Foundation
import Indicators
import Jobs
import Registry
import Storage
import Testing

@Suite("任务表") struct JobContract {
    private let now = Desk.signed("").at

    private func order(_ id: JobID, kind: String = "plan", person: String = "u1", county: String? = "清河县", minute: Double = 0) -> JobOrder {
        JobOrder(
            id: id, kind: kind, title: "算“\(id)”", input: "{}", duty: "handIn", county: county, person: person, name: "李科员",
            at: now.addingTimeInterval(minute * 60))
    }

    private func claim(_ storage: Storage, _ owner: String, except: Set<JobID> = []) async throws -> (job: Job, lease: JobLease)? {
        try await storage.jobs.claim(["plan"], by: owner, except: except, at: now)
    }

    @Test("先来先做，只拿自己会做的，一项只归一个", arguments: Engine.allCases) func claiming(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let jobs = desk.storage.jobs
        _ = try await jobs.add(order("b", minute: 1))
        _ = try await jobs.add(order("x", kind: "other"))
        _ = try await jobs.add(order("a"))
        #expect(try await jobs.openCounts() == ["u1": 3])
        let other = try await desk.reopened()
        let first = try #require(try await claim(desk.storage, "甲"))
        #expect(first.job.id == "a" && first.job.state == .running && first.job.attempts == 1)
        #expect(try await claim(other, "乙", except: ["b"]) == nil)
        #expect(try await claim(other, "乙")?.job.id == "b")
        #expect(try await claim(other, "乙") == nil)
    }

    @Test("二十个同时抢，没有一项被两个拿到，也没有一项落下", arguments: Engine.allCases) func rush(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        for number in 0..<20 { _ = try await desk.storage.jobs.add(order("j\(number)")) }
        let stores = [desk.storage.jobs, try await desk.reopened().jobs]
        let now = now
        let taken = try await withThrowingTaskGroup(of: [JobID].self) { group in
            for worker in 0..<6 {
                group.addTask {
                    var mine: [JobID] = []
                    while let claimed = try await stores[worker % 2].claim(["plan"], by: "w\(worker)", except: [], at: now) {
                        mine.append(claimed.job.id)
                    }
                    return mine
                }
            }
            return try await group.reduce(into: [JobID]()) { $0 += $1 }
        }
        #expect(taken.count == 20 && Set(taken).count == 20)
    }

    @Test("进度、取消、结果和结果文件原样取回", arguments: Engine.allCases) func whole(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let jobs = desk.storage.jobs
        _ = try await jobs.add(order("a"))
        let lease = try #require(try await claim(desk.storage, "甲")).lease
        #expect(try await jobs.report(JobProgress(done: 3, total: 9, what: "第3个县"), lease) == false)
        #expect(try await jobs.job("a")?.progress == JobProgress(done: 3, total: 9, what: "第3个县"))
        _ = try await jobs.cancel("a", at: now)
        #expect(try await jobs.report(JobProgress(done: 4, total: 9), lease) == true)
        #expect(try await jobs.renew([lease]) == [lease: true])
        let bytes = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let result = JobResult(
            summary: "做完了", page: "/plans/1", json: "{\"a\":1}", file: JobFile(name: "汇总.xlsx", type: "x/y", bytes: bytes))
        let done = try await jobs.end(lease, .done(result), at: now)
        #expect(done.state == .done && done.result?.summary == "做完了" && done.result?.file?.name == "汇总.xlsx" && done.finishedAt == now)
        #expect(try await desk.reopened().jobs.bytes(of: "a") == bytes)
        #expect(try await jobs.openCounts().isEmpty)
        let late = await refusal { _ = try await jobs.cancel("a", at: now) }
        #expect(late?.message.contains("已经结束") == true)
    }

    @Test("交来的名册加密存到任务结束；做完、没做成、取消、死了五次，都不再有", arguments: Engine.allCases)
    func papers(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let jobs = desk.storage.jobs
        let paper = Array("T0001 语文，T0002 数学".utf8)
        for id in ["done", "failed", "waiting", "running", "dead", "again"] { _ = try await jobs.add(order(id), handing: paper) }
        #expect(try await desk.reopened().jobs.paper(of: "done") == paper)
        let stranger = try await Storage(desk.engine.open(desk.folder))
        await #expect(throws: SealRefusal.self, "sealed: without the key nobody reads it") { _ = try await stranger.jobs.paper(of: "done") }
        await #expect(throws: (any Error).self, "a job of that id is there already") { _ = try await jobs.add(order("done"), handing: [1]) }
        var leases: [JobID: JobLease] = [:]
        _ = try await jobs.cancel("waiting", at: now)
        while let claimed = try await claim(desk.storage, "甲") { leases[claimed.job.id] = claimed.lease }
        func lease(_ id: JobID) throws -> JobLease { try #require(leases[id]) }
        #expect(try await jobs.paper(of: "running") == paper)
        _ = try await jobs.end(lease("done"), .done(JobResult(summary: "好")), at: now)
        _ = try await jobs.end(lease("failed"), .failed("不行"), at: now)
        _ = try await jobs.end(lease("again"), .released, at: now)
        _ = try await jobs.cancel("running", at: now)
        _ = try await jobs.end(lease("running"), .cancelled, at: now)
        for id in ["done", "failed", "waiting", "running"] { #expect(try await jobs.paper(of: id) == nil, "\(id)") }
        #expect(try await jobs.paper(of: "again") == paper, "it waits for another worker")
        _ = try await jobs.cancel("again", at: now)
        for _ in 0..<RetryRule.attempts {
            _ = try await jobs.takeAllBack(at: now)
            _ = try await claim(desk.storage, "甲")
        }
        #expect(try await jobs.job("dead")?.state == .failed)
        #expect(try await jobs.paper(of: "dead") == nil)
    }

    @Test("租约被收回之后，原来的那个什么也写不进去", arguments: Engine.allCases) func fenced(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let jobs = desk.storage.jobs
        _ = try await jobs.add(order("a"))
        let old = try #require(try await claim(desk.storage, "甲")).lease
        let seen = try await jobs.leases()
        #expect(seen == [StandingLease(old, renewals: 0)])
        _ = try await jobs.renew([old])
        #expect(try await jobs.takeBack(seen, at: now).isEmpty, "it was renewed since")
        #expect(try await jobs.takeBack(try await jobs.leases(), at: now).map(\.state) == [.waiting])
        let new = try #require(try await claim(desk.storage, "乙"))
        #expect(new.job.attempts == 2 && new.lease.number == old.number + 1)
        await #expect(throws: LeaseLost.self) { _ = try await jobs.report(JobProgress(done: 1), old) }
        await #expect(throws: LeaseLost.self) { _ = try await jobs.end(old, .done(JobResult(summary: "假的")), at: now) }
        #expect(try await jobs.renew([old, new.lease]) == [new.lease: false])
        #expect(try await jobs.end(new.lease, .done(JobResult(summary: "真的")), at: now).result?.summary == "真的")
    }

    @Test("同一个名下重新拿到的，也不认从前的租约", arguments: Engine.allCases) func sameOwner(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let jobs = desk.storage.jobs
        _ = try await jobs.add(order("a"))
        let old = try #require(try await claim(desk.storage, "甲")).lease
        #expect(try await jobs.takeAllBack(at: now).map(\.id) == ["a"])
        let new = try #require(try await claim(desk.storage, "甲")).lease
        await #expect(throws: LeaseLost.self) { _ = try await jobs.end(old, .failed("x"), at: now) }
        #expect(try await jobs.job("a")?.state == .running)
        _ = try await jobs.end(new, .released, at: now)
        #expect(try await jobs.job("a")?.attempts == 1, "a try given back does not count")
    }

    @Test("做一次死一个程序的任务，五次之后算没做成，不会永远“进行中”", arguments: Engine.allCases) func poison(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let jobs = desk.storage.jobs
        _ = try await jobs.add(order("a"))
        for _ in 0..<RetryRule.attempts {
            #expect(try await claim(desk.storage, "甲") != nil)
            _ = try await jobs.takeAllBack(at: now)
        }
        let job = try #require(try await jobs.job("a"))
        #expect(job.state == .failed && job.error.contains("接连停止了5次"))
        let again = try await jobs.retry("a", at: now)
        #expect(again.state == .waiting && again.attempts == 0 && again.error.isEmpty)
    }

    @Test("再试要等到时候；取消等着的任务当场生效，取消过的程序死了也不再做", arguments: Engine.allCases) func waiting(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let jobs = desk.storage.jobs
        _ = try await jobs.add(order("a"))
        let lease = try #require(try await claim(desk.storage, "甲")).lease
        _ = try await jobs.end(lease, .again(reason: "数据库正忙", notBefore: now.addingTimeInterval(60)), at: now)
        #expect(try await claim(desk.storage, "甲") == nil)
        #expect(try await jobs.job("a")?.error == "数据库正忙")
        #expect(try await jobs.claim(["plan"], by: "甲", except: [], at: now.addingTimeInterval(61)) != nil)
        _ = try await jobs.cancel("a", at: now)
        #expect(try await jobs.takeAllBack(at: now).map(\.state) == [.cancelled])
        _ = try await jobs.add(order("b"))
        #expect(try await jobs.cancel("b", at: now).state == .cancelled)
        #expect(try await claim(desk.storage, "甲") == nil)
    }

    @Test("自己的、本县的、全部的，各看各的", arguments: Engine.allCases) func lists(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let jobs = desk.storage.jobs
        for (id, person, county) in [("a", "u1", "清河县"), ("b", "u2", "清河县"), ("c", "u2", "东岭县"), ("d", "u1", nil)]
            as [(String, String, String?)]
        {
            _ = try await jobs.add(order(id, person: person, county: county))
        }
        func ids(_ filter: JobFilter) async throws -> [JobID] { try await jobs.jobs(filter).map(\.id).sorted() }
        #expect(try await ids(JobFilter(of: "u1")) == ["a", "d"])
        #expect(try await ids(JobFilter(seenBy: "u1", counties: ["清河县"])) == ["a", "b", "d"])
        #expect(try await ids(JobFilter(seenBy: "u9", counties: [])) == [])
        #expect(try await ids(JobFilter(seenBy: "u9", counties: nil)) == ["a", "b", "c", "d"])
        _ = try await jobs.cancel("a", at: now)
        #expect(try await ids(JobFilter(of: "u1", states: [.waiting, .running])) == ["d"])
        #expect(try await jobs.jobs(JobFilter(seenBy: "", counties: nil, from: 1, limit: 2)).map(\.id) == ["c", "b"])
    }
}

@Suite("由任务读取的导入") struct ReadingJobContract {
    private let now = Desk.signed("").at
    private let origin = ReturnOrigin(importID: "i1", file: "大表.csv", sheet: "学校数据", columns: Desk.columns)

    private func begin(_ storage: Storage) async throws {
        _ = try await storage.servers.beat(at: now)
        _ = try await storage.jobs.add(
            JobOrder(id: "j1", kind: "read", title: "读", input: "i1", duty: "handIn", county: nil, person: "u", name: "李科员", at: now))
        _ = try await storage.imports.begin(
            ImportStart(
                id: "i1", form: "schools", key: "code", schoolYear: Desk.year, county: nil, file: KeptFile(name: "大表.csv"),
                uploader: Desk.signed("李科员"), job: "j1"))
    }

    @Test("读的服务器死了：导入不作废，接手的从头读，死的那个再写被拒绝", arguments: Engine.allCases) func taken(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let (one, two) = (desk.storage, try await desk.reopened())
        try await begin(one)
        #expect(try await one.imports.restart("i1", at: now).state == .reading)
        try await one.imports.append([Desk.row(2, "A1", "清河县")], from: origin, to: "i1", done: 1, total: 3, at: now)
        for _ in 0...ServerWatch.patience { #expect(try await two.servers.beat(at: now) == 0) }
        #expect(try await two.imports.restart("i1", at: now).progressDone == 0)
        await #expect(throws: ReadingTaken.self) {
            try await one.imports.append([Desk.row(3, "A2", "清河县")], from: origin, to: "i1", done: 2, total: 3, at: now)
        }
        await #expect(throws: ReadingTaken.self) { _ = try await one.imports.refuse("i1", at: now) }
        try await two.imports.append(
            [Desk.row(2, "A1", "清河县"), Desk.row(3, "A2", "清河县")], from: origin, to: "i1", done: 2, total: 2, at: now)
        let read = try await two.imports.finish("i1", rowsRead: 2, refused: 0, schoolYear: nil, at: now)
        #expect(read.state == .preview && read.tally == ImportTally(read: 2, new: 2))
        #expect(try await two.imports.rows(of: "i1", [], from: 0, limit: 9).count == 2)
        #expect(try await one.imports.restart("i1", at: now).state == .preview, "what is read is not read again")
    }

    @Test("任务没有了，没读完的导入标为中断", arguments: Engine.allCases) func orphan(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        try await begin(desk.storage)
        let two = try await desk.reopened()
        _ = try await two.jobs.cancel("j1", at: now)
        try await desk.storage.servers.leave(at: now)
        #expect(try await two.imports.record("i1")?.state == .abandoned)
    }
}
