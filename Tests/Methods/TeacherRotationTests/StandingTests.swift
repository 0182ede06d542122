import Exchanges
import TeacherRotation
import Testing
import Vocabulary

@Suite("交流条件") struct StandingTests {
    private var rules: RotationRules {
        var rules = RotationRules.none
        rules.eligibility.sponsors = ["公办"]
        rules.eligibility.tenures = ["在编"]
        rules.eligibility.years = 6
        rules.eligibility.oldest = ["男": 50, "女": 45]
        rules.eligibility.retirement = ["男": 60, "女": 55]
        rules.eligibility.beforeRetirement = 3
        rules.eligibility.exempt = ["孕期"]
        rules.eligibility.sparesHardship = true
        rules.eligibility.onePerCouple = true
        rules.eligibility.again = 3
        rules.heads = .init(posts: ["校长"], terms: 2, must: false)
        return rules
    }

    private func teacher(_ change: (inout RotationProblem.Teacher) -> Void = { _ in }) -> RotationProblem.Teacher {
        var teacher = RotationProblem.Teacher(id: "t1", unit: 0, post: "语文", isBackbone: false, isQualified: true)
        (teacher.years, teacher.age, teacher.sex, teacher.tenure) = (6, 45, "女", "在编")
        change(&teacher)
        return teacher
    }

    private func standings(_ teachers: [RotationProblem.Teacher], sponsor: String = "公办") -> [Standing] {
        let unit = RotationProblem.Unit(
            id: "s/primary", school: "s", title: "某小学", stage: .primary, pupils: 100, sponsor: sponsor, place: nil)
        return RotationProblem(region: "示例县", year: SchoolYear(2025), units: [unit], teachers: teachers, rules: rules).standings
    }

    private func standing(_ change: (inout RotationProblem.Teacher) -> Void = { _ in }) -> Standing { standings([teacher(change)])[0] }

    @Test("满六年、45周岁的女教师符合；差一年、大一岁都不符合") func edges() {
        #expect(standing() == .eligible)
        #expect(standing { $0.years = 5 } == .spared("years", "在本校任教不满6年"))
        #expect(standing { $0.age = 46 } == .spared("age", "超过45周岁"))
        #expect(standing { ($0.sex, $0.age) = ("男", 50) } == .eligible)
        #expect(standing { ($0.sex, $0.age) = ("男", 51) } == .spared("age", "超过50周岁"))
    }

    @Test("缺了年限、性别、编制，是资料不足，不是符合，也不是不符合") func missing() {
        #expect(standing { $0.years = nil } == .unknown("本校连续任教年数"))
        #expect(standing { $0.age = nil } == .unknown("出生年月"))
        #expect(standing { $0.sex = "" } == .unknown("性别"))
        #expect(standing { $0.tenure = "" } == .unknown("编制"))
        #expect(standing { $0.exempt = "出国" } == .unknown("不认识的免交流情形“出国”"))
    }

    @Test("民办、编外、孕期、困难、三年内交流过的不列入") func spared() {
        #expect(standings([teacher()], sponsor: "民办")[0] == .spared("", "民办学校"))
        #expect(standings([teacher()], sponsor: "")[0] == .unknown("学校的举办者"))
        #expect(standing { $0.tenure = "非在编" } == .spared("", "非在编"))
        #expect(standing { $0.exempt = "孕期" } == .spared("exempt", "孕期"))
        #expect(standing { $0.isHardship = true } == .spared("hardship", "家庭困难"))
        #expect(!standing { $0.exchanged = 2023 }.isEligible)
        #expect(standing { $0.exchanged = 2022 } == .eligible)
    }

    @Test("校长任满两届才交流，不看任教年数") func heads() {
        #expect(standing { ($0.post, $0.terms, $0.years) = ("校长", 2, 1) } == .eligible)
        #expect(standing { ($0.post, $0.terms) = ("校长", 1) } == .spared("terms", "任职不满2届"))
        #expect(standing { ($0.post, $0.terms) = ("校长", nil) } == .unknown("任期届数"))
    }

    @Test("夫妻只列一人：骨干一方在前；只有一方填了配偶也认") func couples() {
        var (one, other) = (teacher(), teacher { ($0.id, $0.isBackbone) = ("t2", true) })
        one.couple = "t2"
        #expect(standings([one, other]) == [.spared("couples", "配偶列入本学年名单"), .eligible])
        (one.couple, other.couple) = ("", "t1")
        #expect(standings([one, other]) == [.spared("couples", "配偶列入本学年名单"), .eligible])
        other.years = 2
        #expect(standings([one, other])[0] == .eligible)
    }
}
