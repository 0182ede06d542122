import PostMatching
import Staffing
import Testing
import Vocabulary

@Suite("人员池") struct PostDrawTests {
    private func unit(_ id: String, pupils: Int, classes: Int) -> StaffUnit {
        var unit = StaffUnit(id: "\(id)/primary", school: id, title: id, stage: .primary, setting: "城区", pupils: pupils, classes: classes)
        (unit.latitude, unit.longitude) = (37_000_000, 118_000_000)
        return unit
    }

    private func staff(_ count: Int, unit: Int, subject: String, pool: String = "", born: Int = 1985, tenure: String = "在编")
        -> [StaffMember]
    {
        (0..<count).map { number in
            var member = StaffMember(id: "T\(unit)-\(subject)-\(pool)\(born)-\(number)", unit: unit, category: "专任教师", subject: subject)
            (member.tenure, member.sex, member.born, member.pool) = (tenure, "男", Month(born, 1), pool)
            return member
        }
    }

    private func draw(_ units: [StaffUnit], _ members: [StaffMember]) throws -> PostDraw {
        let rules = try SmallCounty.rules()
        let survey = StaffingSurvey(county: "甲县", year: SchoolYear(2025), units: units, members: members, rules: rules)
        return PostDraw(survey, units: units, members: members, rules: rules)
    }

    @Test("超编学校只派富余学科，不多于超编人数，每学科留一人；缺编学校只收缺整人的学科") func whoGives() throws {
        // 4 classes and 95 pupils: 5 posts; needs 2.33 of 语文, 1.33 of 数学, 0.5 each of 音乐 and 美术.
        let units = [unit("a", pupils: 95, classes: 4), unit("b", pupils: 95, classes: 4)]
        let members =
            staff(5, unit: 0, subject: "语文") + staff(2, unit: 0, subject: "音乐") + staff(1, unit: 0, subject: "美术")
            + staff(1, unit: 1, subject: "语文") + staff(1, unit: 1, subject: "数学", tenure: "非在编")
        let problem = try draw(units, members).problem
        let (a, b) = (problem.units[0], problem.units[1])
        #expect(a.surplus == 3 && a.spare == ["语文": 2, "音乐": 1] && a.vacancies == 0)
        #expect(b.vacancies == 4 && b.posts["语文"] == 1 && b.posts["数学"] == 1 && b.posts["音乐"] == nil)
        #expect(Set(problem.candidates.map(\.subject)) == ["语文", "音乐"] && problem.candidates.count == 7)
    }

    @Test("待岗的人已经空出编制；临近退休的不动员，自愿的可以；资料不足的学校不派不收") func whoIsOut() throws {
        let units = [unit("a", pupils: 95, classes: 4), unit("b", pupils: 95, classes: 4)]
        let out = try draw(
            units, staff(4, unit: 0, subject: "语文") + staff(2, unit: 0, subject: "语文", pool: "待岗") + staff(5, unit: 1, subject: "数学"))
        #expect(out.problem.units[0].surplus == 0 && out.problem.units[0].vacancies == 1 && out.problem.waiting == 2)
        let old = staff(4, unit: 0, subject: "语文") + staff(2, unit: 0, subject: "语文", born: 1966)
        let spared = try draw(units, old + staff(1, unit: 0, subject: "语文", pool: "自愿", born: 1966) + staff(5, unit: 1, subject: "数学"))
        #expect(spared.problem.candidates.count { $0.reason == .willing } == 1)
        #expect(spared.problem.candidates.count { $0.reason == .surplus } == 4 && spared.notes.contains { $0.hasPrefix("2人") })
        var untold = staff(9, unit: 0, subject: "语文")
        untold[0].category = ""
        let unknown = try draw(units, untold + staff(5, unit: 1, subject: "数学"))
        #expect(
            unknown.problem.units[0].surplus == 0 && unknown.problem.candidates.isEmpty && unknown.notes.contains { $0.contains("资料不足") })
    }
}
