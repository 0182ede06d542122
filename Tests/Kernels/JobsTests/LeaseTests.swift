import Foundation
import Testing

@testable import Jobs

@Suite("任务的租约和再试") struct LeaseTests {
    private let lease = JobLease(job: "j1", owner: "甲", number: 1)

    private func looks(_ watch: inout LeaseWatch, _ renewals: Int..., own: String = "乙") -> [Int] {
        renewals.enumerated().filter { !watch.look([StandingLease(lease, renewals: $0.element)], own: own).isEmpty }.map(\.offset)
    }

    @Test("一直续的租约不会过期，停住的要看满规定的次数才算") func standing() {
        var watch = LeaseWatch()
        #expect(looks(&watch, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).isEmpty)
        #expect(looks(&watch, 10, 10, 10, 10, 10, 11, 11, 11, 11, 11, 11).isEmpty, "one renewal starts the count anew")
        #expect(looks(&watch, 11) == [0])
    }

    @Test("第一次见到时不知道它停了多久，从头数起") func firstLook() {
        var watch = LeaseWatch()
        let out = looks(&watch, 500, 500, 500, 500, 500, 500, 500)
        #expect(out == [LeaseWatch.patience])
    }

    @Test("自己的租约从不算过期；换了编号是另一份租约") func own() {
        var watch = LeaseWatch()
        #expect(looks(&watch, 1, 1, 1, 1, 1, 1, 1, 1, 1, own: "甲").isEmpty)
        for _ in 0..<LeaseWatch.patience { _ = watch.look([StandingLease(lease, renewals: 3)], own: "乙") }
        let next = StandingLease(JobLease(job: "j1", owner: "甲", number: 2), renewals: 3)
        #expect(watch.look([next], own: "乙").isEmpty)
    }

    @Test("没做成的隔一会儿再试，越隔越久，五次为止") func retry() {
        let now = Date(timeIntervalSince1970: 1_757_000_000)
        let gaps = (1...5).map { RetryRule.next(after: $0, at: now).map { $0.timeIntervalSince(now) } }
        #expect(gaps == [2, 10, 60, 300, nil])
    }

    @Test("时钟跳了也不会永远等下去，也不会提前太多") func clock() {
        let now = Date(timeIntervalSince1970: 1_757_000_000)
        #expect(RetryRule.isDue(nil, now: now) && RetryRule.isDue(now, now: now))
        #expect(!RetryRule.isDue(now.addingTimeInterval(60), now: now))
        #expect(RetryRule.isDue(now.addingTimeInterval(86_400), now: now), "written by a clock that was a day ahead")
    }

    @Test("进度的百分数") func progress() {
        #expect(JobProgress(done: 3, total: nil).percent == nil && JobProgress(done: 0, total: 0).percent == nil)
        #expect(JobProgress(done: 1, total: 3).percent == 33 && JobProgress(done: 9, total: 3).percent == 100)
    }
}
