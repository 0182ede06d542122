import Staffing
import Testing
import Vocabulary

@Suite("编制与实有") struct StaffingSurveyTests {
    private func unit(_ id: String, _ stage: Stage, pupils: Int?, classes: Int?, setting: String = "城区") -> StaffUnit {
        StaffUnit(id: "\(id)/\(stage.rawValue)", school: id, title: id, stage: stage, setting: setting, pupils: pupils, classes: classes)
    }

    private func staff(_ count: Int, unit: Int, subject: String = "语文", category: String = "专任教师", tenure: String = "在编", born: Int = 1985)
        -> [StaffMember]
    {
        (0..<count).map { number in
            var member = StaffMember(id: "T\(unit)-\(subject)-\(number)", unit: unit, category: category, subject: subject)
            (member.tenure, member.sex, member.born) = (tenure, "男", Month(born, 1))
            return member
        }
    }

    private func survey(_ units: [StaffUnit], _ members: [StaffMember]?, _ rules: StaffingRules? = nil) throws -> StaffingSurvey {
        StaffingSurvey(county: "甲县", year: SchoolYear(2025), units: units, members: members, rules: try rules ?? Shipped.rules())
    }

    @Test("生师比进一；村小学再按班师比；镇区小学不按班算") func establishment() throws {
        let rules = try Shipped.rules()
        func posts(_ unit: StaffUnit) -> Int? { Establishment(unit, rules).number }
        #expect(posts(unit("a", .primary, pupils: 190, classes: 5)) == 10 && posts(unit("a", .primary, pupils: 191, classes: 5)) == 11)
        #expect(posts(unit("a", .junior, pupils: 27, classes: 1)) == 2 && posts(unit("a", .junior, pupils: 28, classes: 1)) == 3)
        #expect(posts(unit("a", .senior, pupils: 25, classes: 1)) == 2)
        #expect(posts(unit("v", .primary, pupils: 60, classes: 6, setting: "乡村")) == 12)
        #expect(posts(unit("v", .primary, pupils: 200, classes: 6, setting: "乡村")) == 11)
        #expect(posts(unit("v", .primary, pupils: 5, classes: 1, setting: "乡村")) == 2)
        #expect(posts(unit("v", .primary, pupils: 60, classes: 6, setting: "镇区")) == 4)
        #expect(posts(unit("a", .primary, pupils: nil, classes: 6)) == nil)
        #expect(posts(unit("v", .primary, pupils: 60, classes: nil, setting: "乡村")) == nil)
    }

    @Test("寄宿生按本地规定加，批准的附加编制照加") func additions() throws {
        let local = Shipped.text.replacing("teaching: [专任教师]", with: "boarding: { every: 100, add: 1 }\nteaching: [专任教师]")
        let rules = try #require(Shipped.compile(local).rules)
        var school = unit("a", .primary, pupils: 190, classes: 5)
        (school.boarders, school.extra) = (250, 3)
        let counted = Establishment(school, rules)
        #expect(counted.number == 15 && counted.steps.count == 3)
        #expect(Establishment(school, try Shipped.rules()).number == 13)
    }

    @Test("超编、缺编按教职工算；没有人员类别的名册不下缺编的结论，超了照样是超") func standing() throws {
        let units = [unit("a", .primary, pupils: 190, classes: 5), unit("b", .primary, pupils: 190, classes: 5)]
        let whole = try survey(units, staff(11, unit: 0) + staff(7, unit: 1) + staff(2, unit: 1, subject: "工勤", category: "工勤"))
        #expect(whole.units.map(\.standing) == [.over, .short] && whole.units.map(\.balance) == [1, -1] && whole.standing == .even)
        #expect(whole.surplus == 1 && whole.shortage == 1)
        let partly = try survey(units, staff(11, unit: 0, category: "") + staff(7, unit: 1, category: ""))
        #expect(partly.units.map(\.standing) == [.over, .unknown] && partly.units[1].gap.contains("人员类别") && partly.balance == nil)
        let none = try survey(units, nil)
        #expect(none.units.allSatisfy { $0.standing == .unknown && $0.establishment == 10 } && none.units[0].gap.contains("名册"))
        let others = try survey(units, staff(10, unit: 0) + staff(4, unit: 0, tenure: "非在编") + staff(10, unit: 1))
        #expect(others.units[0].standing == .even && others.units[0].offEstablishment == 4)
    }

    @Test("民办学校不核编") func sponsors() throws {
        var other = unit("p", .primary, pupils: 500, classes: 12)
        other.sponsor = "民办"
        let found = try survey([other, unit("a", .primary, pupils: 190, classes: 5)], [])
        #expect(found.units.map(\.school) == ["a"] && found.notes.contains { $0.contains("不核编") })
    }

    @Test("学科：需要按课时算，差额只数整人，别名算同一科，校长不算") func subjects() throws {
        let members =
            staff(4, unit: 0, subject: "语文") + staff(1, unit: 0, subject: "体育") + staff(1, unit: 0, subject: "体育与健康")
            + staff(1, unit: 0, subject: "校长") + staff(1, unit: 0, subject: "书法") + staff(2, unit: 0, subject: "英语", tenure: "非在编")
        let found = try survey([unit("a", .primary, pupils: 400, classes: 9)], members).units[0]
        func subject(_ name: String) -> UnitStaffing.Subject? { found.subjects.first { $0.name == name } }
        // 9 classes × 7 lessons ÷ 12 = 5.25; 9 × 3.5 ÷ 14 = 2.25; 9 × 1.5 ÷ 14 = 0.96.
        #expect(subject("语文")?.need == 5_250 && subject("语文")?.balance == -1)
        #expect(subject("体育与健康")?.teachers == 2 && subject("体育与健康")?.balance == 0)
        #expect(subject("英语")?.teachers == 2 && subject("英语")?.established == 0 && subject("英语")?.balance == 0)
        #expect(subject("书法")?.need == nil && subject("书法")?.balance == nil && subject("校长") == nil)
        let without = try survey([unit("a", .primary, pupils: 400, classes: nil)], members).units[0]
        #expect(without.subjects.allSatisfy { $0.need == nil })
    }

    @Test("退休按公历年数；到龄仍在册和没有出生年月的另列，补充需求资料不足") func leaving() throws {
        var strange = staff(1, unit: 0, subject: "数学")
        strange[0].born = nil
        // Born 1966-01: 60 years and 4 months in 2026-05; born 1968-01: 60 years and 10 months in 2028-11.
        let members =
            staff(2, unit: 0, born: 1966) + staff(1, unit: 0, subject: "美术", born: 1968) + staff(1, unit: 0, subject: "音乐", born: 1960)
        var school = unit("a", .primary, pupils: 190, classes: 5)
        school.grades = [30, 32, 32, 32, 32, 32]
        let found = try survey([school], members).units[0]
        #expect(found.retiring(2026) == 2 && found.retiring(2028) == 1 && found.retiring(2027) == 0 && found.overdue == 1)
        #expect(found.ahead.map(\.remaining) == [1, 1, 1, 0, 0])
        let unknown = try survey([school], members + strange)
        #expect(unknown.units[0].ageless == 1 && unknown.units[0].ahead.allSatisfy { $0.need == nil })
        #expect(unknown.notes.contains { $0.contains("出生年月") })
    }
}

@Suite("学科的今后") struct SubjectOutlookTests {
    @Test("需要按推算的班数，留任减去退休；一所学校不知道就是资料不足") func outlook() throws {
        func school(_ id: String, grades: [Int]) -> StaffUnit {
            var unit = StaffUnit(id: "\(id)/primary", school: id, title: id, stage: .primary, setting: "城区", pupils: 240, classes: 6)
            unit.grades = grades
            return unit
        }
        func teacher(_ id: String, _ unit: Int, born: Int) -> StaffMember {
            var member = StaffMember(id: id, unit: unit, category: "专任教师", subject: "语文")
            (member.tenure, member.sex, member.born) = ("在编", "男", Month(born, 1))
            return member
        }
        // Ids out of order: the members speak of places as told, not as sorted.
        let units = [school("b", grades: [40, 40, 40, 40, 40, 40]), school("a", grades: [40, 40, 40, 40, 40, 40])]
        let staff = [teacher("1", 0, born: 1985), teacher("2", 0, born: 1966), teacher("3", 1, born: 1985)]
        let rules = try Shipped.rules()
        func rows(_ units: [StaffUnit], _ staff: [StaffMember]) -> [SubjectOutlook] {
            StaffingSurvey(county: "甲县", year: SchoolYear(2025), units: units, members: staff, rules: rules).outlook.filter {
                $0.subject == "语文"
            }
        }
        let found = rows(units, staff)
        // 12 classes × 7 lessons ÷ 12 = 7 teachers; the one born 1966 goes in 2026-05.
        #expect(found.map(\.need) == Array(repeating: 7_000, count: 5) && found.map(\.remaining) == Array(repeating: 2, count: 5))
        #expect(found[0].balance == -5)
        #expect(rows([units[0], school("a", grades: [])], staff).allSatisfy { $0.need == nil && $0.balance == nil })
        var ageless = staff
        ageless[2].born = nil
        #expect(rows(units, ageless).allSatisfy { $0.remaining == nil })
    }
}

@Suite("学龄人口推算") struct PupilForecastTests {
    private func unit(_ id: String, _ stage: Stage, _ grades: [Int]) -> StaffUnit {
        var unit = StaffUnit(
            id: id, school: id, title: id, stage: stage, pupils: grades.isEmpty ? 100 : grades.reduce(0, +), classes: nil)
        unit.grades = grades
        return unit
    }

    @Test("逐年升班；小学毕业生按七年级的比例分到初中，一个不少") func cohorts() throws {
        let units = [unit("p", .primary, [10, 20, 30, 40, 50, 61]), unit("j", .junior, [30, 25, 20]), unit("k", .junior, [10, 9, 8])]
        let found = PupilForecast(units, year: SchoolYear(2025), try Shipped.rules())
        // The primary school loses its sixth grade and holds its first.
        #expect(found.points[0].map(\.pupils) == [160, 120, 90, 70, 60] && found.points[0].allSatisfy { $0.isAssumed })
        // 61 leavers: 46 and 15; then 50: 38 (37.5, the larger rest by order) and 12.
        #expect(found.points[1][0].pupils == 46 + 30 + 25 && found.points[2][0].pupils == 15 + 10 + 9)
        for step in 0..<5 {
            let leavers = [61, 50, 40, 30, 20][step]
            let before = step == 0 ? [75, 27] : [found.points[1][step - 1].pupils ?? 0, found.points[2][step - 1].pupils ?? 0]
            let gone = step == 0 ? 28 : step == 1 ? 34 : step == 2 ? 40 : [0, 0, 0, 61, 50][step]
            #expect((found.points[1][step].pupils ?? 0) + (found.points[2][step].pupils ?? 0) == before.reduce(0, +) + leavers - gone)
        }
        #expect(found.notes.contains { $0.contains("假定") })
    }

    @Test("有新生预测的用预测；没有年级人数的用给的在校生预测；都没有就是资料不足") func missing() throws {
        var told = unit("p", .primary, [10, 20, 30, 40, 50, 60])
        told.intakes = [5, nil, nil, nil, nil]
        var given = unit("q", .primary, [])
        given.foreseen = [95, 90, nil, nil, nil]
        let bare = unit("r", .primary, [])
        let found = PupilForecast([told, given, bare], year: SchoolYear(2025), try Shipped.rules())
        #expect(found.points[0][0].pupils == 155 && !found.points[0][0].isAssumed && found.points[0][1].isAssumed)
        #expect(found.points[1].map(\.pupils) == [95, 90, nil, nil, nil] && found.points[1][0].classes == 3)
        #expect(found.points[2].allSatisfy { $0.pupils == nil } && found.notes.contains { $0.contains("资料不足") && $0.contains("r") })
        let strict = try #require(Shipped.compile(Shipped.text.replacing("intake: hold", with: "intake: unknown")).rules)
        #expect(PupilForecast([told], year: SchoolYear(2025), strict).points[0].map(\.pupils) == [155, nil, nil, nil, nil])
    }

    @Test("没有学生的年级没有班；每年级单独成班") func classes() throws {
        let found = PupilForecast([unit("p", .primary, [0, 46, 45, 1, 0, 9])], year: SchoolYear(2025), try Shipped.rules())
        #expect(found.points[0][0].pupils == 92 && found.points[0][0].classes == 4)
    }
}
