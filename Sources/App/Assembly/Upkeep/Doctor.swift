public import Foundation
internal import Indicators
internal import SQLiteDriver
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

    public func run() -> [Finding] {
        [catalogue(), access(), personalKeys(), disk(), clock()] + database() + [typesetting()]
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

    private func database() -> [Finding] {
        let file = folder.appendingPathComponent("junheng.sqlite")
        guard FileManager.default.fileExists(atPath: file.path) else {
            return [Finding(grade: .warn, name: "数据库", words: "还没有数据库；第一次运行 junheng serve 时建立")]
        }
        do {
            let findings = try SQLiteCopy.look(at: file)
            let problems = findings.problems.prefix(3).joined(separator: "；")
            let whole =
                problems.isEmpty
                ? Finding(grade: .ok, name: "数据库", words: "完整，第\(findings.schemaStep ?? 0)步")
                : Finding(grade: .fail, name: "数据库", words: "已损坏（\(problems)）。请停下服务，从最近的备份恢复")
            return [whole, vault(findings.fileDigests)]
        } catch {
            return [Finding(grade: .fail, name: "数据库", words: "打不开（\(error)）。请停下服务，从最近的备份恢复")]
        }
    }

    private func vault(_ digests: Set<String>) -> Finding {
        var missing: [String] = []
        var changed: [String] = []
        for digest in digests.sorted() {
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

    private func typesetting() -> Finding {
        guard FileManager.default.isExecutableFile(atPath: python) else {
            return Finding(grade: .warn, name: "排版", words: "没有找到 \(python)，不能存 PDF，可以存 .docx。请用 python 设置指明装有 typst 的 Python")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", "import typst"]
        process.standardError = FileHandle.nullDevice
        let isStarted = (try? process.run()) != nil
        if isStarted { process.waitUntilExit() }
        guard isStarted, process.terminationStatus == 0 else {
            return Finding(grade: .warn, name: "排版", words: "\(python) 里没有 typst，不能存 PDF。请执行 \(python) -m pip install typst")
        }
        return Finding(grade: .ok, name: "排版", words: "可以存 PDF")
    }
}
