import Exchanges
import Testing
import Vocabulary

@Suite("交流比例") struct ExchangeRatesTests {
    private var rules: RotationRules {
        RotationRules(
            id: "t", label: LocalizedText(zh: "试"), document: "示例", eligibility: .init(), rate: Share(basis: 1_000), basis: .eligible,
            room: Share(basis: 0), backboneShare: Share(basis: 2_000), backboneLevels: [], degrees: [:],
            forms: [.init(id: "regular", label: "定期交流", counts: true), .init(id: "shadow", label: "跟岗学习", counts: false)],
            incentives: [.init(id: "title", label: "任教经历", settings: ["乡村"], years: 1)])
    }

    private func turn(
        _ number: Int, form: String = "regular", state: Exchange.State = .serving, year: Int = 2025, setting: String = "乡村",
        backbone: Bool = false
    ) -> Exchange {
        Exchange(
            id: "e\(number)", county: "清河县", year: SchoolYear(year), teacher: "T\(number)", stage: .primary, post: "语文",
            isBackbone: backbone, from: .init(code: "a", name: "甲校"), to: .init(code: "b", name: "乙校", setting: setting), form: form,
            state: state)
    }

    private func rates(_ turns: [Exchange], eligible: Int?) -> ExchangeRates {
        let base = eligible.map { ExchangeBase(county: "清河县", year: SchoolYear(2025), eligible: $0, fullTime: 1_000) }
        return ExchangeRates(turns, SchoolYear(2025), base: base, rules: rules)
    }

    @Test("十人里一人骨干不到20%，两人正好；95人该交流10人，9人不够") func verdicts() {
        let ten = (0..<10).map { turn($0, backbone: $0 < 2) }
        #expect(rates(ten, eligible: 95).rate.verdict == .met && rates(ten, eligible: 95).backbone.verdict == .met)
        #expect(rates(Array(ten.dropLast()), eligible: 95).rate.verdict == .notMet)
        #expect(rates(Array(ten.dropFirst()), eligible: 90).backbone.verdict == .notMet)
    }

    @Test("跟岗、拟交流、取消、别的学年不算数；不知道基数就是资料不足") func counting() {
        let turns = [
            turn(1), turn(2, form: "shadow"), turn(3, state: .planned), turn(4, state: .cancelled), turn(5, year: 2024), turn(6, form: "?"),
        ]
        let found = rates(turns, eligible: nil)
        #expect(found.moved == 1 && found.planned == 1)
        #expect(found.rate.verdict == .insufficient && found.rate.value == nil)
        #expect(rates([], eligible: 90).rate.verdict == .notMet && rates([], eligible: 90).backbone.verdict == .insufficient)
    }

    @Test("到乡村满一年才有任教经历；城区的没有，取消的没有") func incentives() {
        #expect(turn(1).earned(rules, by: SchoolYear(2024)).isEmpty)
        #expect(turn(1).earned(rules, by: SchoolYear(2025)).map(\.id) == ["title"])
        #expect(turn(1, setting: "城区").earned(rules, by: SchoolYear(2026)).isEmpty)
        #expect(turn(1, state: .cancelled).earned(rules, by: SchoolYear(2026)).isEmpty)
        var over = turn(1, state: .finished)
        over.ended = SchoolYear(2026)
        #expect(over.served(by: SchoolYear(2030)) == 2 && over.served(by: SchoolYear(2025)) == 1)
    }
}
