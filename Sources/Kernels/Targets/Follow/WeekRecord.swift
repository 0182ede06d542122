public import Vocabulary

/// How a leaf stood in a week, kept so that later weeks can be compared.
public struct WeekRecord: Hashable, Sendable {
    public var item: String
    /// The Monday of the week.
    public var week: Day
    public var light: PlanLight
    public var value: Double?

    public init(item: String, week: Day, light: PlanLight, value: Double?) {
        self.item = item
        self.week = week
        self.light = light
        self.value = value
    }

    /// Every leaf of an assessment, for the week of its day.
    public static func list(_ assessment: PlanAssessment) -> [WeekRecord] {
        assessment.plan.leaves.compactMap { leaf in
            assessment(leaf.id).map { WeekRecord(item: leaf.id, week: assessment.today.monday, light: $0.light, value: $0.value) }
        }
    }
}

/// A leaf that stands worse than in an earlier week.
public struct Slip: Sendable, Identifiable {
    public var item: PlanItem
    public var before: PlanLight
    public var now: PlanLight
    /// The week compared with.
    public var since: Day
    public var id: String { item.id }

    /// What slipped since the newest recorded week before this one, worst first. Without an earlier week nothing can be said: nil.
    public static func list(_ history: [WeekRecord], _ assessment: PlanAssessment) -> [Slip]? {
        let this = assessment.today.monday
        guard let since = history.map(\.week).filter({ $0 < this }).max() else { return nil }
        let before = Dictionary(history.filter { $0.week == since }.map { ($0.item, $0.light) }) { first, _ in first }
        let slips = assessment.plan.leaves.compactMap { leaf -> Slip? in
            guard let then = before[leaf.id], let now = assessment(leaf.id)?.light else { return nil }
            let lostProof = then == .done && now == .insufficient
            guard now.severity > then.severity || lostProof else { return nil }
            return Slip(item: leaf, before: then, now: now, since: since)
        }
        return slips.enumerated().sorted { ($1.element.now.severity, $0.offset) < ($0.element.now.severity, $1.offset) }.map(\.element)
    }
}

/// The numbers of a burn-up chart.
public struct BurnUp: Hashable, Sendable {
    public struct Point: Hashable, Sendable {
        public var day: Day
        public var value: Double

        public init(day: Day, value: Double) {
            self.day = day
            self.value = value
        }
    }

    /// What was reached, day by day of change.
    public var reached: [Point]
    /// What was to be reached: start, milestones, deadline.
    public var planned: [Point]

    /// Of one leaf whose entries add up. Entries without their documents and withdrawn ones do not count.
    public init(_ charge: PlanCharge, plan: CityPlan, entries: [EvidenceEntry], today: Day) {
        let amount = charge.item.required
        let judge = LeafJudge(charge, plan: plan, facts: PlanFacts(), entries: entries, counties: [], today: today)
        let (start, due) = judge.window
        planned = [Point(day: start, value: 0)] + charge.item.milestones.map { Point(day: $0.day, value: $0.value) }
        if let due, planned.last?.day ?? start < due { planned.append(Point(day: due, value: amount.value)) }
        let counted = entries.filter {
            $0.item == charge.id && $0.withdrawn == nil && $0.documents.count >= charge.item.evidence.documents && $0.day >= start
                && $0.day <= today
        }
        var sum = 0.0
        var points = [Point(day: start, value: 0)]
        for entry in counted.sorted(by: { ($0.day, $0.by.at) < ($1.day, $1.by.at) }) {
            guard let value = entry.amount else { continue }
            sum = amount.adding == .sum ? sum + value : value
            if points.last?.day == entry.day {
                points[points.count - 1].value = sum
            } else {
                points.append(Point(day: entry.day, value: sum))
            }
        }
        if let last = points.last, last.day < today { points.append(Point(day: min(today, due ?? today), value: last.value)) }
        reached = points
    }

    /// Of a whole plan: leaves done by week, as recorded.
    public init(_ history: [WeekRecord], _ assessment: PlanAssessment) {
        let weeks = Dictionary(grouping: history, by: \.week)
        let this = assessment.today.monday
        var points = weeks.filter { $0.key < this }.map { week, records in
            Point(day: week, value: Double(records.count { $0.light == .done }))
        }
        points.append(Point(day: this, value: Double(assessment.counts[.done] ?? 0)))
        reached = points.sorted { $0.day < $1.day }
        let charges = assessment.plan.charges
        let due = Set(charges.compactMap(\.deadline)).sorted()
        planned = [Point(day: assessment.plan.from, value: 0)]
        for day in due { planned.append(Point(day: day, value: Double(charges.count { $0.deadline.map { $0 <= day } ?? false }))) }
    }
}
