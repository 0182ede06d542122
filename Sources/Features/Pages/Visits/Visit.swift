public import Indicators
public import Registry
public import Vocabulary

/// Who looks at a page, and on which day.
public struct Visit: Sendable {
    public var person: Person
    /// Whom the visitor may become by the top bar: the demo users, nobody otherwise.
    public var others: [Person]
    public var today: Day
    /// The session of somebody logged in; nil where nobody logs in.
    public var session: String?
    /// Jobs of the person that are waiting or running.
    public var openTasks = 0

    public init(person: Person, others: [Person] = [], today: Day) {
        self.person = person
        self.others = others
        self.today = today
    }

    static let nobody = Visit(person: Person(id: "", name: "访客", grants: []), today: Day(year: 2000, month: 1, day: 1))

    public func may(_ duty: Duty, in county: String?) -> Bool { person.may(duty, in: county, today: today) }

    /// Throws `NotAllowed` where the person lacks the duty.
    public func require(_ duty: Duty, in county: String?) throws(NotAllowed) { try person.require(duty, in: county, today: today) }

    /// Whether the duty holds anywhere at all, be it at one school.
    public func mayAnywhere(_ duty: Duty) -> Bool { !person.reach(duty, today: today).isEmpty }

    /// How far the visitor may look.
    public var sight: Reach { person.reach(.look, today: today) }

    /// Whether the visitor sees single schools and nothing more.
    public var seesSchoolsOnly: Bool { sight.isSchoolsOnly }

    /// Throws `NotAllowed` where nothing of a county may be seen. Rows of single schools ask `sight` besides.
    public func requireSight(of county: String) throws(NotAllowed) {
        if !sight.touches(county: county) { try require(.look, in: county) }
    }

    /// Throws `NotAllowed` where a school's rows may not be seen.
    public func requireSight(of school: String, in county: String) throws(NotAllowed) {
        try person.require(.look, school: school, in: county, today: today)
    }

    /// A result without the counties and the schools the person may not look at. Of a county seen only in part its own verdict, sums
    /// and spreads stay as they are.
    public func seen(_ evaluated: Evaluated) -> Evaluated {
        let sight = sight
        guard !sight.isCity else { return evaluated }
        var copy = evaluated
        copy.result.counties = evaluated.result.counties.filter { sight.touches(county: $0.county) }.map { county in
            guard !sight.covers(county: county.county) else { return county }
            var own = county
            own.units = county.units.filter { sight.covers(school: $0.school, in: county.county) }
            own.shortfalls = county.shortfalls.filter { sight.covers(school: $0.school, in: county.county) }
            own.excluded = county.excluded.filter { sight.covers(school: $0.school, in: county.county) }
            return own
        }
        return copy
    }
}
