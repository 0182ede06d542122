public import Vocabulary

/// What was done, counted. Entries struck out do not count.
public struct AllianceTally: Hashable, Sendable {
    public private(set) var teachers = 0
    /// Teachers times days.
    public private(set) var teacherDays = 0
    public private(set) var lessons = 0
    public private(set) var visits = 0
    public private(set) var entries = 0

    public init() {}

    public init(_ activities: some Sequence<AllianceActivity>) {
        for activity in activities where activity.struck == nil {
            entries += 1
            switch activity.kind {
            case .staff:
                teachers += activity.count
                teacherDays += activity.count * (activity.days ?? 0)
            case .lesson: lessons += activity.count
            case .visit: visits += activity.count
            }
        }
    }

    public var isEmpty: Bool { entries == 0 }

    /// Newest first, with the years of the alliance in which nothing was done.
    public static func byYear(
        _ alliance: Alliance, _ activities: [AllianceActivity], today: Day
    ) -> [(year: SchoolYear, tally: AllianceTally)] {
        let last = Swift.min(alliance.ended ?? today, today).schoolYear.start
        let own = Dictionary(grouping: activities.filter { $0.alliance == alliance.id }) { $0.day.schoolYear.start }
        return (alliance.founded.schoolYear.start...Swift.max(last, alliance.founded.schoolYear.start)).reversed().map { year in
            (SchoolYear(year), AllianceTally(own[year] ?? []))
        }
    }

    /// What came to a school, and what it gave, in a school year. What was for all members came to every one that was in on the day.
    public static func ofSchool(
        _ code: String, in alliance: Alliance, _ activities: [AllianceActivity], _ year: SchoolYear
    ) -> (received: AllianceTally, given: AllianceTally) {
        let own = activities.filter { $0.alliance == alliance.id && $0.day.schoolYear == year }
        let received = own.filter { activity in
            activity.to == code || (activity.to.isEmpty && activity.from != code && alliance.isIn(code, on: activity.day))
        }
        return (AllianceTally(received), AllianceTally(own.filter { $0.from == code }))
    }

    /// Supported schools that are in on the day and to which nothing came in the school year.
    public static func idle(
        _ alliance: Alliance, _ activities: [AllianceActivity], _ year: SchoolYear, on day: Day
    ) -> [Alliance.Member] {
        alliance.members(on: day).filter { member in
            member.role == .supported && ofSchool(member.school.code, in: alliance, activities, year).received.isEmpty
        }
    }
}
