/// The settings the web server works by.
public struct ServerSettings: Sendable {
    /// The program's own version.
    public var version = ""
    public var logLevel = "notice"
    public var slowMilliseconds = 2_000
    public var metricsToken: String?
    public var trustedProxies: [String] = []
    public var maxConnections = 1_000
    public var idleSeconds = 60
    public var headerLimit = 32 * 1_024
    public var bodyLimit = 256_000_000
    /// Bytes that must be free for the server to call itself ready.
    public var freeDisk = 500_000_000
    public var drainSeconds = 60
    /// What files taken away are for, where nobody says.
    public var exportPurpose = "工作查阅，不得外传"
    /// Jobs this process does at once.
    public var workers = 2
    public var heartbeatMilliseconds = 5_000
    /// How many days browsers are told to come by https only; 0 to tell them nothing.
    public var hstsDays = 365
    public var requestsPerMinute = 600
    /// Networks beside the open internet that webhooks may be sent into.
    public var webhookNetworks: [String] = []
    public var webhookFirstPause = 10.0
    public var webhookAttempts = 8
    public var webhookFailures = 24

    /// What holds where nobody sets anything.
    public init() {}

    public init(_ settings: Settings) {
        logLevel = settings["log-level"]
        slowMilliseconds = settings.number("slow-request-ms")
        metricsToken = settings.text("metrics-token")
        trustedProxies = settings.list("trusted-proxies")
        maxConnections = settings.number("max-connections")
        idleSeconds = settings.number("idle-timeout-seconds")
        headerLimit = settings.number("header-limit-kb") * 1_024
        bodyLimit = settings.number("body-limit-mb") * 1_000_000
        freeDisk = settings.number("free-disk-mb") * 1_000_000
        exportPurpose = settings["export-purpose"]
        drainSeconds = settings.number("drain-seconds")
        requestsPerMinute = settings.number("api-requests-per-minute")
        webhookNetworks = settings.list("webhook-networks")
        webhookFirstPause = Double(settings.number("webhook-first-pause-ms")) / 1_000
        webhookAttempts = settings.number("webhook-attempts")
        webhookFailures = settings.number("webhook-failures")
        hstsDays = settings.number("hsts-days")
        workers = settings.number("workers")
        heartbeatMilliseconds = settings.number("heartbeat-ms")
    }

    /// How often a worker does what it does, after the beat by which servers know of each other.
    public var workerPace: Worker.Pace {
        var pace = Worker.Pace()
        pace.beat = .milliseconds(heartbeatMilliseconds)
        pace.poll = .milliseconds(min(1_000, heartbeatMilliseconds))
        return pace
    }
}
