import Indicators
import Testing
import Vocabulary

@Suite("2017 优质均衡的规则") struct Balance2017Tests {
    private typealias Rows = NationalReturns

    private func reasons(_ rows: [ReturnRow], _ standard: String = "balance-2017") throws -> [String: String] {
        let county = try Rows().county(standard, rows)
        return Dictionary(county.excluded.map { ($0.school, $0.reason) }) { first, _ in first }
    }

    @Test("民办学校计入；50人教学点计入，49人不计；特教、职校、高中不计") func whoIsIn() throws {
        let found = try reasons([
            Rows.school("1", sponsor: "民办"), Rows.school("2", kind: "218", ["pupils.primary": 50]),
            Rows.school("3", kind: "218", ["pupils.primary": 49]), Rows.school("4", kind: "514", without: ["pupils.primary"]),
            Rows.school("5", kind: "361", without: ["pupils.primary"]), Rows.school("6", kind: "342", without: ["pupils.primary"]),
        ])
        #expect(found == ["3": "teachingPointUnder50", "4": "specialEducation", "5": "vocational", "6": "seniorSecondary"])
    }

    @Test("附设小学班不是教学点，不到50人也计入") func attachedClasses() throws {
        #expect(try reasons([Rows.school("1", kind: "219", ["pupils.primary": 30])]).isEmpty)
    }

    @Test("六项达标、一项在85%底线之上：达标；低于底线：不达标（不取整比较）") func sixOfSeven() throws {
        // L1 of junior schools: 5.3, floor 4.505, of 2000 pupils 90.1 people.
        func verdict(_ teachers: Double) throws -> Verdict? {
            let row = Rows.school(
                "1", kind: "311",
                [
                    "pupils.junior": 2_000, "qualified_teachers.junior": teachers, "teachers.junior": 180, "backbone_teachers.junior": 20,
                    "arts_pe_teachers.junior": 18, "teaching_area": 12_000, "sports_area": 21_000, "equipment_value": 5_000_000,
                    "networked_classrooms": 48,
                ])
            return try Rows().county("balance-2017", [row]).units.first?.verdict
        }
        #expect(try verdict(90) == .notMet)
        #expect(try verdict(91) == .met)
    }

    @Test("值为零的学校留在差异系数里") func zeroStays() throws {
        let county = try Rows().county("balance-2017", [Rows.school("1"), Rows.school("2", ["backbone_teachers.primary": 0])])
        #expect(county.stage(.primary)?.indicator("L2")?.cv == 1)
    }

    @Test("监测校际差异率低于0.15：0.15 不算，0.1499999999 算") func strictlyBelow() throws {
        #expect(try Rows().item("balance-2017", "Q9", county: ["monitoring_level": 3, "monitoring_spread": 0.15]).verdict == .notMet)
        #expect(
            try Rows().item("balance-2017", "Q9", county: ["monitoring_level": 3, "monitoring_spread": 0.149_999_999_9]).verdict == .met)
    }

    private let rollover: [String: Double] = ["entered": 1_000, "transferred_in": 30, "transferred_out": 60, "died": 1, "graduated": 950]

    @Test("三年巩固率两种口径：98.10% 与 98.04%，由地方目录选定") func retention() throws {
        let first = try Rows().item("balance-2017", "Q1", county: rollover).tests.first?.value
        #expect(abs(try #require(first) - 980.0 / 999) < 1e-12)
        let chosen = try Rows("tighten: balance-2017\ndocument: 示例〔2026〕1号\nchoose: { Q1: entrants }\n")
        let item = try chosen.item("balance-2017", "Q1", county: rollover)
        #expect(abs(try #require(item.tests.first?.value) - 950.0 / 969) < 1e-12)
        #expect(item.note.contains("示例〔2026〕1号"))
    }

    @Test("交流轮岗：10%对符合条件教师，20%对交流教师") func exchange() throws {
        let item = try Rows().item(
            "balance-2017", "G11", county: ["exchange_eligible": 200, "exchanged": 20, "exchanged_backbone": 4, "compulsory_teachers": 900])
        #expect(item.tests.map { $0.value ?? 0 } == [0.1, 0.2] && item.verdict == .met)
    }

    @Test("学校规模的放宽默认不用，选用后2010年及以前的学校可到2400人") func size() throws {
        let large = [
            Rows.school("1", ["pupils.primary": 2_300, "founded": 2005]), Rows.school("2", ["pupils.primary": 2_300, "founded": 2015]),
        ]
        func failing(_ returns: NationalReturns) throws -> Int? {
            try returns.county("balance-2017", large).part("government")?.items.first { $0.code == "G4" }?.tests.reduce(0) {
                $0 + $1.failing
            }
        }
        #expect(try failing(Rows()) == 2)
        #expect(try failing(Rows("tighten: balance-2017\ndocument: 示例〔2026〕1号\nchoose: { G4: built-by-2010 }\n")) == 1)
    }

    @Test("申报条件五条单列，不进入标准的总结论") func application() throws {
        let figures: [String: Double] = [
            "basic_years": 4, "basic_kept": 1, "basic_cv_primary": 0.6, "basic_cv_junior": 0.5, "monitoring_level": 3,
            "monitoring_spread": 0.12, "no_major_incident": 1, "no_disturbance": 1,
        ]
        func part(_ changes: [String: Double], schools: [ReturnRow]) throws -> PartResult? {
            try Rows().county("balance-2017", schools, county: figures.merging(changes) { _, new in new }).part("application")
        }
        let schools = [Rows.school("1"), Rows.school("2", kind: "311")]
        #expect(try part([:], schools: schools)?.items.map(\.verdict) == [.met, .met, .met, .met, .met])
        #expect(try part(["basic_years": 2], schools: schools)?.items.first?.verdict == .notMet)
        #expect(try part(["basic_cv_junior": 0.51], schools: schools)?.verdict == .notMet)
        let uneven = [Rows.school("1"), Rows.school("2", ["backbone_teachers.primary": 0]), Rows.school("3", kind: "311")]
        #expect(try part([:], schools: uneven)?.items[3].verdict == .notMet)
        #expect(try #require(Rows().catalogue.standards["balance-2017"]?.part("application")).countsOverall == false)
    }

    @Test("民办、教学点、非本县举办的学校在2012办法中不计入") func basic2012() throws {
        let found = try reasons(
            [
                Rows.school("1"), Rows.school("2", sponsor: "民办"), Rows.school("3", kind: "218"), Rows.school("4", sponsor: "非本县举办"),
                Rows.school("5", kind: "219"),
            ], "balance-2012")
        #expect(found == ["2": "privateSchool", "3": "teachingPoint", "4": "notOfThisCounty"])
    }

    @Test("2012：单项差异系数没有限值，只测不判；综合系数判定") func composite2012() throws {
        let schools = [Rows.school("1"), Rows.school("2", ["books": 3_000]), Rows.school("3", kind: "311"), Rows.school("4", kind: "311")]
        let county = try Rows().county("balance-2012", schools)
        let primary = try #require(county.stage(.primary))
        #expect(primary.indicators.allSatisfy { $0.verdict == .measured } && primary.verdict == .met)
        #expect(county.units.allSatisfy { $0.verdict == .measured } && county.verdict == .met)
        let mean = primary.indicators.compactMap(\.cv).reduce(0, +) / 8
        #expect(abs(try #require(primary.compositeCV) - mean) < 1e-15)
    }
}
