public import Foundation

/// A folder of backups made by a timer: names that sort by time, the oldest given up.
public struct BackupFolder: Sendable {
    let folder: URL

    public init(_ folder: URL) { self.folder = folder }

    /// The place of a backup made now, in UTC so that names sort: `junheng-20260901T183000Z.junheng`.
    public func place(at: Date) -> URL {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: at)
        let digits = [(parts.year, 4), (parts.month, 2), (parts.day, 2), (parts.hour, 2), (parts.minute, 2), (parts.second, 2)].map {
            let text = String($0.0 ?? 0)
            return String(repeating: "0", count: max(0, $0.1 - text.count)) + text
        }
        return folder.appendingPathComponent("junheng-\(digits[..<3].joined())T\(digits[3...].joined())Z.junheng")
    }

    /// Our backups here, oldest first by name; what bears another name is none of our business.
    public var backups: [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.wholeMatch(of: /junheng-[0-9]{8}T[0-9]{6}Z\.junheng/) != nil }.sorted().map(folder.appendingPathComponent)
    }

    /// Removes the oldest until `keep` are left, never the one just made, whatever the clock said. Answers those removed.
    public func prune(keep: Int, justMade: URL) -> [URL] {
        let others = backups.filter { $0.lastPathComponent != justMade.lastPathComponent }
        return others.prefix(max(0, others.count - max(0, keep - 1))).filter { (try? FileManager.default.removeItem(at: $0)) != nil }
    }
}
