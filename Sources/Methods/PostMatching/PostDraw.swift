internal import Planning
public import Staffing
internal import Vocabulary

/// The problem of posts out of a county's survey and the people behind it: who is over gives, who is short takes.
public struct PostDraw: Sendable {
    public let problem: PostProblem
    /// What was left out and why, in words.
    public let notes: [String]

    /// What is written in the roster's column 竞聘情形.
    static let (waiting, willing) = ("待岗", "自愿")

    /// `units` in the order the members speak of them.
    public init(
        _ survey: StaffingSurvey, units: [StaffUnit], members: [StaffMember], rules: StaffingRules, placesEveryone: Bool = false
    ) {
        let waiting = PostDraw.waiting(members)
        let counted = Dictionary(survey.units.map { ($0.id, $0) }) { first, _ in first }
        let drawn = units.indices.map { PostDraw.unit(units[$0], counted[units[$0].id], out: waiting[$0] ?? [], rules) }
        var candidates: [PostProblem.Candidate] = []
        var (spared, unplaced) = (0, 0)
        for member in members where rules.teaches(member) && rules.tenures.contains(member.tenure) && counted[units[member.unit].id] != nil
        {
            let unit = drawn[member.unit]
            let reason = PostDraw.reason(member)
            let subject = rules.subject(member.subject)
            if reason != .waiting, unit.surplus < 1 || unit.spare[subject, default: 0] < 1 { continue }
            if reason == .surplus, PostDraw.isSpared(member, survey, rules) {
                spared += 1
                continue
            }
            if unit.place == nil { unplaced += 1 }
            candidates.append(
                PostProblem.Candidate(
                    id: member.id, unit: member.unit, subject: subject, subjects: Set(member.subjects.map(rules.subject)),
                    qualified: member.qualified ?? units[member.unit].stage, reason: reason, wishes: member.wishes))
        }
        problem = PostProblem(
            region: survey.county, year: survey.year, units: drawn, candidates: candidates, rules: rules, placesEveryone: placesEveryone)
        notes = PostDraw.notes(survey, spared: spared, unplaced: unplaced)
    }

    private static func notes(_ survey: StaffingSurvey, spared: Int, unplaced: Int) -> [String] {
        var notes: [String] = []
        let unknown = survey.units.filter { $0.balance == nil }
        if !unknown.isEmpty { notes.append("\(unknown.count)个学校单位超编缺编资料不足，不派出也不接收（待岗人员除外）") }
        if spared > 0 { notes.append("\(spared)人在超编学校的富余学科，因临近退休、孕期哺乳期、疾病或家庭困难不动员") }
        if unplaced > 0 { notes.append("\(unplaced)人所在学校没有经纬度，算不出距离，不安排") }
        return notes
    }

    /// Those without a post, by unit.
    private static func waiting(_ members: [StaffMember]) -> [Int: [StaffMember]] {
        Dictionary(grouping: members.filter { $0.pool == waiting }) { $0.unit }
    }

    private static func reason(_ member: StaffMember) -> PostProblem.Reason {
        member.pool == waiting ? .waiting : member.pool == willing ? .willing : .surplus
    }

    private static func isSpared(_ member: StaffMember, _ survey: StaffingSurvey, _ rules: StaffingRules) -> Bool {
        if rules.posts.exempt.contains(member.exempt) || rules.posts.sparesHardship && member.isHardship { return true }
        // Whose age is not told may be about to retire: nobody is asked to go on that chance.
        guard let month = rules.retirement.month(member) else { return true }
        return month - Month(survey.year.start, 9) < rules.posts.beforeRetirement * 12
    }

    /// Whoever is out already has left the unit's count: they make room, and are no surplus any more.
    private static func unit(
        _ unit: StaffUnit, _ counted: UnitStaffing?, out: [StaffMember], _ rules: StaffingRules
    ) -> PostProblem.Unit {
        let place = unit.latitude.flatMap { up in unit.longitude.map { PostProblem.Place(latitude: up, longitude: $0) } }
        var drawn = PostProblem.Unit(id: unit.id, school: unit.school, title: unit.title, stage: unit.stage, place: place)
        guard let counted, let balance = counted.balance else { return drawn }
        let gone = out.filter { rules.tenures.contains($0.tenure) }
        let rest = balance - gone.count
        drawn.surplus = Swift.max(0, rest)
        drawn.vacancies = Swift.max(0, -rest)
        for subject in counted.subjects {
            guard let need = subject.need else { continue }
            let left = subject.established - gone.count { rules.subject($0.subject) == subject.name && rules.teaches($0) }
            if drawn.vacancies > 0, need / 1_000 > left { drawn.posts[subject.name] = need / 1_000 - left }
            // The last one of a subject stays, however few lessons there are.
            let kept = Swift.max(1, (need + 999) / 1_000)
            if drawn.surplus > 0, left > kept { drawn.spare[subject.name] = left - kept }
        }
        return drawn
    }
}
