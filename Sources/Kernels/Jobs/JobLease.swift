/// A worker's hold on a job. It lasts as long as the worker renews it; no clock has a say.
public struct JobLease: Hashable, Sendable {
    public var job: JobID
    /// The process that holds it.
    public var owner: String
    /// Grows with every claim of the job: whoever holds an older number has lost it and may write nothing more.
    public var number: Int

    public init(job: JobID, owner: String, number: Int) {
        self.job = job
        self.owner = owner
        self.number = number
    }
}

/// A lease as it stands in the store.
public struct StandingLease: Hashable, Sendable {
    public var lease: JobLease
    /// How often it was renewed.
    public var renewals: Int

    public init(_ lease: JobLease, renewals: Int) {
        self.lease = lease
        self.renewals = renewals
    }
}

/// What one worker has seen of the others' leases. A lease whose renewals stood still through `patience` of this worker's own
/// looks has run out. A clock that jumps changes nothing, and a database that stands still stops the looks as it stops the
/// renewals, so that nobody is taken for dead because of it.
public struct LeaseWatch: Sendable {
    /// Looks without a renewal after which a lease has run out.
    public static let patience = 6

    private struct Seen: Sendable {
        var renewals: Int
        var looks: Int
    }

    private var seen: [JobLease: Seen] = [:]

    public init() {}

    /// One look at all leases there are; answers those that have run out. A worker never takes its own for dead.
    public mutating func look(_ standing: [StandingLease], own owner: String) -> [StandingLease] {
        var next: [JobLease: Seen] = [:]
        var out: [StandingLease] = []
        for standing in standing where standing.lease.owner != owner {
            let before = seen[standing.lease]
            let looks = before?.renewals == standing.renewals ? (before?.looks ?? 0) + 1 : 0
            if looks >= LeaseWatch.patience { out.append(standing) }
            next[standing.lease] = Seen(renewals: standing.renewals, looks: looks)
        }
        seen = next
        return out
    }
}

/// The worker has lost the job: another holds it, or nobody any more. It stops and writes nothing.
public struct LeaseLost: Error, Hashable, Sendable {
    public init() {}
}
