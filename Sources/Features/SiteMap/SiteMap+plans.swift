/// Addresses of the city's plans.
extension SiteMap {
    public var cityPlans: String { path(["city-plans"]) }
    public func cityPlan(_ plan: String) -> String { path(["city-plans", plan]) }
    /// A view of a plan: `boards`, `dispatch`, `slipped`, `meetings`.
    public func cityPlan(_ plan: String, _ view: String) -> String { path(["city-plans", plan, view]) }
    public func planLine(_ plan: String, _ item: String) -> String { path(["city-plans", plan, "lines", item]) }
    public func planLineStep(_ plan: String, _ item: String, _ step: String) -> String { path(["city-plans", plan, "lines", item, step]) }
    public func planEvidence(_ plan: String, _ entry: String, _ step: String) -> String {
        path(["city-plans", plan, "evidence", entry, step])
    }
    public func planDocument(_ plan: String, _ entry: String, _ number: Int) -> String {
        path(["city-plans", plan, "evidence", entry, "documents", String(number)])
    }
    public func planMeeting(_ plan: String, _ meeting: String) -> String { path(["city-plans", plan, "meetings", meeting]) }
    public func planMeeting(_ plan: String, _ meeting: String, _ step: String) -> String {
        path(["city-plans", plan, "meetings", meeting, step])
    }
    public func planDecision(_ plan: String, _ meeting: String, _ decision: String) -> String {
        path(["city-plans", plan, "meetings", meeting, "decisions", decision])
    }
    public var adoptPlan: String { path(["city-plans", "adopt"]) }
    public var planDrafts: String { path(["plan-drafts"]) }
    public func planDraft(_ draft: String) -> String { path(["plan-drafts", draft]) }
    public func planDraft(_ draft: String, _ step: String) -> String { path(["plan-drafts", draft, step]) }
}
