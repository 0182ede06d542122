internal import API
internal import Snapshots

extension ReportWork {
    /// As the pages of 上报与冻结 do it.
    init(_ desk: SnapshotsDesk) {
        self.init(
            snapshot: { try await desk.snapshot($0, $1) }, open: { try await desk.open($0, $1, reason: $2, $3) },
            take: { try await desk.take($0, on: $1, seen: $2, reason: $3, $4) }, verify: { try await desk.verify($0) },
            reminders: { try await desk.reminders($0) })
    }
}
