import Testing
import Vocabulary

@testable import Indicators

@Suite("结论的一句话") struct VerdictSentenceTests {
    private func county(_ units: [Verdict], stages: [StageResult] = []) -> CountyResult {
        let verdict = Verdict.all(units)
        let results = units.enumerated().map { index, verdict in
            UnitResult(
                school: "\(index)", name: "学校", stage: .primary, setting: "", kind: "211", row: index, pupils: 1, share: 1, values: [:],
                unknown: [:], met: 0, measured: 7, verdict: verdict, title: "学校")
        }
        return CountyResult(
            county: "清河县", verdict: verdict, overall: verdict, parts: [], stages: stages, units: results, shortfalls: [], excluded: [],
            schools: units.count)
    }

    @Test("三种结论各有一句话") func sentences() {
        #expect(VerdictSentence.text(county([.met, .met])) == "资源配置和校际差异系数全部达标")
        #expect(VerdictSentence.text(county([.notMet, .insufficient])) == "尚未达标，差1所学校")
        #expect(VerdictSentence.text(county([.met, .insufficient])) == "资料不足，1所学校的数据不全，暂不能下结论")
    }
}
