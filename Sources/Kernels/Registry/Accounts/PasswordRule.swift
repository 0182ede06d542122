public import Foundation

/// What a password must be. The defaults follow what is usual under 等保2.0 三级 (GB/T 22239-2019, 8.1.4.1: complexity, regular
/// change, measures after failed logins); the standard names no numbers, so all of them are settings.
public struct PasswordRule: Hashable, Sendable {
    /// Fewest characters.
    public var length = 10
    /// How many of the four kinds (upper case, lower case, digits, others) it must mix. Hanzi count as others.
    public var classes = 3
    /// How many earlier passwords may not come back.
    public var history = 5
    /// Days after which it must be changed; nil for never.
    public var maxAgeDays: Int? = 90
    /// Longest taken, in bytes: a bound to the work of hashing.
    public var limit = 256

    public init() {}

    /// Everything that is wrong with a password, in the user's words; empty when nothing is.
    public func complaints(_ password: String, login: String) -> [String] {
        var complaints: [String] = []
        if password.count < length { complaints.append("密码至少\(length)个字符，现在\(password.count)个") }
        if password.utf8.count > limit { complaints.append("密码太长，最多\(limit)个字节") }
        let found = PasswordRule.kinds(password)
        if found < classes { complaints.append("密码要混用大写字母、小写字母、数字、其他字符中的\(classes)种，现在\(found)种") }
        let lower = password.lowercased()
        let login = Account.normal(login)
        if login.count > 2, lower.contains(login) { complaints.append("密码里不能有登录名") }
        if PasswordRule.isEasy(lower) { complaints.append("密码里有人人会猜的词或连号，请换一个") }
        return complaints
    }

    /// Whether a password set then must be changed now.
    public func isExpired(setAt: Date, now: Date) -> Bool {
        guard let maxAgeDays else { return false }
        return now.timeIntervalSince(setAt) > Double(maxAgeDays) * 86_400
    }

    private static func kinds(_ password: String) -> Int {
        var kinds = Set<Int>()
        for scalar in password.unicodeScalars {
            switch scalar {
            case "A"..."Z": kinds.insert(0)
            case "a"..."z": kinds.insert(1)
            case "0"..."9": kinds.insert(2)
            default: kinds.insert(3)
            }
        }
        return kinds.count
    }

    private static func isEasy(_ lower: String) -> Bool {
        let words = ["password", "passw0rd", "p@ssw0rd", "qwerty", "1qaz2wsx", "admin123", "junheng", "letmein", "12345", "54321", "abcde"]
        if words.contains(where: lower.contains) { return true }
        // Five of the same in a row.
        var (run, last): (Int, Character?) = (0, nil)
        for character in lower {
            run = character == last ? run + 1 : 1
            if run == 5 { return true }
            last = character
        }
        return false
    }
}

/// When to stop listening to somebody who fails to get in.
public struct LockoutRule: Hashable, Sendable {
    /// Failures that lock.
    public var failures: Int
    /// Minutes within which they count, and the minutes a lock holds after the last of them.
    public var minutes: Int

    public init(failures: Int, minutes: Int) {
        self.failures = failures
        self.minutes = minutes
    }

    public static let account = LockoutRule(failures: 5, minutes: 15)
    /// Many people may share one address behind a bureau's gateway.
    public static let address = LockoutRule(failures: 30, minutes: 15)

    /// The first moment failures still count.
    public func since(_ now: Date) -> Date { now.addingTimeInterval(-Double(minutes) * 60 * 2) }

    /// Until when nobody is let in; nil when the way is open. `failures` are in order of time.
    public func lockedUntil(_ failures: [Date], now: Date) -> Date? {
        let span = Double(minutes) * 60
        // Failures from a time to come were noted by a clock that has been set back; they must not lock for as long as it was wrong.
        let failures = failures.filter { $0 <= now.addingTimeInterval(ClockRule.tolerance) }
        guard failures.count >= self.failures else { return nil }
        // The newest run of so many failures close enough together decides.
        for last in stride(from: failures.count - 1, through: self.failures - 1, by: -1) {
            let isClose = failures[last].timeIntervalSince(failures[last - self.failures + 1]) <= span
            let end = failures[last].addingTimeInterval(span)
            if isClose, end > now { return end }
        }
        return nil
    }
}
