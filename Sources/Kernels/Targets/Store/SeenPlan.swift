/// An adopted plan as one person may see it, with every line's light today.
public struct SeenPlan: Sendable {
    public var adoption: PlanAdoption
    public var plan: CityPlan
    /// Entries of the counties the person may see.
    public var record: PlanRecord
    public var assessment: PlanAssessment
    /// The counties the person may see.
    public var counties: [String]

    public init(adoption: PlanAdoption, plan: CityPlan, record: PlanRecord, assessment: PlanAssessment, counties: [String]) {
        self.adoption = adoption
        self.plan = plan
        self.record = record
        self.assessment = assessment
        self.counties = counties
    }
}
