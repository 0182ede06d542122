public import Foundation
public import Inspection
public import Pages
public import Registry

/// The work of inspection, as the pages of 督导 do it.
public struct InspectionWork: Sendable {
    /// What is arranged beforehand.
    public struct Planning: Sendable {
        var rubrics: @Sendable (Pages.Visit) -> [Rubric]
        var charges: @Sendable (_ year: Int?, Pages.Visit) async throws -> [SchoolCharge]
        var counts: @Sendable (_ year: Int) async throws -> [SchoolCharge]
        var inspectors: @Sendable (_ county: String, Pages.Visit) async throws -> [Person]
        var assign:
            @Sendable (_ school: String, _ county: String, _ inspector: PersonID, _ region: String, Pages.Visit) async throws ->
                Responsibility
        var release: @Sendable (_ school: String, _ county: String, Pages.Visit) async throws -> Void
        var proposals: @Sendable (_ year: Int?, Pages.Visit) async throws -> [VisitPlanner.Proposal]
        var ask: @Sendable (PostedParts, _ county: String, Pages.Visit) async throws -> [OpenedVisit]
        var approve:
            @Sendable (_ visit: String, _ joining: [String], _ exception: String, _ seen: Int?, Pages.Visit) async throws -> OpenedVisit
        var decline: @Sendable (_ visit: String, _ reason: String, _ seen: Int?, Pages.Visit) async throws -> OpenedVisit

        public init(
            rubrics: @escaping @Sendable (Pages.Visit) -> [Rubric],
            charges: @escaping @Sendable (Int?, Pages.Visit) async throws -> [SchoolCharge],
            counts: @escaping @Sendable (Int) async throws -> [SchoolCharge],
            inspectors: @escaping @Sendable (String, Pages.Visit) async throws -> [Person],
            assign: @escaping @Sendable (String, String, PersonID, String, Pages.Visit) async throws -> Responsibility,
            release: @escaping @Sendable (String, String, Pages.Visit) async throws -> Void,
            proposals: @escaping @Sendable (Int?, Pages.Visit) async throws -> [VisitPlanner.Proposal],
            ask: @escaping @Sendable (PostedParts, String, Pages.Visit) async throws -> [OpenedVisit],
            approve: @escaping @Sendable (String, [String], String, Int?, Pages.Visit) async throws -> OpenedVisit,
            decline: @escaping @Sendable (String, String, Int?, Pages.Visit) async throws -> OpenedVisit
        ) {
            self.rubrics = rubrics
            self.charges = charges
            self.counts = counts
            self.inspectors = inspectors
            self.assign = assign
            self.release = release
            self.proposals = proposals
            self.ask = ask
            self.approve = approve
            self.decline = decline
        }
    }

    /// What is done at the school.
    public struct Going: Sendable {
        var arrive: @Sendable (_ visit: String, VisitPosition?, _ reason: String, Pages.Visit) async throws -> OpenedVisit
        var judge: @Sendable (_ visit: String, _ rubric: String, _ item: String, PostedParts, Pages.Visit) async throws -> OpenedVisit
        var finish: @Sendable (_ visit: String, _ seen: Int?, Pages.Visit) async throws -> OpenedVisit
        var openCase: @Sendable (_ finding: String, _ visit: String, Pages.Visit) async throws -> OpenedVisit

        public init(
            arrive: @escaping @Sendable (String, VisitPosition?, String, Pages.Visit) async throws -> OpenedVisit,
            judge: @escaping @Sendable (String, String, String, PostedParts, Pages.Visit) async throws -> OpenedVisit,
            finish: @escaping @Sendable (String, Int?, Pages.Visit) async throws -> OpenedVisit,
            openCase: @escaping @Sendable (String, String, Pages.Visit) async throws -> OpenedVisit
        ) {
            self.arrive = arrive
            self.judge = judge
            self.finish = finish
            self.openCase = openCase
        }
    }

    /// What came of it.
    public struct Outcome: Sendable {
        var county: @Sendable (_ county: String, Pages.Visit) async throws -> ScoreSheet
        var school: @Sendable (_ school: String, _ county: String, Pages.Visit) async throws -> ScoreSheet
        var countyReport: @Sendable (_ county: String, _ kind: String, Pages.Visit) async throws -> (bytes: Data, name: String)
        var visitReport: @Sendable (_ visit: String, _ kind: String, Pages.Visit) async throws -> (bytes: Data, name: String)

        public init(
            county: @escaping @Sendable (String, Pages.Visit) async throws -> ScoreSheet,
            school: @escaping @Sendable (String, String, Pages.Visit) async throws -> ScoreSheet,
            countyReport: @escaping @Sendable (String, String, Pages.Visit) async throws -> (bytes: Data, name: String),
            visitReport: @escaping @Sendable (String, String, Pages.Visit) async throws -> (bytes: Data, name: String)
        ) {
            self.county = county
            self.school = school
            self.countyReport = countyReport
            self.visitReport = visitReport
        }
    }

    var visits: @Sendable (VisitFilter, Pages.Visit) async throws -> [OpenedVisit]
    var one: @Sendable (_ visit: String, Pages.Visit) async throws -> OpenedVisit
    var photo: @Sendable (_ digest: String, _ visit: String, Pages.Visit) async throws -> (bytes: Data, name: String, type: String)
    var planning: Planning
    var going: Going
    var outcome: Outcome

    public init(
        visits: @escaping @Sendable (VisitFilter, Pages.Visit) async throws -> [OpenedVisit],
        one: @escaping @Sendable (String, Pages.Visit) async throws -> OpenedVisit,
        photo: @escaping @Sendable (String, String, Pages.Visit) async throws -> (bytes: Data, name: String, type: String),
        planning: Planning, going: Going, outcome: Outcome
    ) {
        self.visits = visits
        self.one = one
        self.photo = photo
        self.planning = planning
        self.going = going
        self.outcome = outcome
    }
}
