/// An office: a post at a place. Cases wait in the in-tray of an office, not on a person's desk.
public struct CaseUnit: Hashable, Sendable, Codable, CustomStringConvertible {
    public var role: String
    /// nil for an office of the whole city.
    public var county: String?
    /// 学校标识码 of a school's office.
    public var school: String?

    public init(role: String, county: String? = nil, school: String? = nil) {
        self.role = role
        self.county = county
        self.school = school
    }

    /// One word for the store: `school.head@清河县/2137020001`.
    public var description: String { key }
    public var key: String {
        guard let county else { return "\(role)@" }
        return school.map { "\(role)@\(county)/\($0)" } ?? "\(role)@\(county)"
    }

    public init?(key: String) {
        guard let at = key.lastIndex(of: "@") else { return nil }
        let place = key[key.index(after: at)...].split(separator: "/", maxSplits: 1)
        self.init(
            role: String(key[..<at]), county: place.first.map(String.init), school: place.count > 1 ? String(place[1]) : nil)
    }
}

/// Where a case belongs.
public struct CasePlace: Hashable, Sendable, Codable {
    /// nil for the whole city.
    public var county: String?
    /// 学校标识码.
    public var school: String?
    /// The school's name, the county's, or 全市, as it was then.
    public var label: String

    public init(county: String? = nil, school: String? = nil, label: String) {
        self.county = county
        self.school = school
        self.label = label
    }

    /// The office of a post that covers this place; nil where there is none, such as a school's office for a county's case.
    public func unit(of role: CaseRole) -> CaseUnit? {
        switch role.level {
        case .everyone: nil
        case .city: CaseUnit(role: role.name)
        case .county: county.map { CaseUnit(role: role.name, county: $0) }
        case .school: school.map { CaseUnit(role: role.name, county: county ?? "", school: $0) }
        }
    }
}

/// Whoever acts, with the posts held today. The adapter leaves out posts that have ended.
public struct CaseActor: Hashable, Sendable {
    /// A post somewhere: without a county it reaches every county, without a school every school of the county.
    public struct Post: Hashable, Sendable {
        public var role: String
        public var county: String?
        public var school: String?

        public init(role: String, county: String? = nil, school: String? = nil) {
            self.role = role
            self.county = county
            self.school = school
        }

        public func covers(_ unit: CaseUnit) -> Bool {
            role == unit.role && (county == nil || county == unit.county) && (school == nil || school == unit.school)
        }

        /// Whether it is held somewhere within a place.
        public func reaches(_ place: CasePlace) -> Bool {
            (county == nil || place.county == nil || county == place.county)
                && (school == nil || place.school == nil || school == place.school)
        }

        /// The office, where the post is held at one place only; the search for whole offices uses it.
        public var unit: CaseUnit { CaseUnit(role: role, county: county, school: school) }
    }

    /// Empty for somebody not logged in.
    public var id: String
    /// As shown beside what was done.
    public var name: String
    public var posts: [Post]

    public init(id: String, name: String, posts: [Post]) {
        self.id = id
        self.name = name
        self.posts = posts
    }

    /// Somebody who is not logged in.
    public static let anonymous = CaseActor(id: "", name: "群众（未登录）", posts: [])
    /// The clock at work: lateness, escalations.
    public static let clock = CaseActor(id: "clock", name: "系统", posts: [])

    public func sits(in unit: CaseUnit) -> Bool { posts.contains { $0.covers(unit) } }
    public func holds(_ role: String) -> Bool { posts.contains { $0.role == role } }
}
