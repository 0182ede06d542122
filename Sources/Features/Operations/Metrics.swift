internal import Foundation
internal import Synchronization

/// Counts of what the server did since it started, kept in memory: requests by route and status, and how long they took.
public final class Metrics: Sendable {
    /// Upper bounds of the histogram of request durations, in seconds.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    struct Answered: Hashable {
        var method: String
        var route: String
        var status: Int
    }

    struct Durations {
        /// Requests per bound, not yet cumulated; the last place counts those above every bound.
        var counts = [Int](repeating: 0, count: Metrics.bounds.count + 1)
        var sum = 0.0

        mutating func add(_ seconds: Double) {
            counts[Metrics.bounds.firstIndex { seconds <= $0 } ?? Metrics.bounds.count] += 1
            sum += seconds
        }
    }

    struct State {
        var answered: [Answered: Int] = [:]
        var durations: [String: Durations] = [:]
        var running = 0
    }

    private let state = Mutex(State())

    public init() {}

    func begin() { state.withLock { $0.running += 1 } }

    /// `route` is the template (`/counties/:county`), never the address itself: addresses are endless and may hold names.
    func end(_ answered: Answered, seconds: Double) {
        state.withLock {
            $0.running -= 1
            $0.answered[answered, default: 0] += 1
            $0.durations[answered.route, default: Durations()].add(seconds)
        }
    }

    /// Requests being answered at this moment.
    public var running: Int { state.withLock { $0.running } }

    /// The text of what was counted, in Prometheus' format 0.0.4, followed by the gauges.
    public func text(_ gauges: [Gauge]) -> String {
        let now = state.withLock { $0 }
        var text = PrometheusText()
        text.family("junheng_http_requests_total", "counter", "Requests answered, by route template and status.")
        for (key, count) in now.answered.sorted(by: { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }) {
            let labels = [("method", key.method), ("route", key.route), ("status", String(key.status))]
            text.sample("junheng_http_requests_total", labels, Double(count))
        }
        text.family("junheng_http_request_duration_seconds", "histogram", "Time from the whole head to the answer, by route template.")
        for (route, durations) in now.durations.sorted(by: { $0.key < $1.key }) { text.histogram(route, durations) }
        text.family("junheng_http_requests_in_flight", "gauge", "Requests being answered.")
        text.sample("junheng_http_requests_in_flight", [], Double(now.running))
        for gauge in gauges { text.gauge(gauge) }
        return text.text
    }
}

/// A number read at the moment somebody asks, with a value for every set of labels.
public struct Gauge: Sendable {
    public var name: String
    public var kind: String
    public var help: String
    public var samples: [(labels: [(String, String)], value: Double)]

    public init(_ name: String, kind: String = "gauge", help: String, _ samples: [(labels: [(String, String)], value: Double)]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }

    public init(_ name: String, kind: String = "gauge", help: String, _ value: Double) {
        self.init(name, kind: kind, help: help, [([], value)])
    }
}
