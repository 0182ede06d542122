internal import Foundation

/// A disk without room, as the several layers of Foundation tell it.
public enum DiskFull {
    public static func isCause(of error: any Error) -> Bool {
        if let error = error as? POSIXError { return error.code == .ENOSPC }
        guard let error = error as? CocoaError else { return false }
        return error.code == .fileWriteOutOfSpace || (error.underlying.map(isCause) ?? false)
    }
}
