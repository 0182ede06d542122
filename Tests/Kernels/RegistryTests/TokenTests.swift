import Foundation
import Testing
import Vocabulary

@testable import Registry

@Suite("令牌不多于本人") struct TokenTests {
    private let today = Day(year: 2026, month: 9, day: 1)
    private let city = Person(id: "c", name: "市基教科", grants: [Grant(.cityOfficer)])
    private let county = Person(id: "o", name: "清河县督导室", grants: [Grant(.countyOfficer, county: "清河县")])

    @Test("只有勾选的权限") func duties() {
        let limited = city.limited(to: TokenScope(duties: [.look]))
        #expect(limited.may(.look, in: "清河县", today: today) && limited.may(.look, in: nil, today: today))
        #expect(!limited.may(.review, in: "清河县", today: today))
        #expect(limited.counties(.review, today: today) == [])
    }

    @Test("限一个县的，别的县看不到，全市的也看不到") func place() {
        let limited = city.limited(to: TokenScope(duties: [.look, .review], county: "清河县"))
        #expect(limited.may(.review, in: "清河县", today: today))
        #expect(!limited.may(.look, in: "东岭县", today: today) && !limited.may(.look, in: nil, today: today))
    }

    @Test("本人没有的，令牌写了也没有") func neverMore() {
        let limited = county.limited(to: TokenScope(duties: Set(Duty.allCases), county: "东岭县"))
        for duty in Duty.allCases { #expect(limited.counties(duty, today: today) == []) }
        let wide = county.limited(to: TokenScope(duties: Set(Duty.allCases)))
        #expect(wide.counties(.look, today: today) == ["清河县"] && wide.counties(.freeze, today: today) == [])
    }

    @Test("职责到期，令牌跟着失效") func ends() {
        let deputy = Person(id: "d", name: "代管", grants: [Grant(.cityOfficer, until: Day(year: 2026, month: 8, day: 31))])
        #expect(!deputy.limited(to: TokenScope(duties: [.look])).may(.look, in: nil, today: today))
    }

    @Test("要不到自己没有的权限，也要不到太久") func complaints() {
        func complaints(_ duties: Set<Duty>, county: String? = nil, last: Day?) -> [String] {
            AccessToken.complaints(
                name: "数据中台", scope: TokenScope(duties: duties, county: county), lastDay: last, latest: Day(year: 2027, month: 9, day: 2),
                owner: self.county, today: today)
        }
        #expect(complaints([.look], last: Day(year: 2026, month: 12, day: 31)).isEmpty)
        #expect(complaints([.freeze], last: Day(year: 2026, month: 12, day: 31)).contains { $0.contains("“冻结”") })
        #expect(complaints([.look], county: "东岭县", last: Day(year: 2026, month: 12, day: 31)).contains { $0.contains("东岭县") })
        #expect(complaints([.look], last: Day(year: 2028, month: 1, day: 1)).contains { $0.contains("最晚") })
        #expect(complaints([.look], last: Day(year: 2026, month: 8, day: 31)).contains { $0.contains("过去") })
        #expect(complaints([], last: nil).count == 2)
    }

    @Test("校长要得到自己学校的令牌，要不到别校的") func ofSchool() {
        let head = Person(id: "h", name: "校长", grants: [Grant(.schoolHead, county: "清河县", school: "1003")])
        func complaints(_ duties: Set<Duty>, _ school: String?) -> [String] {
            AccessToken.complaints(
                name: "本校", scope: TokenScope(duties: duties, county: school == nil ? nil : "清河县", school: school), lastDay: today,
                latest: today, owner: head, today: today)
        }
        #expect(complaints([.look, .handle], "1003").isEmpty)
        #expect(complaints([.look], nil).isEmpty)
        #expect(complaints([.look], "1004").contains { $0.contains("“查看”") })
        #expect(complaints([.look, .handIn], "1003").count == 2)
    }

    @Test("停用的和过了最后一天的都不能用") func alive() {
        var token = AccessToken(
            id: "t", owner: "o", name: "n", scope: TokenScope(duties: [.look]), createdAt: Date(timeIntervalSince1970: 0), lastDay: today)
        #expect(token.isAlive(on: today) && !token.isAlive(on: Day(year: 2026, month: 9, day: 2)))
        token.revokedAt = Date(timeIntervalSince1970: 1)
        #expect(!token.isAlive(on: today))
    }

    @Test("再试的间隔越来越长，试够了就停") func patience() {
        let patience = HookPatience(first: 10, attempts: 4, failures: 9)
        #expect((1...4).map { patience.pause(after: $0) } == [10, 40, 160, nil])
        #expect(HookPatience(first: 10_000, attempts: 9).pause(after: 5) == 21_600)
    }

    @Test("换密钥后新旧同签一天") func rotation() {
        let secrets = HookSecrets(secret: "new", former: "old", formerUntil: Date(timeIntervalSince1970: 100))
        #expect(secrets.signing(at: Date(timeIntervalSince1970: 99)) == ["new", "old"])
        #expect(secrets.signing(at: Date(timeIntervalSince1970: 100)) == ["new"])
    }
}
