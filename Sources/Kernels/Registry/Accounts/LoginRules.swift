public import Foundation
public import Vocabulary

/// Everything about logging in that a bureau may set. The defaults follow what is usual under 等保2.0 三级 (GB/T 22239-2019,
/// 8.1.4.1 身份鉴别); the standard names no numbers.
public struct LoginRules: Hashable, Sendable {
    public var password = PasswordRule()
    public var session = SessionRule()
    public var account = LockoutRule.account
    public var address = LockoutRule.address
    public var secondFactor = SecondFactorRule.optional

    public init() {}

    /// The beginning of the span of time in which failed logins are counted together.
    public func window(_ now: Date) -> Date {
        let span = Double(account.minutes) * 60
        return Date(timeIntervalSince1970: (now.timeIntervalSince1970 / span).rounded(.down) * span)
    }

    /// The beginning of the newest span that is over.
    public func closed(_ now: Date) -> Date { window(now) }
}

/// Who must have a second factor.
public enum SecondFactorRule: String, Hashable, Sendable, CaseIterable {
    /// Whoever wants one.
    case optional
    /// Whoever may manage accounts, review, freeze or read the audit.
    case powers
    case everyone

    /// Whether somebody must have one on a day.
    public func demands(_ person: Person, today: Day) -> Bool {
        switch self {
        case .optional: false
        case .powers: [.manageAccounts, .review, .freeze, .readAudit].contains { !person.reach($0, today: today).isEmpty }
        case .everyone: true
        }
    }
}
