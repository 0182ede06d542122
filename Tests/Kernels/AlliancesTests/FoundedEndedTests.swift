import Alliances
import Testing
import Vocabulary

@Suite("教联体：补登记") struct FoundedEndedTests {
    @Test("一次登记已经结束的：结束不早于成立，成员在那以前退出，日期都已经到了") func foundedEnded() throws {
        let rules = try Small.rules().0
        func told(_ ended: String, member until: String?) -> String {
            var alliance = Small.alliance(members: [Small.supported("A", until: until)])
            (alliance.ended, alliance.reason) = (Small.day(ended), "调整")
            return Small.refused {
                var register = AllianceRegister()
                try register.found([alliance], rules: rules, today: Small.today)
            }
        }
        #expect(told("2025-07-01", member: "2025-07-01") == "")
        #expect(told("2024-01-01", member: "2024-10-08").contains("结束日期2024-01-01早于成立日期2024-10-08"))
        #expect(told("2030-01-01", member: "2025-07-01").contains("结束日期2030-01-01还没有到"))
        #expect(told("2025-07-01", member: "2025-09-01").contains("“A校”却没有在那以前退出"))
        let late = Small.alliance(members: [Small.supported("A", until: "2030-01-01")])
        #expect(
            Small.refused {
                var register = AllianceRegister()
                try register.found([late], rules: rules, today: Small.today)
            }.contains("“A校”的退出日期2030-01-01还没有到"))
    }
}
