internal import Vocabulary

/// Decides one leaf from its evidence.
struct LeafJudge {
    let charge: PlanCharge
    let plan: CityPlan
    let facts: PlanFacts
    let entries: [EvidenceEntry]
    let counties: [String]
    let today: Day
    private let amount: PlannedAmount

    init(_ charge: PlanCharge, plan: CityPlan, facts: PlanFacts, entries: [EvidenceEntry], counties: [String], today: Day) {
        self.charge = charge
        self.plan = plan
        self.facts = facts
        self.entries = entries
        self.counties = counties
        self.today = today
        amount = charge.item.required
    }

    var assessment: ItemAssessment {
        let rule = charge.item.evidence
        let places: [String?] = rule.reach == .county ? counties.map { $0 } : [nil]
        let parts = places.map { part($0) }
        let light = PlanLight.all(parts.map(\.light))
        let value = rule.reach == .city ? parts.first?.value : worst(parts)
        return ItemAssessment(
            id: charge.id, computed: light, override: nil, reasons: reasons(light, value, parts), value: value, expected: expected,
            counts: [light: 1], parts: parts, due: window.due)
    }

    // MARK: Days

    /// From when entries count, and by when the amount is due.
    var window: (start: Day, due: Day?) {
        let last = charge.deadline ?? (amount.period == .whole ? nil : plan.until)
        // A period that is over stays the one judged.
        let day = min(today, last ?? today)
        switch amount.period {
        case .whole: return (charge.start, charge.deadline)
        case .year: return (Day(year: day.year, month: 1, day: 1), Day(year: day.year, month: 12, day: 31))
        case .schoolYear:
            let start = day.schoolYear.countDay
            return (start, Day(year: start.year + 1, month: 8, day: 31))
        }
    }

    /// What should be reached by today.
    private var expected: Double? {
        if let passed = charge.item.milestones.last(where: { $0.day <= today }) { return passed.value }
        guard amount.isPaced, let due = window.due else { return nil }
        let whole = window.start.days(until: due)
        guard whole > 0 else { return nil }
        let share = Double(max(0, min(whole, window.start.days(until: today)))) / Double(whole)
        return amount.value * share
    }

    // MARK: One county or the city

    private func part(_ county: String?) -> ItemAssessment.Part {
        let found = charge.item.evidence.fact.map { fact($0, county) } ?? entered(county)
        return ItemAssessment.Part(
            county: county, light: light(found.value), value: found.value, source: found.source, link: found.link, schools: found.schools)
    }

    private func fact(_ name: String, _ county: String?) -> PlanFact {
        facts[name].first { $0.county == county } ?? PlanFact(nil, county: county, source: "还没有这项数据")
    }

    private func entered(_ county: String?) -> PlanFact {
        let mine = entries.filter { $0.county == county && $0.withdrawn == nil && $0.day <= today && $0.day >= window.start }
        let counted = mine.filter { $0.documents.count >= charge.item.evidence.documents }
        guard !counted.isEmpty else {
            let why = mine.isEmpty ? "还没有填报" : "填报了\(mine.count)条，都还没有附上佐证材料，未计入"
            return PlanFact(nil, county: county, source: why)
        }
        let left = mine.count - counted.count
        let source = "责任单位填报\(counted.count)条" + (left > 0 ? "，另有\(left)条没有佐证材料，未计入" : "")
        switch amount.adding {
        case .sum: return PlanFact(counted.reduce(0) { $0 + ($1.amount ?? 0) }, county: county, source: source)
        case .latest:
            let newest = counted.filter { $0.amount != nil }.max { ($0.day, $0.by.at) < ($1.day, $1.by.at) }
            return PlanFact(newest?.amount, county: county, source: newest == nil ? source + "，都没有填数" : source)
        }
    }

    private func light(_ value: Double?) -> PlanLight {
        guard let value else { return .insufficient }
        if amount.comparison.holds(value, amount.value) { return .done }
        if let due = window.due, today > due { return .late }
        if let passed = charge.item.milestones.last(where: { $0.day <= today }), !amount.comparison.holds(value, passed.value) {
            return .late
        }
        if isBehindPace(value) || isClose(value) { return .atRisk }
        return .onTrack
    }

    private func isBehindPace(_ value: Double) -> Bool {
        guard amount.isPaced, let expected else { return false }
        return !amount.comparison.holds(value, expected)
    }

    /// The deadline or the next milestone is near and its number is not reached.
    private func isClose(_ value: Double) -> Bool {
        let coming = charge.item.milestones.first { $0.day > today }
        if let coming, today.days(until: coming.day) <= plan.warnDays, !amount.comparison.holds(value, coming.value) { return true }
        return window.due.map { today.days(until: $0) <= plan.warnDays } ?? false
    }

    private func worst(_ parts: [ItemAssessment.Part]) -> Double? {
        let known = parts.compactMap(\.value)
        guard known.count == parts.count else { return nil }
        return amount.comparison == .atLeast ? known.min() : known.max()
    }
}
