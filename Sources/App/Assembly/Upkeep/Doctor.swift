public import Foundation
internal import Indicators
internal import Vault
internal import Vocabulary

/// Looks over an installation without changing it.
public struct Doctor: Sendable {
    public enum Grade: String, Sendable { case ok, warn, fail }

    public struct Finding: Sendable {
        public var grade: Grade
        public var name: String
        /// What was found and, unless all is well, what to do.
        public var words: String
    }

    let folder: URL
    let settings: Settings
    let python: String
    let now: Date

    public init(_ settings: Settings, python: String, now: Date) {
        folder = URL(fileURLWithPath: settings["data"])
        self.settings = settings
        self.python = python
        self.now = now
    }

    public func run() async -> [Finding] {
        let rows = settings.text("database") == nil ? await embedded() : await server(settings["database"])
        return [catalogue(), access(), personalKeys(), disk(), clock()] + rows + certificate() + backups() + [
            typesetting(), fonts(), solver(),
        ]
    }

    private func catalogue() -> Finding {
        do {
            let errors = try CatalogueFolder(settings).compile().diagnostics.filter { $0.severity == .error }
            guard let first = errors.first else { return Finding(grade: .ok, name: "目录", words: "编译无误，算例相符") }
            return Finding(grade: .fail, name: "目录", words: "\(errors.count)处错误，第一处：\(first)。请运行 junheng check")
        } catch { return Finding(grade: .fail, name: "目录", words: "\(error)") }
    }

    private func access() -> Finding {
        let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path)
        guard let mode = attributes?[.posixPermissions] as? Int else {
            return Finding(grade: .fail, name: "数据文件夹", words: "\(folder.path) 不存在或看不到，请核对 --data")
        }
        if !FileManager.default.isWritableFile(atPath: folder.path) {
            return Finding(grade: .fail, name: "数据文件夹", words: "\(folder.path) 写不了，请核对属主和权限")
        }
        if mode & 0o007 != 0 {
            return Finding(grade: .warn, name: "数据文件夹", words: "本机其他用户也能进入，请执行 chmod o-rwx \(folder.path)")
        }
        return Finding(grade: .ok, name: "数据文件夹", words: "\(folder.path) 可写，其他用户进不来")
    }

    private func personalKeys() -> Finding {
        do {
            guard let vault = try PersonalKeys(settings).found(folder) else {
                return Finding(grade: .warn, name: "个人信息密钥", words: "还没有；第一次运行 junheng serve 时建立")
            }
            let (ring, wanted) = (vault.ring, settings["personal-data.suite"])
            guard ring.current.suite.rawValue != wanted else {
                return Finding(grade: .ok, name: "个人信息密钥", words: "\(ring.keys.count)把，现用 \(ring.current.id)（\(wanted)）")
            }
            return Finding(grade: .warn, name: "个人信息密钥", words: "现用的是 \(ring.current.suite.rawValue)，设置要 \(wanted)。请运行 junheng keys rotate")
        } catch { return Finding(grade: .fail, name: "个人信息密钥", words: "\(error)") }
    }

    private func disk() -> Finding {
        guard let free = Disk.free(folder) else { return Finding(grade: .warn, name: "磁盘", words: "看不到剩余空间") }
        let least = settings.number("free-disk-mb") * 1_000_000
        guard free < least else { return Finding(grade: .ok, name: "磁盘", words: "剩余 \(Disk.words(free))") }
        return Finding(grade: .fail, name: "磁盘", words: "只剩 \(Disk.words(free))，少于设置的 \(Disk.words(least))，请腾出空间")
    }

    /// Nothing in the installation may be from the future.
    private func clock() -> Finding {
        let file = folder.appendingPathComponent("junheng.sqlite").path
        let written = (try? FileManager.default.attributesOfItem(atPath: file)[.modificationDate]) as? Date
        guard let written, written > now.addingTimeInterval(120) else { return Finding(grade: .ok, name: "时钟", words: "不早于最近一次写入") }
        return Finding(grade: .fail, name: "时钟", words: "系统时间比数据库最近一次写入还早，请校准时间（timedatectl）")
    }

    /// Nothing where the server speaks plain HTTP.
    private func certificate() -> [Finding] {
        do {
            guard let certificate = try ServerCertificate(settings) else { return [] }
            let days = Int(certificate.ends.timeIntervalSince(now) / 86_400)
            let day = String(certificate.ends.formatted(.iso8601).prefix(10))
            if certificate.ends < now { return [Finding(grade: .fail, name: "证书", words: "\(day) 已到期，浏览器会拦住。请换新证书，再向服务发 SIGHUP")] }
            if days < 30 { return [Finding(grade: .warn, name: "证书", words: "还有\(days)天到期（\(day)），请换新证书，再向服务发 SIGHUP")] }
            return [Finding(grade: .ok, name: "证书", words: "与私钥相配，\(day) 到期")]
        } catch { return [Finding(grade: .fail, name: "证书", words: "\(error)")] }
    }

    /// Nothing where no folder of backups is set.
    private func backups() -> [Finding] {
        guard let path = settings.text("backup-folder") else { return [] }
        let made = BackupFolder(URL(fileURLWithPath: path)).backups.compactMap {
            (try? FileManager.default.attributesOfItem(atPath: $0.path)[.modificationDate]) as? Date
        }
        guard let newest = made.max() else {
            return [Finding(grade: .warn, name: "备份", words: "\(path) 里还没有备份，请核对定时任务（systemctl list-timers junheng-backup.timer）")]
        }
        let hours = Int(now.timeIntervalSince(newest) / 3_600)
        if hours > 50 { return [Finding(grade: .warn, name: "备份", words: "最近一份是\(hours / 24)天前的，请核对定时任务和磁盘空间")] }
        return [Finding(grade: .ok, name: "备份", words: "\(made.count)份，最近一份是\(hours)小时前的")]
    }
}
