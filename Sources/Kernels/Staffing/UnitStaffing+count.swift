public import Vocabulary

extension UnitStaffing {
    /// Counts a unit. `members` are its own; nil where there is no roster at all. `ahead` are its pupils of the years to come.
    public init(
        _ unit: StaffUnit, _ members: [StaffMember]?, year: SchoolYear, ahead: [PupilForecast.Point], _ rules: StaffingRules
    ) {
        let establishment = Establishment(unit, rules)
        (id, school, title, stage, setting) = (unit.id, unit.school, unit.title, unit.stage, unit.setting)
        (latitude, longitude, pupils, classes) = (unit.latitude, unit.longitude, unit.pupils, unit.classes)
        (self.establishment, steps, approved) = (establishment.number, establishment.steps, unit.approved)
        let staff = members ?? []
        let established = staff.filter { rules.tenures.contains($0.tenure) }
        known = established.count
        offEstablishment = staff.count { !$0.tenure.isEmpty && !rules.tenures.contains($0.tenure) }
        gap = UnitStaffing.gap(members)
        isWhole = gap.isEmpty
        subjects = UnitStaffing.subjects(unit, staff, rules)
        let start = Month(year.start, 9)
        (leaving, overdue, ageless) = UnitStaffing.leaving(established, from: start, through: year.start + rules.forecast.ahead, rules)
        self.ahead = []
        let months = established.map { rules.retirement.month($0) }
        for point in ahead {
            let posts = Establishment(unit, pupils: point.pupils, classes: point.classes, rules).number
            let then = Month(point.year, 9)
            let stay = months.count { $0.map { $0 >= then } ?? false }
            self.ahead.append(
                Ahead(
                    year: point.year, pupils: point.pupils, isAssumed: point.isAssumed, classes: point.classes, establishment: posts,
                    remaining: isWhole && ageless == 0 ? stay : nil))
        }
    }

    private static func gap(_ members: [StaffMember]?) -> String {
        guard let members else { return "还没有上传教职工名册" }
        if members.isEmpty { return "名册里没有这所学校的人" }
        let untold = members.count { $0.tenure.isEmpty }
        if untold > 0 { return "\(untold)人没有填编制" }
        let kinds = members.count { $0.category.isEmpty }
        return kinds > 0 ? "\(kinds)人没有填人员类别，不知道是否含全体教职工" : ""
    }

    private static func subjects(_ unit: StaffUnit, _ staff: [StaffMember], _ rules: StaffingRules) -> [Subject] {
        let curriculum = rules.curriculum(unit.stage)
        var counts: [String: (all: Int, established: Int)] = [:]
        for member in staff where rules.teaches(member) {
            let name = rules.subject(member.subject)
            counts[name, default: (0, 0)].all += 1
            if rules.tenures.contains(member.tenure) { counts[name, default: (0, 0)].established += 1 }
        }
        let ruled = curriculum?.hours.map(\.subject) ?? []
        let others = counts.keys.filter { !ruled.contains($0) }.sorted()
        return (ruled + others).map { name in
            Subject(
                name: name, need: unit.classes.flatMap { curriculum?.need(name, classes: $0) }, teachers: counts[name]?.all ?? 0,
                established: counts[name]?.established ?? 0)
        }
    }

    private static func leaving(
        _ established: [StaffMember], from start: Month, through last: Int, _ rules: StaffingRules
    ) -> (rows: [Leaving], overdue: Int, ageless: Int) {
        var rows: [String: Leaving] = [:]
        var (overdue, ageless) = (0, 0)
        for member in established {
            guard let month = rules.retirement.month(member), let early = rules.retirement.earliest(member) else {
                ageless += 1
                continue
            }
            if month < start { overdue += 1 }
            let subject = UnitStaffing.kind(member, rules)
            for (when, isEarly) in [(month, false), (Swift.max(early, start), true)] where when >= start && when.year <= last {
                let key = "\(when.year)|\(subject)"
                if isEarly, month < start { continue }
                rows[key, default: Leaving(year: when.year, subject: subject, count: 0, early: 0)].count += isEarly ? 0 : 1
                rows[key]?.early += isEarly ? 1 : 0
            }
        }
        return (rows.values.sorted { ($0.year, $0.subject) < ($1.year, $1.subject) }, overdue, ageless)
    }

    /// What somebody does: the subject, the post of a head, or the kind of work.
    private static func kind(_ member: StaffMember, _ rules: StaffingRules) -> String {
        if rules.teaches(member) { return rules.subject(member.subject) }
        return rules.heads.contains(member.subject) || member.category.isEmpty ? member.subject : member.category
    }
}
