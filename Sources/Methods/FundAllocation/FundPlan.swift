public import Planning

/// The answer: which projects are done and which source pays how much of each. Nothing in it is computed.
public struct FundPlan: Sendable, Hashable, Codable {
    public struct Payment: Sendable, Hashable, Codable {
        public var project: String
        public var source: String
        /// Yuan, above zero.
        public var amount: Int

        public init(project: String, source: String, amount: Int) {
            self.project = project
            self.source = source
            self.amount = amount
        }
    }

    /// Ids in the order of the problem.
    public var projects: [String]
    public var payments: [Payment]

    public init(projects: [String] = [], payments: [Payment] = []) {
        self.projects = projects
        self.payments = payments
    }
}

/// What the method answers. First as few units as possible are left short of the standard; among such plans the most is closed
/// of what pupils lack.
public enum FundAnswer: Sendable {
    /// `units` vouches for the number of units left short, `lack` for the pupils' lack left (see `FundOutcome`).
    case plan(FundPlan, units: Certificate, lack: Certificate)
    case infeasible([PlanRule], Certificate)
    case undecided(Certificate)
}

/// One point of the front: what a budget buys.
public struct FundPoint: Sendable, Hashable, Codable {
    /// Yuan available and yuan spent.
    public var budget: Int
    public var spent: Int
    /// Units that meet the standard after it.
    public var met: Int
    /// No plan within this budget brings more units to it; nil where that is not proved.
    public var most: Int?

    public init(budget: Int, spent: Int, met: Int, most: Int?) {
        self.budget = budget
        self.spent = spent
        self.met = met
        self.most = most
    }
}
