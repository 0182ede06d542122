internal import Foundation
internal import Indicators
internal import Operations
internal import Storage

/// Looks whether an installation can answer requests, and reads its figures.
struct HealthProbe: Sendable {
    let installation: Installation
    let evaluations: StoreEvaluations
    let freeDisk: Int

    func ready() async -> [Readiness] { [await database(), folder(), disk()] }

    private func database() async -> Readiness {
        do {
            _ = try await installation.storage.returns.revision(form: nil, nil)
            return Readiness("database")
        } catch {
            // What the database itself says may hold a password or a path: it goes to the log of the request that met it.
            return Readiness("database", problem: "数据库没有回答")
        }
    }

    private func folder() -> Readiness {
        let isWritable = access(installation.folder.path, W_OK) == 0
        return Readiness("data folder", problem: isWritable ? nil : "数据文件夹写不了，请核对权限")
    }

    private func disk() -> Readiness {
        guard let free = Disk.free(installation.folder) else { return Readiness("disk", problem: "看不到磁盘剩余空间") }
        guard free < freeDisk else { return Readiness("disk") }
        return Readiness("disk", problem: "磁盘只剩 \(Disk.words(free))，少于设置的 \(Disk.words(freeDisk))，请腾出空间")
    }

    func gauges() async -> [Gauge] {
        var gauges = [
            Gauge("junheng_evaluations_cached", help: "Evaluations kept ready.", Double(await evaluations.cached))
        ]
        if let counts = try? await installation.storage.importCounts() {
            let samples = counts.sorted { $0.key < $1.key }.map { (labels: [("state", $0.key)], value: Double($0.value)) }
            gauges.append(Gauge("junheng_imports", help: "Imports by state.", samples))
        }
        let files = ["junheng.sqlite", "junheng.sqlite-wal"].map { installation.folder.appendingPathComponent($0) }
        let sizes = files.compactMap(Disk.size)
        if !sizes.isEmpty {
            gauges.append(Gauge("junheng_database_bytes", help: "Size of the embedded database with its log.", Double(sizes.reduce(0, +))))
        }
        if let free = Disk.free(installation.folder) {
            gauges.append(Gauge("junheng_disk_free_bytes", help: "Room left on the disk of the data folder.", Double(free)))
        }
        return gauges
    }
}
