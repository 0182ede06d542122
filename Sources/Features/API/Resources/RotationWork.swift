public import Exchanges
public import Foundation
public import Jobs
public import Pages
public import Vocabulary

/// The work of teachers' exchange, as the pages of 交流轮岗 do it.
public struct RotationWork: Sendable {
    /// What a plan is to be made by.
    public struct Wish: Sendable {
        /// Of what the basis counts; nil for what the rules say.
        public var percent: Double?
        public var basis: RotationRules.Basis?
        public var seconds: Int?
        /// Whether other rates are worked out beside.
        public var whatIf: Bool
    }

    /// What is written into a county's register.
    public struct Steps: Sendable {
        var takeIn:
            @Sendable (_ file: URL, _ name: String, SchoolYear?, _ county: String, Visit) async throws -> TakenIn<
                (count: Int, tally: ExchangeTally)
            >
        var step: @Sendable (_ exchange: String, _ county: String, Exchange.State, _ seen: Int?, Visit) async throws -> ToldExchange
        var arrive: @Sendable (SchoolYear?, _ county: String, Visit) async throws -> Int
        var ask: @Sendable (_ file: URL, SchoolYear?, Wish, _ county: String, Visit) async throws -> TakenIn<Job>
        var adopt: @Sendable (_ plan: String, _ form: String?, Visit) async throws -> ExchangePlan

        public init(
            takeIn:
                @escaping @Sendable (URL, String, SchoolYear?, String, Visit) async throws -> TakenIn<
                    (count: Int, tally: ExchangeTally)
                >,
            step: @escaping @Sendable (String, String, Exchange.State, Int?, Visit) async throws -> ToldExchange,
            arrive: @escaping @Sendable (SchoolYear?, String, Visit) async throws -> Int,
            ask: @escaping @Sendable (URL, SchoolYear?, Wish, String, Visit) async throws -> TakenIn<Job>,
            adopt: @escaping @Sendable (String, String?, Visit) async throws -> ExchangePlan
        ) {
            self.takeIn = takeIn
            self.step = step
            self.arrive = arrive
            self.ask = ask
            self.adopt = adopt
        }
    }

    var rules: RotationRules
    var counties: @Sendable (SchoolYear?, Visit) async throws -> [CountyExchange]
    var county: @Sendable (_ county: String, SchoolYear?, Visit) async throws -> CountyExchange
    var register: @Sendable (_ county: String, SchoolYear?, Visit) async throws -> [ToldExchange]
    var turn: @Sendable (_ exchange: String, _ county: String, Visit) async throws -> ToldExchange
    var plans: @Sendable (_ county: String, SchoolYear?, Visit) async throws -> [ExchangePlan]
    var plan: @Sendable (_ plan: String, Visit) async throws -> ExchangePlan
    var steps: Steps
    var carry: CarryWork

    public init(
        rules: RotationRules, counties: @escaping @Sendable (SchoolYear?, Visit) async throws -> [CountyExchange],
        county: @escaping @Sendable (String, SchoolYear?, Visit) async throws -> CountyExchange,
        register: @escaping @Sendable (String, SchoolYear?, Visit) async throws -> [ToldExchange],
        turn: @escaping @Sendable (String, String, Visit) async throws -> ToldExchange,
        plans: @escaping @Sendable (String, SchoolYear?, Visit) async throws -> [ExchangePlan],
        plan: @escaping @Sendable (String, Visit) async throws -> ExchangePlan, steps: Steps, carry: CarryWork
    ) {
        self.rules = rules
        self.counties = counties
        self.county = county
        self.register = register
        self.turn = turn
        self.plans = plans
        self.plan = plan
        self.steps = steps
        self.carry = carry
    }
}
