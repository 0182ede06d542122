public import Foundation

/// A plan worked out of a county's roster (who is exchanged, who takes which post) as it is kept: the body is the feature's own text,
/// with codes and no names.
public struct RosterPlan: Hashable, Sendable, Identifiable {
    public var id: String
    public var county: String
    public var year: SchoolYear
    public var body: String
    public var madeBy: String
    public var madeAt: Date
    /// Nil until somebody adopts it.
    public var adoptedBy: String?
    public var adoptedAt: Date?
    /// The job that worked it out; nil for plans of before there were any.
    public var job: String?

    public init(
        id: String, county: String, year: SchoolYear, body: String, madeBy: String, madeAt: Date, adoptedBy: String? = nil,
        adoptedAt: Date? = nil, job: String? = nil
    ) {
        self.id = id
        self.county = county
        self.year = year
        self.body = body
        self.madeBy = madeBy
        self.madeAt = madeAt
        self.adoptedBy = adoptedBy
        self.adoptedAt = adoptedAt
        self.job = job
    }
}
