import Foundation
import Testing

@testable import Registry

@Suite("时钟往回跳") struct ClockRuleTests {
    private let now = Date(timeIntervalSince1970: 1_757_000_000)

    private func session(_ distance: Double) -> Session {
        let then = now.addingTimeInterval(distance)
        return Session(id: "s", account: "1", stage: .full, startedAt: then, seenAt: then, address: "", agent: "")
    }

    @Test("将来开始的会话不作数，差几分钟的算") func sessions() {
        let rule = SessionRule()
        #expect(rule.isAlive(session(-60), now: now))
        #expect(rule.isAlive(session(120), now: now))
        #expect(!rule.isAlive(session(3_600), now: now))
        #expect(!rule.isAlive(session(400 * 86_400), now: now))
    }

    @Test("将来记下的输错不锁现在，刚才的照锁") func lockout() {
        let rule = LockoutRule.account
        let ahead = (0..<5).map { now.addingTimeInterval(7_200 + Double($0)) }
        #expect(rule.lockedUntil(ahead, now: now) == nil)
        let recent = (0..<5).map { now.addingTimeInterval(Double($0) - 60) }
        #expect(rule.lockedUntil(recent, now: now) != nil)
        #expect(rule.lockedUntil(recent + ahead, now: now) != nil)
    }
}
