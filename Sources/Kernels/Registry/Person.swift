public import Vocabulary

public typealias PersonID = String

/// Somebody who uses the system, with the posts held.
public struct Person: Hashable, Sendable, Identifiable {
    public var id: PersonID
    /// As shown beside what the person did.
    public var name: String
    public var grants: [Grant]

    public init(id: PersonID, name: String, grants: [Grant]) {
        self.id = id
        self.name = name
        self.grants = grants
    }

    /// How far a duty reaches.
    public func reach(_ duty: Duty, today: Day) -> Reach { Reach(duty, of: grants, today: today) }

    /// The only counties all of which the duty reaches: nil for every county, empty for none. Single schools are not among them.
    public func counties(_ duty: Duty, today: Day) -> Set<String>? {
        let reach = reach(duty, today: today)
        return reach.isCity ? nil : reach.counties
    }

    /// Whether the person may do this in all of a county; with nil, in the whole city.
    public func may(_ duty: Duty, in county: String?, today: Day) -> Bool { reach(duty, today: today).covers(county: county) }

    /// Throws `NotAllowed` where `may` says no.
    public func require(_ duty: Duty, in county: String?, today: Day) throws(NotAllowed) {
        guard !may(duty, in: county, today: today) else { return }
        let place = county ?? "全市"
        let able = Role.allCases.filter { $0.duties.contains(duty) && $0 != .administrator }.map(\.label.zh).joined(separator: "、")
        let advice = able.isEmpty ? "这件事由系统管理员办理，请联系管理员" : "这件事由\(able)办理，请联系他们或系统管理员"
        throw NotAllowed(message: "\(name)没有\(place)的“\(duty.label.zh)”权限。\(advice)")
    }

    /// Throws `NotAllowed` where the duty does not reach a school.
    public func require(_ duty: Duty, school: String, in county: String, today: Day) throws(NotAllowed) {
        let reach = reach(duty, today: today)
        guard !reach.covers(school: school, in: county) else { return }
        guard reach.touches(county: county) else { return try require(duty, in: county, today: today) }
        throw NotAllowed(message: "\(name)只能看自己学校的数据，不能看同县其他学校的。全县的数由县教育局提供")
    }
}

/// A "no" to somebody who lacks the duty, in the user's words.
public struct NotAllowed: Error, Hashable, Sendable, CustomStringConvertible {
    public var message: String
    public var description: String { message }
}

/// The people of an installation.
public protocol PersonDirectory: Sendable {
    /// In the order to list them.
    func people() async throws -> [Person]
    func person(_ id: PersonID) async throws -> Person?
}
