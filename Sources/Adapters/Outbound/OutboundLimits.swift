/// What an outgoing request may cost and where it may go.
public struct OutboundLimits: Sendable {
    /// Networks of this machine or the intranet that may be reached, also without encryption.
    public var networks: [NetworkRange] = []
    public var connectMilliseconds = 3_000
    public var totalMilliseconds = 10_000
    /// Bytes of an answer's body.
    public var answerLimit = 1_000_000
    /// Requests under way at once; of those waiting more than `waitingLimit` are turned away.
    public var atOnce = 8
    public var waitingLimit = 256
    /// A file of certificates to trust instead of the machine's (a bureau's own authority); nil for the machine's.
    public var certificates: String?

    public init() {}
}
