import Testing
import Vocabulary

@testable import Registry

@Suite("谁能做什么") struct PersonTests {
    private let today = Day(year: 2026, month: 9, day: 1)
    private let officer = Person(id: "o", name: "清河县督导室", grants: [Grant(.countyOfficer, county: "清河县")])

    @Test("县里的人只管本县") func ownCounty() {
        #expect(officer.may(.handIn, in: "清河县", today: today))
        #expect(!officer.may(.handIn, in: "东岭县", today: today))
        #expect(!officer.may(.handIn, in: nil, today: today))
        #expect(officer.counties(.handIn, today: today) == ["清河县"])
        #expect(officer.counties(.review, today: today) == [])
    }

    @Test("报的人不审，审的人不报") func separation() {
        for role in Role.allCases where role != .administrator {
            #expect(!role.duties.isSuperset(of: [.submit, .review]), "\(role)")
            #expect(!role.duties.isSuperset(of: [.reportProgress, .supervise]), "\(role)")
        }
    }

    @Test("代管到期就失效") func delegation() {
        let deputy = Person(id: "d", name: "代管", grants: [Grant(.cityOfficer, until: Day(year: 2026, month: 8, day: 31))])
        #expect(deputy.may(.review, in: "清河县", today: Day(year: 2026, month: 8, day: 31)))
        #expect(!deputy.may(.review, in: "清河县", today: today))
        #expect(deputy.counties(.review, today: today) == [])
    }

    @Test("没有权限时说清找谁") func words() {
        let refusal = #expect(throws: NotAllowed.self) { try officer.require(.freeze, in: "清河县", today: today) }
        #expect(refusal?.message.contains("市基教科") == true && refusal?.message.contains("“冻结”") == true)
    }
}
