public import Foundation
public import Vocabulary

/// What a token may be used for: some duties, perhaps in one county or for one school alone. It only ever narrows what its owner
/// may do at the moment of use.
public struct TokenScope: Hashable, Sendable {
    public var duties: Set<Duty>
    /// The only county; nil for all the owner's.
    public var county: String?
    /// The only school (学校标识码), together with its county; nil for all.
    public var school: String?

    public init(duties: Set<Duty>, county: String? = nil, school: String? = nil) {
        self.duties = duties
        self.county = county
        self.school = school
    }
}

/// A program's way in, made by a person for it. The token itself is shown once and kept by its digest alone.
public struct AccessToken: Hashable, Sendable, Identifiable {
    public var id: String
    public var owner: PersonID
    /// What the owner calls it: the program or the place it is used in.
    public var name: String
    public var scope: TokenScope
    public var createdAt: Date
    /// The last day it can be used.
    public var lastDay: Day
    /// Seen last, to the minute; nil before the first use.
    public var usedAt: Date?
    public var revokedAt: Date?

    public init(
        id: String, owner: PersonID, name: String, scope: TokenScope, createdAt: Date, lastDay: Day, usedAt: Date? = nil,
        revokedAt: Date? = nil
    ) {
        self.id = id
        self.owner = owner
        self.name = name
        self.scope = scope
        self.createdAt = createdAt
        self.lastDay = lastDay
        self.usedAt = usedAt
        self.revokedAt = revokedAt
    }

    public func isAlive(on today: Day) -> Bool { revokedAt == nil && today <= lastDay }

    /// Most days a token may live: one that nobody renews must not outlive its purpose.
    public static let longestDays = 366
    /// Most tokens of one person that are alive at once.
    public static let most = 50

    /// What is wrong with a token a person asks for, in the user's words; empty when nothing is.
    public static func complaints(
        name: String, scope: TokenScope, lastDay: Day?, latest: Day, owner: Person, today: Day
    ) -> [String] {
        var complaints: [String] = []
        if name.isEmpty || name.count > 60 { complaints.append("名称要写1至60个字，说明给哪个程序用") }
        if scope.duties.isEmpty { complaints.append("至少选一项权限") }
        for duty in Duty.allCases where scope.duties.contains(duty) {
            let reach = owner.reach(duty, today: today)
            let isHeld =
                switch (scope.county, scope.school) {
                case (let county?, let school?): reach.covers(school: school, in: county)
                case (let county?, nil): reach.covers(county: county)
                default: !reach.isEmpty
                }
            if !isHeld { complaints.append("您自己没有\(scope.county ?? "")“\(duty.label.zh)”的权限，令牌也不能有") }
        }
        if scope.school != nil, scope.county == nil { complaints.append("只限一所学校时，也要写明它在哪个县（市、区）") }
        if scope.school != nil, !scope.duties.isSubset(of: [.look, .handle]) { complaints.append("只限一所学校的令牌只能查看和办理事项") }
        if let lastDay {
            if lastDay < today { complaints.append("到期日已经过去") }
            if latest < lastDay { complaints.append("到期日最晚是\(latest.chinese)，到时再换新的") }
        } else {
            complaints.append("到期日写成 2026-12-31 的样子")
        }
        return complaints
    }
}

extension Person {
    /// The person as a token lets a program act: every post narrowed to the scope, no post gained.
    public func limited(to scope: TokenScope) -> Person {
        var limited = self
        limited.grants = grants.compactMap { grant in
            var grant = grant
            if let county = scope.county {
                guard grant.county == nil || grant.county == county else { return nil }
                grant.county = county
            }
            grant.only = grant.only.map { $0.intersection(scope.duties) } ?? scope.duties
            if let school = scope.school {
                guard grant.school == nil || grant.school == school else { return nil }
                grant.school = school
            }
            return grant
        }
        return limited
    }
}

/// The tokens of an installation, known by their digests alone.
public protocol AccessTokenStore: Sendable {
    /// Throws `AccountRefusal` where the owner has as many as there may be.
    func add(_ token: AccessToken, digest: String) async throws
    /// Also one that has ended: whoever asks looks at the day.
    func token(digest: String) async throws -> AccessToken?
    /// Newest first, those that have ended too.
    func tokens(of owner: PersonID) async throws -> [AccessToken]
    func touch(_ id: String, at: Date) async throws
    /// Ends a token of an owner; nothing happens where there is none.
    func revoke(_ id: String, of owner: PersonID, at: Date) async throws
}
