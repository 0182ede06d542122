public import Foundation
internal import SQLiteDriver
public import Vault

/// A restore that changes nothing: into a folder that is thrown away, and everything the installation said is asked again.
public struct Rehearsal: Sendable {
    public struct Finding: Sendable {
        public var grade: Doctor.Grade
        public var name: String
        public var words: String
    }

    let restoration: Restoration
    let inForce: CatalogueInForce

    public init(_ restoration: Restoration, inForce: CatalogueInForce) {
        self.restoration = restoration
        self.inForce = inForce
    }

    /// Throws `BackupRefusal` where the backup cannot even be restored. `place` names the folder the work folder lies beside.
    public func run(beside place: URL) async throws -> (manifest: BackupManifest, findings: [Finding]) {
        try await WorkFolder(beside: place).run { work in
            let (manifest, folder) = try restoration.open(work)
            let rows = manifest.counts.values.reduce(0, +)
            var findings = [
                Finding(grade: .ok, name: "文件", words: "\(manifest.entries.count)个，逐个与清单的 SHA-256 相同"),
                Finding(grade: .ok, name: "行数", words: "\(manifest.counts.count)张表共\(rows)行，与清单相同，数据库结构完整"),
            ]
            let database = folder.appendingPathComponent("junheng.sqlite")
            let now = try await InstallationProof(inForce: inForce).take(database)
            let step = try SQLiteCopy.look(at: database).schemaStep ?? 0
            if step != manifest.schemaStep {
                findings.append(Finding(grade: .ok, name: "升级", words: "数据库结构从第\(manifest.schemaStep)步升到第\(step)步"))
            }
            guard let then = manifest.proof else {
                findings.append(
                    Finding(grade: .warn, name: "评估结果", words: "备份里没有当时的结果可比（由旧版本备份，或当时目录有错）；现在能算出\(now.results.count)份"))
                return (manifest, findings + [Rehearsal.seals(now, nil), Rehearsal.audit(now, nil)])
            }
            return (manifest, findings + [Rehearsal.results(now, then), Rehearsal.seals(now, then), Rehearsal.audit(now, then)])
        }
    }

    private static func results(_ now: BackupProof, _ then: BackupProof) -> Finding {
        if now.results == then.results {
            return Finding(grade: .ok, name: "评估结果", words: "\(now.results.count)份，与备份时逐字节相同")
        }
        let differing = Set(now.results.map(key) + then.results.map(key)).filter { key in
            now.results.first { Rehearsal.key($0) == key } != then.results.first { Rehearsal.key($0) == key }
        }
        let words = "\(differing.count)份与备份时不同（如 \(differing.min() ?? "")）"
        guard now.catalogue != then.catalogue else { return Finding(grade: .fail, name: "评估结果", words: words + "，目录却没有变：不要用这份备份") }
        return Finding(grade: .warn, name: "评估结果", words: words + "；目录在备份以后改过，不同可能由此而来。用备份时的目录（--catalogue）再演练一次")
    }

    private static func key(_ result: BackupProof.Result) -> String { "\(result.standard) \(result.year) \(result.view)" }

    private static func seals(_ now: BackupProof, _ then: BackupProof?) -> Finding {
        if let first = now.brokenSeals.first {
            let old = then?.brokenSeals == now.brokenSeals ? "备份时就已如此" : "备份时还相符"
            return Finding(grade: .fail, name: "冻结", words: "\(now.brokenSeals.count)份与校验码不符（如 \(first)），\(old)")
        }
        guard let then, then.seals != now.seals else {
            return Finding(grade: .ok, name: "冻结", words: "\(now.seals.count)份，数据行与校验码相符")
        }
        return Finding(grade: .fail, name: "冻结", words: "备份时\(then.seals.count)份，恢复后\(now.seals.count)份或内容不同")
    }

    private static func audit(_ now: BackupProof, _ then: BackupProof?) -> Finding {
        if now.auditProblem.contains("没有这把密钥") {
            return Finding(grade: .warn, name: "审计", words: "审计用个人信息密钥校验，这里没有密钥，没有核对。用 --set data=数据文件夹 指明密钥所在")
        }
        guard now.auditProblem.isEmpty else { return Finding(grade: .fail, name: "审计", words: now.auditProblem) }
        if let then, then.auditHead != now.auditHead || then.auditCount != now.auditCount {
            return Finding(grade: .fail, name: "审计", words: "备份时\(then.auditCount)条，恢复后\(now.auditCount)条，末条校验码不同")
        }
        return Finding(grade: .ok, name: "审计", words: "\(now.auditCount)条首尾相连，末条校验码 \(now.auditHead)")
    }
}
