import Testing
import Vocabulary

@testable import Registry

@Suite("权限到哪里为止") struct ReachTests {
    private let today = Day(year: 2026, month: 9, day: 1)

    private func reach(_ grants: Grant...) -> Reach { Person(id: "p", name: "某人", grants: grants).reach(.look, today: today) }

    @Test("一所学校的职务只到这所学校") func oneSchool() {
        let head = reach(Grant(.schoolHead, county: "清河县", school: "A1"))
        #expect(head.covers(school: "A1", in: "清河县") && !head.covers(school: "A2", in: "清河县") && !head.covers(school: "A1", in: "东岭县"))
        #expect(!head.covers(county: "清河县") && head.touches(county: "清河县") && !head.touches(county: "东岭县"))
        #expect(head.isSchoolsOnly && !head.isEmpty)
    }

    @Test("兼县里的职务就看得到全县") func both() {
        let both = reach(Grant(.schoolHead, county: "清河县", school: "A1"), Grant(.countyOfficer, county: "清河县"))
        #expect(both.covers(school: "A2", in: "清河县") && !both.isSchoolsOnly)
    }

    @Test("该写明县或学校而没写的职务不给权限") func placeless() {
        #expect(reach(Grant(.schoolHead, county: "清河县")).isEmpty)
        #expect(reach(Grant(.countyOfficer)).isEmpty)
        #expect(reach(Grant(.inspector, school: "A1")).isEmpty)
        #expect(reach(Grant(.inspector)).isCity)
        #expect(reach(Grant(.inspector, county: "清河县", school: "A1")).isSchoolsOnly)
    }

    @Test("别的学校的拒绝说清原因") func words() {
        let head = Person(id: "h", name: "校长", grants: [Grant(.schoolHead, county: "清河县", school: "A1")])
        let refusal = #expect(throws: NotAllowed.self) { try head.require(.look, school: "A2", in: "清河县", today: today) }
        #expect(refusal?.message.hasPrefix("校长只能看自己学校的数据") == true)
        let elsewhere = #expect(throws: NotAllowed.self) { try head.require(.look, school: "A2", in: "东岭县", today: today) }
        #expect(elsewhere?.message.contains("东岭县") == true)
    }
}
