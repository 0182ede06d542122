internal import Foundation

/// Room on the disk a folder lies on.
enum Disk {
    /// Bytes an ordinary user may still write; nil where nobody can tell.
    static func free(_ folder: URL) -> Int? {
        var figures = statvfs()
        guard statvfs(folder.path, &figures) == 0 else { return nil }
        return Int(clamping: UInt64(figures.f_bavail) * UInt64(figures.f_frsize))
    }

    static func size(_ file: URL) -> Int? { (try? FileManager.default.attributesOfItem(atPath: file.path)[.size]) as? Int }

    /// Writes through to the disk what the system still holds of a file or folder, so that a power cut finds it there.
    /// False when that failed.
    static func sync(_ url: URL) -> Bool {
        let descriptor = open(url.path, O_RDONLY)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    static func words(_ bytes: Int) -> String {
        bytes >= 10_000_000_000 ? "\(bytes / 1_000_000_000) GB" : "\(bytes / 1_000_000) MB"
    }
}
