public import Vocabulary

/// Which visits to list.
public struct VisitFilter: Hashable, Sendable {
    public var year: Int?
    public var county: String?
    public var school: String?
    public var inspector: String?

    public init(year: Int? = nil, county: String? = nil, school: String? = nil, inspector: String? = nil) {
        self.year = year
        self.county = county
        self.school = school
        self.inspector = inspector
    }
}

/// Visits and who answers for which school.
public protocol InspectionStore: Sendable {
    /// In the order of county, school and id.
    func visits(_ filter: VisitFilter) async throws -> [Visit]
    func visit(_ id: String) async throws -> Visit?
    /// Everything that was asked for at once, or nothing.
    func add(_ visits: [Visit]) async throws
    /// One transaction: `decide` sees all visits of the school in the year as they stand and answers those that change, with their
    /// ids as they were. It may run twice. Answers what was written.
    func change(
        school: String, year: Int, _ decide: @escaping @Sendable ([Visit]) throws -> [Visit]
    ) async throws -> [Visit]

    /// In the order of county and school; nil for all counties.
    func responsibilities(_ county: String?) async throws -> [Responsibility]
    /// Gives a school to an inspector, in place of whoever had it. `decide` sees everybody's schools and may refuse.
    func assign(_ one: Responsibility, _ decide: @escaping @Sendable ([Responsibility]) throws -> Void) async throws
    func release(school: String) async throws
}

/// A "no" in the user's words.
public struct InspectionRefusal: Refusal, Hashable {
    public var message: String
    public var ground: RefusalGround

    public init(_ message: String, _ ground: RefusalGround = .rule) {
        self.message = message
        self.ground = ground
    }
}
