public import Foundation
internal import Registry

/// The file the keys lie in: nobody but its owner may read it.
public struct FieldKeyFile: Sendable {
    public static let name = "personal.keys"
    public let url: URL

    public init(_ url: URL) { self.url = url }

    public var isThere: Bool { FileManager.default.fileExists(atPath: url.path) }

    /// Throws `SealRefusal` when the file is open to others, is not the program's own, or holds no keys.
    public func read() throws -> FieldKeyRing {
        var status = stat()
        guard lstat(url.path, &status) == 0 else { throw SealRefusal("\(url.path): 没有这个密钥文件") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw SealRefusal("\(url.path): 密钥文件应是普通文件，不能是链接") }
        guard status.st_mode & 0o077 == 0 else { throw SealRefusal("\(url.path): 别的用户也能读这个密钥文件，不能用。请执行 chmod 600 \(url.path)") }
        guard status.st_uid == geteuid() || geteuid() == 0 else { throw SealRefusal("\(url.path): 密钥文件属于别的用户，不能用") }
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { throw SealRefusal("\(url.path): 读不了密钥文件") }
        return try FieldKeyRing(text: text, source: url.path)
    }

    /// Makes the file; false where another program made one meanwhile.
    public func make(_ ring: FieldKeyRing) throws -> Bool {
        let draft = try written(ring)
        defer { unlink(draft) }
        // A link is made only where nothing is: two servers starting at once agree on one file.
        if link(draft, url.path) == 0 { return true }
        if errno == EEXIST { return false }
        throw SealRefusal("\(url.path): 写不了密钥文件，请核对权限和磁盘空间")
    }

    /// Puts other keys in the file's place, whole or not at all.
    public func replace(_ ring: FieldKeyRing) throws {
        let draft = try written(ring)
        guard rename(draft, url.path) == 0 else {
            unlink(draft)
            throw SealRefusal("\(url.path): 写不了密钥文件，请核对权限和磁盘空间")
        }
        let folder = open(url.deletingLastPathComponent().path, O_RDONLY)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }

    /// A draft beside the file, on the disk.
    private func written(_ ring: FieldKeyRing) throws -> String {
        let draft = url.path + ".\(RandomID.make())"
        let file = open(draft, O_CREAT | O_EXCL | O_WRONLY, 0o600)
        guard file >= 0 else { throw SealRefusal("\(url.path): 写不了密钥文件，请核对文件夹的权限") }
        defer { close(file) }
        let bytes = Array(ring.text.utf8)
        guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
            unlink(draft)
            throw SealRefusal("\(url.path): 写不了密钥文件，请核对磁盘空间")
        }
        return draft
    }
}
