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

    public init(person: Person, others: [Person] = [], today: Day) {
        self.person = person
        self.others = others
        self.today = today
    }

    static let nobody = Visit(person: Person(id: "", name: "访客", grants: []), today: Day(year: 2000, month: 1, day: 1))

    public func may(_ duty: Duty, in county: String?) -> Bool { person.may(duty, in: county, today: today) }

    /// Throws `NotAllowed` where the person lacks the duty.
    public func require(_ duty: Duty, in county: String?) throws(NotAllowed) { try person.require(duty, in: county, today: today) }

    /// Whether the duty holds anywhere at all.
    public func mayAnywhere(_ duty: Duty) -> Bool { person.counties(duty, today: today).map { !$0.isEmpty } ?? true }

    /// A result without the counties the person may not look at.
    public func seen(_ evaluated: Evaluated) -> Evaluated {
        guard let own = person.counties(.look, today: today) else { return evaluated }
        var copy = evaluated
        copy.result.counties = evaluated.result.counties.filter { own.contains($0.county) }
        return copy
    }
}
