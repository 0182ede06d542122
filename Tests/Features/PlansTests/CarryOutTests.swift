import Indicators
import Testing
import Vocabulary

@testable import Plans

@Suite("照方案办") struct CarryOutTests {
    private func work(_ what: String, _ elements: Set<String>, at place: String, cost: Int) -> PlannedWork {
        PlannedWork(school: "1", schoolName: "一校", place: place, what: what, elements: elements, cost: cost)
    }

    private func gap(_ stage: Stage, _ code: String, _ element: String, school: String = "1") -> (key: ShortfallKey, element: String) {
        (ShortfallKey(standard: "balance-2017", school: school, stage: stage, code: code), element)
    }

    @Test("给一个学段买的只算这个学段的，学段共用的各学段都算") func stages() {
        let gaps = [gap(.primary, "L7", "rooms"), gap(.junior, "L7", "rooms"), gap(.primary, "L7", "rooms", school: "2")]
        let own = WorkShares(
            [work("初中3间", ["rooms"], at: "1/junior", cost: 9), work("小学1间", ["rooms"], at: "1/primary", cost: 3)], gaps)
        #expect(own.shares.map(\.key) == [gaps[1].key, gaps[0].key] && own.shares.map(\.money) == [900, 300] && own.idle.isEmpty)
        let shared = WorkShares([work("运动场", ["rooms"], at: "1", cost: 9)], gaps)
        #expect(shared.shares.map(\.key) == [gaps[0].key, gaps[1].key] && shared.shares.map(\.money) == [450, 450])
    }

    @Test("几项措施补同一短板，钱合在一件里；一项补几处，一分不多一分不少") func money() {
        let gaps = [gap(.primary, "L1", "qualified"), gap(.primary, "L3", "arts"), gap(.primary, "L9", "other")]
        let works = [
            work("招聘", ["teachers", "qualified", "arts"], at: "1/primary", cost: 100_001),
            work("提升学历", ["qualified"], at: "1/primary", cost: 7),
            work("校际均衡", ["books"], at: "1/primary", cost: 5),
        ]
        let found = WorkShares(works, gaps)
        #expect(found.shares.map { $0.works.map(\.what) } == [["招聘", "提升学历"], ["招聘"]])
        #expect(found.shares.map(\.money) == [5_000_050 + 700, 5_000_050] && found.idle.map(\.what) == ["校际均衡"])
        let three = WorkShares([work("合", ["qualified", "arts", "other"], at: "1", cost: 1)], gaps)
        #expect(three.shares.map(\.money) == [34, 33, 33])
    }

    @Test("写了名称或用途却没写额度的一笔钱要说出来，不悄悄不算") func fundWithoutAmount() {
        let told = FundsWishes(["name1": "专项资金", "amount1": "60", "name2": "县级配套", "amount2": " ", "use3": "equip"])
        #expect(told.complaints.count == 2 && told.complaints[0].contains("资金2“县级配套”没有写额度"), "\(told.complaints)")
        let second = FundsWishes(["name1": "专项资金", "amount1": "", "name2": "县级配套", "amount2": "60"])
        #expect(second.complaints.isEmpty && second.sources.count == 1)
    }
}
