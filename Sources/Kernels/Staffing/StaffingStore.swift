public import Foundation
public import Vocabulary

/// A county's survey as it is kept: the body is the feature's own text, and holds no persons.
public struct KeptSurvey: Hashable, Sendable {
    public var county: String
    public var year: SchoolYear
    public var body: String
    public var madeBy: String
    public var madeAt: Date

    public init(county: String, year: SchoolYear, body: String, madeBy: String, madeAt: Date) {
        self.county = county
        self.year = year
        self.body = body
        self.madeBy = madeBy
        self.madeAt = madeAt
    }
}

/// Surveys of staff and plans of posts.
public protocol StaffingStore: Sendable {
    /// The county's survey of a year; a newer one takes the place of the one before.
    func keep(_ survey: KeptSurvey) async throws
    func survey(_ county: String, _ year: SchoolYear) async throws -> KeptSurvey?
    /// In the order of their counties.
    func surveys(_ year: SchoolYear) async throws -> [KeptSurvey]

    /// Of one job one plan is kept: answers the first.
    @discardableResult
    func keep(_ plan: RosterPlan) async throws -> RosterPlan
    func postPlan(_ id: String) async throws -> RosterPlan?
    func postPlan(ofJob job: String) async throws -> RosterPlan?
    /// Newest first.
    func postPlans(_ county: String, _ year: SchoolYear) async throws -> [RosterPlan]
    /// Throws `StaffingRefusal` where it is adopted already, or another one of the county and year is.
    func adopt(_ id: String, by: String, at: Date) async throws -> RosterPlan
}

/// A "no" in the user's words.
public struct StaffingRefusal: Refusal, Hashable {
    public var message: String
    public var ground: RefusalGround

    public init(_ message: String, _ ground: RefusalGround = .rule) {
        self.message = message
        self.ground = ground
    }
}
