internal import DemoCity
internal import Foundation
internal import Registry
internal import Storage
internal import Targets
internal import Vault
internal import Vocabulary

/// Gives the demo city a plan half done: adopted, reported on, judged week by week, with a joint meeting behind it.
struct FillDemoPlan {
    let storage: Storage
    let facts: any PlanFactSource
    let today: Day
    /// Who adopts, sets lights by hand and calls meetings.
    let supervisor: Person

    func run() async throws {
        guard try await storage.plans.adoptions().isEmpty, let plan = try PlanTexts.compile(DemoPlan(today: today).body).first else {
            return
        }
        let demo = DemoPlan(today: today)
        _ = try await storage.plans.adopt(plan.id, title: plan.label.zh, body: demo.body, seen: 0, by: signed(-320))
        var versions: [String: Int] = [:]
        for entry in demo.entries {
            try await storage.plans.enter(entry, seen: versions[entry.item] ?? 0)
            versions[entry.item, default: 0] += 1
        }
        let hand = DemoPlan.override
        try await storage.plans.override(
            hand.light, of: hand.item, in: plan.id, reason: hand.reason, seen: versions[hand.item] ?? 0, by: signed(-2))
        try await weeks(plan, demo.entries)
        try await meeting(plan)
    }

    /// How the lines stood in the weeks before, by what was reported then.
    private func weeks(_ plan: CityPlan, _ entries: [EvidenceEntry]) async throws {
        let known = try await facts.facts(plan.factNames)
        let counties = try await facts.counties()
        for back in stride(from: 26, through: 1, by: -1) {
            let day = today.monday.adding(-7 * back + 4)
            let then = PlanAssessment(plan, facts: known, entries: entries, overrides: [:], counties: counties, today: day)
            try await storage.plans.keep(WeekRecord.list(then), of: plan.id)
        }
    }

    private func meeting(_ plan: CityPlan) async throws {
        let meeting = try await storage.meetings.call(
            RandomID.make(), plan: plan.id, title: "第1次联席研判会议", day: today.adding(-21), by: signed(-21))
        for (number, decision) in DemoPlan.decisions.enumerated() {
            let id = RandomID.make()
            try await storage.meetings.decide(
                Decision(
                    id: id, meeting: meeting.id, number: number + 1, text: decision.text, item: decision.item, owner: decision.owner,
                    due: today.adding(decision.due)), seen: meeting.version + number)
            guard !decision.outcome.isEmpty else { continue }
            try await storage.meetings.end(id, as: .done, outcome: decision.outcome, by: signed(-8))
        }
    }

    private func signed(_ days: Int) -> PlanSignature {
        let day = today.adding(days)
        let at = DateComponents(calendar: Calendar(identifier: .gregorian), year: day.year, month: day.month, day: day.day, hour: 9).date
        return PlanSignature(by: supervisor.id, name: supervisor.name, at: at ?? Date())
    }
}
