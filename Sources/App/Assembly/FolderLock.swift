internal import Foundation

/// The mark that a process holds a data folder. The operating system takes it away from whoever dies.
final class FolderLock: Sendable {
    private let file: Int32

    /// Nil when another process, or another part of this one, holds the folder.
    init?(_ folder: URL) {
        file = open(folder.appendingPathComponent("junheng.lock").path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { return nil }
        if flock(file, LOCK_EX | LOCK_NB) != 0 {
            close(file)
            return nil
        }
    }

    deinit { close(file) }
}
