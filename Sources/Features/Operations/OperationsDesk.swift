public import Logging

/// What the watch over a server works with.
public struct OperationsDesk: Sendable {
    public var metrics: Metrics
    /// Everything that must be right for requests to be answered, asked anew each time.
    var ready: @Sendable () async -> [Readiness]
    var gauges: @Sendable () async -> [Gauge]
    /// Who knows this word may read the metrics from anywhere; without one only the machine itself may.
    var metricsToken: String?
    /// Requests that take longer are logged as warnings.
    var slow: Duration
    /// Largest body any request may announce, in bytes.
    var bodyLimit: Int
    var proxies: TrustedProxies
    var transport: Transport
    var logger: Logger

    public init(
        metrics: Metrics, metricsToken: String?, slow: Duration, bodyLimit: Int, proxies: TrustedProxies,
        transport: Transport = Transport(),
        logger: Logger,
        ready: @escaping @Sendable () async -> [Readiness], gauges: @escaping @Sendable () async -> [Gauge]
    ) {
        self.metrics = metrics
        self.metricsToken = metricsToken
        self.slow = slow
        self.bodyLimit = bodyLimit
        self.proxies = proxies
        self.transport = transport
        self.logger = logger
        self.ready = ready
        self.gauges = gauges
    }
}

/// How requests reach the server.
public struct Transport: Sendable {
    /// The server itself speaks TLS.
    public var isSecure: Bool
    /// How many days browsers that came by https are told to come by https only; 0 to tell them nothing.
    public var hstsDays: Int

    public init(isSecure: Bool = false, hstsDays: Int = 0) {
        self.isSecure = isSecure
        self.hstsDays = hstsDays
    }

    /// How the client asked, with a trusted proxy's word before ours.
    func scheme(_ toldByProxy: String?) -> String { toldByProxy ?? (isSecure ? "https" : "http") }

    /// `Strict-Transport-Security` (RFC 6797), which counts over https only.
    func hsts(_ scheme: String) -> String? { scheme == "https" && hstsDays > 0 ? "max-age=\(hstsDays * 86_400)" : nil }
}

/// One thing that must be right, and what is wrong with it.
public struct Readiness: Sendable, Encodable {
    public var name: String
    public var problem: String?

    public init(_ name: String, problem: String? = nil) {
        self.name = name
        self.problem = problem
    }
}
