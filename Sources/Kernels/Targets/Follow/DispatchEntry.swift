internal import Vocabulary

/// One thing that needs somebody's hand: a line of the plan, or a decision of a joint meeting.
public enum DispatchEntry: Sendable {
    case line(PlanItem, ItemAssessment)
    case decision(Decision, Meeting, PlanLight)

    private static let order: [PlanLight] = [.late, .atRisk, .insufficient, .onTrack, .done]

    public var light: PlanLight {
        switch self {
        case .line(_, let found): found.light
        case .decision(_, _, let light): light
        }
    }

    /// Worst first. `isWhole`: lines that are done or under way too, and decisions that are over.
    public static func list(_ assessment: PlanAssessment, _ meetings: [Meeting], isWhole: Bool) -> [DispatchEntry] {
        let plan = assessment.plan
        var entries = plan.leaves.compactMap { leaf in assessment(leaf.id).map { DispatchEntry.line(leaf, $0) } }
            .filter { isWhole || ![.done, .onTrack].contains($0.light) }
        for meeting in meetings {
            for decision in meeting.decisions where decision.state == .open || isWhole {
                entries.append(.decision(decision, meeting, decision.light(assessment.today, warnDays: plan.warnDays)))
            }
        }
        return entries.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
    }

    private static func rank(_ entry: DispatchEntry) -> Int { order.firstIndex(of: entry.light) ?? 0 }
}
