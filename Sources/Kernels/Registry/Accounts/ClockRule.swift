/// How far clocks may be apart.
public enum ClockRule {
    /// Seconds by which a time may lie ahead of ours and still be believed: the clocks of several servers, or ours before it was put right.
    public static let tolerance = 300.0
}
