import Foundation
import Testing
import Vocabulary

@testable import Registry

@Suite("登录的规矩") struct LoginRuleTests {
    @Test(
        "登录后只去本站的页面",
        arguments: [
            "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "\\/evil", "/\t/evil.example", "/ /x", "",
            "evil", "/login", "/login/code", "/logout", "/setup?x=1", "/页面", "/\u{0}", "/a\r\nX: y",
        ]) func elsewhere(_ text: String)
    {
        #expect(SameSitePath.safe(text) == nil)
    }

    @Test("本站的页面照去", arguments: ["/", "/people?q=a&from=50", "/counties/%E6%B8%85/schools?year=2025#t-schools", "/logins"])
    func here(_ text: String) {
        #expect(SameSitePath.safe(text) == text)
        #expect(SameSitePath.safe(nil) == nil)
        #expect(SameSitePath.safe("/" + String(repeating: "a", count: 2_000)) == nil)
    }

    @Test("恢复码念得出、认得回") func recovery() {
        let written = RecoveryCode.written("0123456789abcdef0123456789abcdef")
        #expect(written == "0123-4567-89ab-cdef-0123")
        #expect(RecoveryCode.plain(" 0123 4567-89AB-cdef-0123 ") == "0123456789abcdef0123")
        #expect(RecoveryCode.isLike(written) && !RecoveryCode.isLike("123456"))
    }

    @Test("谁必须有动态码") func secondFactor() {
        let today = Day(year: 2026, month: 9, day: 1)
        func person(_ grant: Grant) -> Person { Person(id: "p", name: "某人", grants: [grant]) }
        for grant in [Grant(.administrator), Grant(.cityOfficer), Grant(.auditor)] {
            #expect(SecondFactorRule.powers.demands(person(grant), today: today))
        }
        for grant in [Grant(.cityLeader), Grant(.dataClerk, county: "清河县"), Grant(.schoolHead, county: "清河县", school: "A1")] {
            #expect(!SecondFactorRule.powers.demands(person(grant), today: today))
        }
        #expect(!SecondFactorRule.powers.demands(person(Grant(.cityOfficer, until: Day(year: 2026, month: 8, day: 31))), today: today))
        #expect(SecondFactorRule.everyone.demands(person(Grant(.cityLeader)), today: today))
        #expect(!SecondFactorRule.optional.demands(person(Grant(.administrator)), today: today))
    }

    @Test("失败按时段合计") func windows() {
        let rules = LoginRules()
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        #expect(rules.window(start) == start && rules.window(start.addingTimeInterval(899)) == start)
        #expect(rules.window(start.addingTimeInterval(900)) == start.addingTimeInterval(900))
    }
}
