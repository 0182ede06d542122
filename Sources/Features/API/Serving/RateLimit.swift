internal import Foundation

/// How many requests a token makes in a minute. Every server counts by itself: the limit guards a server, it sells nothing.
actor RateLimit {
    struct Count: Sendable {
        var limit: Int
        var remaining: Int
        /// Seconds until the count begins anew.
        var reset: Int
        var isExceeded: Bool
    }

    let limit: Int
    private var counts: [String: (begun: Date, taken: Int)] = [:]

    init(limit: Int) { self.limit = limit }

    func take(_ token: String, at: Date) -> Count {
        if counts.count > 10_000 { counts = counts.filter { abs(at.timeIntervalSince($0.value.begun)) < 60 } }
        var count = counts[token] ?? (at, 0)
        // Also a clock that was set back begins a new minute.
        if abs(at.timeIntervalSince(count.begun)) >= 60 { count = (at, 0) }
        count.taken += 1
        counts[token] = count
        return Count(
            limit: limit, remaining: max(0, limit - count.taken), reset: max(1, Int(60 - at.timeIntervalSince(count.begun))),
            isExceeded: count.taken > limit)
    }
}
