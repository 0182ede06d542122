public import Vocabulary

/// A role held somewhere: in the whole city or in one county, for one school, perhaps until a day.
public struct Grant: Hashable, Sendable {
    public var role: Role
    /// The only county it holds in; nil for all.
    public var county: String?
    /// The only school it holds for (学校标识码); nil for all of the county.
    public var school: String?
    /// The last day it holds; nil for an open end.
    public var until: Day?
    /// The only duties of the role it carries, as a token narrows it; nil for all of them.
    public var only: Set<Duty>?

    public init(_ role: Role, county: String? = nil, school: String? = nil, until: Day? = nil) {
        self.role = role
        self.county = county
        self.school = school
        self.until = until
    }

    /// `清河县督导室`, `市基教科`.
    public var title: String {
        guard let county else { return role.label.zh }
        return role.label.zh.hasPrefix("县") ? county + role.label.zh.dropFirst() : county + role.label.zh
    }

    /// Whether it has not ended; the last day still counts.
    public func holds(on today: Day) -> Bool { until.map { today <= $0 } ?? true }

    /// Whether it names the county and the school its role is held in.
    public var isPlaced: Bool {
        if role.isSchoolPost || school != nil { return county != nil && school != nil }
        return !role.isCountyPost || county != nil
    }

    /// Whether the grant carries the duty at all on a day, wherever that is.
    func holds(_ duty: Duty, today: Day) -> Bool {
        role.duties.contains(duty) && (only?.contains(duty) ?? true) && (until.map { today <= $0 } ?? true)
    }
}
