/// A school with who answers for it and how often it is visited in a year.
public struct SchoolCharge: Sendable, Hashable {
    public var school: String
    public var name: String
    public var county: String
    /// Nil where nobody answers for it, or where it is not told.
    public var responsibility: Responsibility?
    public var count: VisitPlanner.Count
    /// Visits of the yearly plan the school has to bear at most.
    public var most: Int
    /// Somebody was there within the last month.
    public var wasVisitedLately: Bool

    public init(
        school: String, name: String, county: String, responsibility: Responsibility? = nil, count: VisitPlanner.Count, most: Int,
        wasVisitedLately: Bool = false
    ) {
        self.school = school
        self.name = name
        self.county = county
        self.responsibility = responsibility
        self.count = count
        self.most = most
        self.wasVisitedLately = wasVisitedLately
    }

    /// Visits that may still be planned.
    public var left: Int { Swift.max(0, most - count.counted) }
}
