public import Foundation

/// What a backup says of itself: an entry `manifest.json` in its archive.
public struct BackupManifest: Codable, Sendable {
    public struct Entry: Codable, Sendable {
        /// Place below the data folder.
        public var path: String
        public var size: Int
        public var sha256: String
    }

    public static let current = 1
    /// Of this description, not of the program.
    public var format = BackupManifest.current
    public var program: String
    public var madeAt: Date
    public var schemaStep: Int
    /// Rows by table.
    public var counts: [String: Int]
    public var entries: [Entry] = []
    /// What the installation said when it was backed up; nil where nobody could tell.
    public var proof: BackupProof?
    /// `postgresql` where the rows came from there; they lie in the backup as SQLite.
    public var origin: String?

    public init(program: String, madeAt: Date, schemaStep: Int, counts: [String: Int]) {
        self.program = program
        self.madeAt = madeAt
        self.schemaStep = schemaStep
        self.counts = counts
    }

    static let name = "manifest.json"

    /// Places a backup may hold: nothing that leads out of the data folder, nothing hidden.
    static func isAllowed(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return !path.contains("\\") && !path.contains("\0") && parts.count <= 3 && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
    }
}

/// Why a backup is not made or not taken, in the user's words.
public struct BackupRefusal: Error, CustomStringConvertible {
    public var description: String
    public init(_ description: String) { self.description = description }
}
