public import Vocabulary

/// How far a duty of somebody reaches: the whole city, whole counties, single schools. The one rule of who may see or do something
/// where; every page, export and command asks it, and none adds to it.
public struct Reach: Hashable, Sendable {
    public struct SchoolPlace: Hashable, Sendable {
        public var county: String
        /// 学校标识码.
        public var school: String

        public init(county: String, school: String) {
            self.county = county
            self.school = school
        }
    }

    public private(set) var isCity = false
    /// Counties with all of their schools.
    public private(set) var counties: Set<String> = []
    /// Schools outside of those counties' whole reach.
    public private(set) var schools: Set<SchoolPlace> = []

    /// What posts give on a day. A post that must name its county or school and does not gives nothing.
    public init(_ duty: Duty, of grants: [Grant], today: Day) {
        for grant in grants where grant.holds(duty, today: today) && grant.isPlaced {
            switch (grant.county, grant.school) {
            case (nil, _): isCity = true
            case (let county?, nil): counties.insert(county)
            case (let county?, let school?): schools.insert(SchoolPlace(county: county, school: school))
            }
        }
    }

    public var isEmpty: Bool { !isCity && counties.isEmpty && schools.isEmpty }
    /// Single schools and nothing more.
    public var isSchoolsOnly: Bool { !isCity && counties.isEmpty && !schools.isEmpty }

    /// Whether all of a county is within reach; with nil, the whole city.
    public func covers(county: String?) -> Bool { isCity || (county.map(counties.contains) ?? false) }

    /// Whether one school is within reach.
    public func covers(school: String, in county: String) -> Bool {
        covers(county: county) || schools.contains(SchoolPlace(county: county, school: school))
    }

    /// Whether anything of a county is within reach: then sums over all of its schools may be shown, rows only of those covered.
    public func touches(county: String) -> Bool { covers(county: county) || schools.contains { $0.county == county } }
}
