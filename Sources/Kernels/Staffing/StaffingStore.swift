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

/// A matching of people and posts as it is kept: codes, no names.
public struct KeptPostPlan: Hashable, Sendable, Identifiable {
    public var id: String
    public var county: String
    public var year: SchoolYear
    public var body: String
    public var madeBy: String
    public var madeAt: Date
    /// Nil until somebody adopts it.
    public var adoptedBy: String?
    public var adoptedAt: Date?

    public init(
        id: String, county: String, year: SchoolYear, body: String, madeBy: String, madeAt: Date, adoptedBy: String? = nil,
        adoptedAt: Date? = nil
    ) {
        self.id = id
        self.county = county
        self.year = year
        self.body = body
        self.madeBy = madeBy
        self.madeAt = madeAt
        self.adoptedBy = adoptedBy
        self.adoptedAt = adoptedAt
    }
}

/// Surveys of staff and plans of posts.
public protocol StaffingStore: Sendable {
    /// The county's survey of a year; a newer one takes the place of the one before.
    func keep(_ survey: KeptSurvey) async throws
    func survey(_ county: String, _ year: SchoolYear) async throws -> KeptSurvey?
    /// In the order of their counties.
    func surveys(_ year: SchoolYear) async throws -> [KeptSurvey]

    func keep(_ plan: KeptPostPlan) async throws
    func postPlan(_ id: String) async throws -> KeptPostPlan?
    /// Newest first.
    func postPlans(_ county: String, _ year: SchoolYear) async throws -> [KeptPostPlan]
    /// Throws `StaffingRefusal` where it is adopted already, or another one of the county and year is.
    func adopt(_ id: String, by: String, at: Date) async throws -> KeptPostPlan
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
