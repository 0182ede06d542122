public import Foundation

/// When a try that failed is followed by another, and after how long.
public enum RetryRule {
    /// Tries until a job has failed for good. A worker that dies over a job has tried, too: a job that kills its workers ends.
    public static let attempts = 5
    /// Seconds before the second, third, … try.
    public static let delays: [Double] = [2, 10, 60, 300]
    public static let longest = 300.0

    /// The moment before which the next try does not begin; nil where there is none any more.
    public static func next(after attempts: Int, at now: Date) -> Date? {
        guard attempts < RetryRule.attempts else { return nil }
        return now.addingTimeInterval(delays[Swift.max(0, Swift.min(attempts - 1, delays.count - 1))])
    }

    /// Whether a waiting job may begin. A moment further away than any delay was written by a clock that was wrong since or then:
    /// waiting for it could take for ever, so the job is due.
    public static func isDue(_ notBefore: Date?, now: Date) -> Bool {
        guard let notBefore else { return true }
        return notBefore <= now || notBefore > now.addingTimeInterval(longest)
    }
}

/// How a try ends.
public enum JobEnding: Sendable, Hashable {
    case done(JobResult)
    /// For good, with the reason for the person who asked.
    case failed(String)
    case cancelled
    /// Another try follows.
    case again(reason: String, notBefore: Date)
    /// The worker stops and leaves it to the next; the try does not count.
    case released
}

/// Why a job cannot be done, in the user's words.
public struct JobFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public var message: String
    /// Whether trying again could help: the reason may pass by itself.
    public var mayPass: Bool

    public init(_ message: String, mayPass: Bool = false) {
        self.message = message
        self.mayPass = mayPass
    }

    public var description: String { message }
}
