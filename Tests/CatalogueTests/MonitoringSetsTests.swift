import Indicators
import Testing
import Vocabulary

@Suite("监测组：班额、普高、普惠、特教与数字底座") struct MonitoringSetsTests {
    private let figures: [String: Double] = [
        "classes_primary_all": 1_000, "classes_primary_56": 50, "classes_primary_66": 20, "classes_junior_all": 400,
        "classes_junior_56": 21,
        "classes_junior_66": 0, "classes_senior_all": 200, "classes_senior_56": 60, "classes_senior_66": 10, "senior_pupils_all": 9_000,
        "senior_pupils_public": 8_100, "compulsory_pupils_all": 60_000, "compulsory_pupils_public": 57_000, "kindergarten_children": 9_000,
        "public_children": 4_500, "inclusive_children": 2_700, "disabled_total": 300, "disabled_enrolled": 291, "disabled_regular": 150,
        "disabled_special_class": 0, "disabled_special_school": 111, "disabled_home": 30, "population": 420_000, "special_schools": 1,
        "special_funding": 7_000, "special_funding_standard": 7_000,
    ]

    @Test("县级监测：56与66人的界限、97%入学率按限值判，普高只测不判") func countyExtras() throws {
        let county = try NationalReturns().county("county-extras", [NationalReturns.school("1")], county: figures)
        let verdicts = Dictionary(uniqueKeysWithValues: county.parts.flatMap(\.items).map { ($0.code, $0.verdict) })
        #expect(verdicts["C1"] == .met && verdicts["C2"] == .met && verdicts["C4"] == .notMet)
        #expect(["C5", "C6", "H1", "H2", "S2"].allSatisfy { verdicts[$0] == .measured })
        #expect(["H3", "P2", "S1", "S3", "S4"].allSatisfy { verdicts[$0] == .met })
        #expect(county.part("public-share")?.items.first?.tests.first?.value == 0.9)
        #expect(county.verdict == .notMet)
        // The rows are counties: none is a school, and none a school left out.
        #expect(county.units.isEmpty && county.excluded.isEmpty && county.schools == 0)
    }

    private func digital(_ code: String, pupils: Double, _ numbers: [String: Double], without: [String] = []) -> ReturnRow {
        var facts: [String: Double] = [
            "bandwidth": 1_000, "student_devices": 60, "teacher_devices": 40, "classrooms": 30, "networked_classrooms": 28,
            "wireless_classrooms": 30, "recording_rooms": 1, "platform_joined": 1, "single_sign_on": 0, "security_filed": 1,
            "pupils.primary": pupils, "teachers.primary": 40,
        ]
        facts.merge(numbers) { _, new in new }
        return NationalReturns.school(code, facts, without: without)
    }

    @Test("数字底座：有限值的一项判，其余只测并给差异系数") func digitalBase() throws {
        let schools = [
            digital("1", pupils: 600, [:]), digital("2", pupils: 400, ["bandwidth": 200, "platform_joined": 0, "networked_classrooms": 8]),
        ]
        let county = try NationalReturns().county("digital-base", schools)
        let primary = try #require(county.stage(.primary))
        #expect(primary.indicators.map(\.verdict) == Array(repeating: .measured, count: 10))
        let bandwidth = try #require(primary.indicator("D1"))
        // 1000/600 and 200/400 per pupil; mean 1200/1000, by hand.
        let variance = 0.6 * (1_000.0 / 6 - 120) * (1_000.0 / 6 - 120) + 0.4 * (50.0 - 120) * (50.0 - 120)
        #expect(abs(try #require(bandwidth.mean) - 120) < 1e-9)
        #expect(abs(try #require(bandwidth.cv) - variance.squareRoot() / 120) < 1e-9)
        #expect(primary.indicator("D8")?.mean == 50)
        #expect(county.units.map(\.verdict) == [.met, .notMet] && county.verdict != .met)
        #expect(county.shortfalls.map(\.code) == ["D4"])
    }

    @Test("地方目录给没有限值的项目设限值后才判") func overlay() throws {
        let schools = [digital("1", pupils: 600, [:]), digital("2", pupils: 400, ["bandwidth": 200])]
        let returns = try NationalReturns(
            """
            tighten: digital-base
            document: 示例〔2026〕2号
            thresholds: { D1: { primary: 100 } }
            ceilings: { equipment: { primary: 0.4 } }
            """)
        let county = try returns.county("digital-base", schools)
        #expect(county.units.map(\.verdict) == [.met, .notMet])
        #expect(
            county.stage(.primary)?.indicator("D1")?.verdict == .notMet && county.stage(.primary)?.indicator("D8")?.verdict == .measured)
    }

    @Test("地方目录给县级项目设更高的限值：毛入园率90%、普高大班额") func countyThresholds() throws {
        let returns = try NationalReturns(
            "tighten: preschool-2020\ndocument: 示例〔2026〕3号\nthresholds: { P1: 0.9 }\n",
            "tighten: county-extras\ndocument: 示例〔2026〕3号\nthresholds: { C6: 0.1, S2: { 送教上门占比: 0.2 } }\n")
        let enrolment = try returns.item("preschool-2020", "P1", county: ["kindergarten_children": 89, "preschool_age": 100])
        #expect(enrolment.verdict == .notMet && enrolment.note.contains("示例〔2026〕3号"))
        #expect(try returns.item("county-extras", "C6", county: figures).verdict == .notMet)
    }

    @Test("没有缺数当零：缺一种安置方式就资料不足") func missing() throws {
        var some = figures
        some["disabled_home"] = nil
        let item = try NationalReturns().item("county-extras", "S2", county: some)
        #expect(item.verdict == .insufficient && item.tests.map(\.verdict) == [.measured, .measured, .measured, .insufficient])
    }
}
