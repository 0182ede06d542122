public import Exchanges
public import Foundation
public import Pages
public import Vocabulary

/// The work of teachers' exchange, as the pages of 交流轮岗 do it.
public struct RotationWork: Sendable {
    /// What is written into a county's register.
    public struct Steps: Sendable {
        var takeIn:
            @Sendable (_ file: URL, _ name: String, SchoolYear?, _ county: String, Visit) async throws -> TakenIn<
                (count: Int, tally: ExchangeTally)
            >
        var step: @Sendable (_ exchange: String, _ county: String, Exchange.State, _ seen: Int?, Visit) async throws -> ToldExchange
        var arrive: @Sendable (SchoolYear?, _ county: String, Visit) async throws -> Int
        var make:
            @Sendable (_ file: URL, SchoolYear?, _ percent: Double?, RotationRules.Basis?, _ county: String, Visit) async throws ->
                TakenIn<ExchangePlan>
        var adopt: @Sendable (_ plan: String, _ form: String?, Visit) async throws -> ExchangePlan

        public init(
            takeIn:
                @escaping @Sendable (URL, String, SchoolYear?, String, Visit) async throws -> TakenIn<
                    (count: Int, tally: ExchangeTally)
                >,
            step: @escaping @Sendable (String, String, Exchange.State, Int?, Visit) async throws -> ToldExchange,
            arrive: @escaping @Sendable (SchoolYear?, String, Visit) async throws -> Int,
            make:
                @escaping @Sendable (URL, SchoolYear?, Double?, RotationRules.Basis?, String, Visit) async throws -> TakenIn<
                    ExchangePlan
                >,
            adopt: @escaping @Sendable (String, String?, Visit) async throws -> ExchangePlan
        ) {
            self.takeIn = takeIn
            self.step = step
            self.arrive = arrive
            self.make = make
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

    public init(
        rules: RotationRules, counties: @escaping @Sendable (SchoolYear?, Visit) async throws -> [CountyExchange],
        county: @escaping @Sendable (String, SchoolYear?, Visit) async throws -> CountyExchange,
        register: @escaping @Sendable (String, SchoolYear?, Visit) async throws -> [ToldExchange],
        turn: @escaping @Sendable (String, String, Visit) async throws -> ToldExchange,
        plans: @escaping @Sendable (String, SchoolYear?, Visit) async throws -> [ExchangePlan],
        plan: @escaping @Sendable (String, Visit) async throws -> ExchangePlan, steps: Steps
    ) {
        self.rules = rules
        self.counties = counties
        self.county = county
        self.register = register
        self.turn = turn
        self.plans = plans
        self.plan = plan
        self.steps = steps
    }
}
