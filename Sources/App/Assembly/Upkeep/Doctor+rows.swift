internal import Foundation
internal import Registry
internal import SQLiteDriver
internal import Storage
internal import Vault

/// The doctor's look at rows, handed-in files and the audit.
extension Doctor {
    func embedded() async -> [Finding] {
        let file = folder.appendingPathComponent("junheng.sqlite")
        guard FileManager.default.fileExists(atPath: file.path) else {
            return [Finding(grade: .warn, name: "数据库", words: "还没有数据库；第一次运行 junheng serve 时建立")]
        }
        do {
            let findings = try SQLiteCopy.look(at: file)
            let problems = findings.problems.prefix(3).joined(separator: "；")
            guard problems.isEmpty else {
                return [Finding(grade: .fail, name: "数据库", words: "已损坏（\(problems)）。请停下服务，从最近的备份恢复")]
            }
            let step = findings.schemaStep ?? 0
            let newest = try SchemaState.newest()
            let state: SchemaState = step == newest ? .current(step) : step < newest ? .older(step) : .newer(step)
            return [schema(state, "完整"), vault(findings.fileDigests)] + (await audit(state, nil))
        } catch {
            return [Finding(grade: .fail, name: "数据库", words: "打不开（\(error)）。请停下服务，从最近的备份恢复")]
        }
    }

    func server(_ address: String) async -> [Finding] {
        do {
            let database = try DatabaseAddress(address)
            let state = try await SchemaState.of(database.open())
            return [schema(state, "\(database) 有回答")] + (await audit(state, database))
        } catch let fault as SQLFault {
            return [Finding(grade: .fail, name: "数据库", words: "没有回答（\(fault)）。请核对 database 设置、网络和 PostgreSQL 服务")]
        } catch { return [Finding(grade: .fail, name: "数据库", words: "\(error)")] }
    }

    private func schema(_ state: SchemaState, _ found: String) -> Finding {
        switch state {
        case .current(let step): Finding(grade: .ok, name: "数据库", words: "\(found)，结构第\(step)步，是这个版本的")
        case .older(let step): Finding(grade: .warn, name: "数据库", words: "\(found)，结构第\(step)步，比程序旧；下次启动时自动更新，请先备份")
        case .newer(let step): Finding(grade: .fail, name: "数据库", words: "结构第\(step)步由更新版本的程序写成，这个版本打不开。请装回那个版本")
        case .none: Finding(grade: .warn, name: "数据库", words: "\(found)，里面还没有表；第一次运行 junheng serve 时建立")
        }
    }

    private func vault(_ digests: Set<String>) -> Finding {
        var missing: [String] = []
        var changed: [String] = []
        for digest in digests.sorted() where !digest.isEmpty {
            let file = folder.appendingPathComponent("files/\(digest.prefix(2))/\(digest)")
            guard FileManager.default.fileExists(atPath: file.path) else {
                missing.append(digest)
                continue
            }
            if (try? Sha256.hex(file: file)) != digest { changed.append(digest) }
        }
        guard let first = (missing + changed).first else {
            return Finding(grade: .ok, name: "原表", words: "\(digests.count)份，内容与登记的摘要一致")
        }
        return Finding(
            grade: .fail, name: "原表", words: "缺少\(missing.count)份、被改动\(changed.count)份（如 \(first)）。请从备份的 files 文件夹取回")
    }

    /// The chain of the audit, and whether its newest record is from the future. An older schema is left alone.
    private func audit(_ state: SchemaState, _ database: DatabaseAddress?) async -> [Finding] {
        guard case .current = state else { return [] }
        do {
            let log = try await Installation.audit(in: folder, database: database)
            let check = try await log.verify()
            if let broken = check.broken {
                return [Finding(grade: .fail, name: "审计", words: "第\(broken)条起不可信：\(check.reason)。请保留现场，与备份比对")]
            }
            if let newest = try await log.events(AuditFilter(), from: 0, limit: 1).first, newest.entry.at > now.addingTimeInterval(120) {
                return [Finding(grade: .fail, name: "审计", words: "最近一条记录的时间比现在还晚，系统时间往回跳过。请校准时间（timedatectl）")]
            }
            return [Finding(grade: .ok, name: "审计", words: "\(check.count)条首尾相连，末条校验码 \(check.head.prefix(12))…")]
        } catch { return [Finding(grade: .fail, name: "审计", words: "读不出来（\(error)）")] }
    }
}
