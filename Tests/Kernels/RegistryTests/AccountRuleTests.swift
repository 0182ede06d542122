import Foundation
import Testing
import Vocabulary

@testable import Registry

@Suite("账户的规矩") struct AccountRuleTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private func minute(_ minute: Double) -> Date { start.addingTimeInterval(minute * 60) }

    @Test("密码不合格时一次说全") func password() {
        let rule = PasswordRule()
        #expect(rule.complaints("Qinghe#2026yj", login: "zhang").isEmpty)
        #expect(rule.complaints("清河教育局督导室Ab7", login: "zhang").isEmpty)
        #expect(rule.complaints("abc", login: "zhang").count == 2)
        #expect(rule.complaints("Zhang-River-88", login: "ZHANG").contains { $0.contains("登录名") })
        #expect(rule.complaints("Password-2026", login: "x").contains { $0.contains("人人会猜") })
        #expect(rule.complaints("Aaaaaaa-2026", login: "x").contains { $0.contains("人人会猜") })
        #expect(rule.complaints(String(repeating: "Ab3-", count: 80), login: "x").contains { $0.contains("太长") })
    }

    @Test("密码到期") func age() {
        var rule = PasswordRule()
        #expect(!rule.isExpired(setAt: start, now: start.addingTimeInterval(90 * 86_400)))
        #expect(rule.isExpired(setAt: start, now: start.addingTimeInterval(90 * 86_400 + 1)))
        rule.maxAgeDays = nil
        #expect(!rule.isExpired(setAt: start, now: start.addingTimeInterval(9_000 * 86_400)))
    }

    @Test("连错几次锁多久") func lock() {
        let rule = LockoutRule(failures: 3, minutes: 10)
        #expect(rule.lockedUntil([minute(0), minute(1)], now: minute(1)) == nil)
        #expect(rule.lockedUntil([minute(0), minute(1), minute(2)], now: minute(3)) == minute(12))
        #expect(rule.lockedUntil([minute(0), minute(1), minute(2)], now: minute(12)) == nil)
        // Too far apart to count together.
        #expect(rule.lockedUntil([minute(0), minute(6), minute(11)], now: minute(11)) == nil)
        // One more failure after the lock does not lock again at once.
        #expect(rule.lockedUntil([minute(0), minute(1), minute(2), minute(13)], now: minute(13)) == nil)
    }

    @Test("会话闲置、到时都会结束") func session() {
        let rule = SessionRule()
        var session = Session(id: "s", account: "a", stage: .full, startedAt: start, seenAt: start, address: "", agent: "")
        #expect(rule.isAlive(session, now: minute(30)))
        #expect(!rule.isAlive(session, now: minute(31)))
        session.seenAt = minute(719)
        #expect(rule.isAlive(session, now: minute(720)))
        #expect(!rule.isAlive(session, now: minute(721)))
        session.stage = .code
        #expect(!rule.isAlive(session, now: minute(6)))
    }

    @Test("登录名与姓名") func login() {
        #expect(Account.complaints(login: " Zhang.Wei ", name: "张伟").isEmpty)
        #expect(Account.complaints(login: "张伟", name: "").count == 2)
        #expect(Account.normal(" Zhang.Wei ") == "zhang.wei")
    }

    @Test("审计员只看审计，家长什么也不管") func separation() {
        #expect(Role.auditor.duties == [.readAudit])
        #expect(Role.family.duties.isEmpty)
        #expect(Role.allCases.filter { $0.duties.contains(.manageAccounts) } == [.administrator])
    }

    @Test("没有别的角色能办的事，说清找管理员") func words() {
        let person = Person(id: "o", name: "王科长", grants: [Grant(.cityOfficer)])
        let refusal = #expect(throws: NotAllowed.self) {
            try person.require(.manageAccounts, in: nil, today: Day(year: 2026, month: 9, day: 1))
        }
        #expect(refusal?.message == "王科长没有全市的“管理账户”权限。这件事由系统管理员办理，请联系管理员")
    }

    @Test("两条不同的记录不会写成同一段文字") func canonical() {
        let one = AuditEntry(at: start, person: "a", name: "b\n1:c", action: "d", object: "", outcome: .done, address: "")
        let other = AuditEntry(at: start, person: "a", name: "b", action: "c\n1:d", object: "", outcome: .done, address: "")
        #expect(AuditChain.text(one, number: 1, previous: "") != AuditChain.text(other, number: 1, previous: ""))
    }
}
