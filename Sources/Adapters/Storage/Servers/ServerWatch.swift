public import Foundation
internal import Indicators

/// The servers that share the database. Each raises its own count again and again and looks at the others' counts:
/// one that stood still through several rounds of this server is dead, and what it was reading in is abandoned.
///
/// No clock is compared, and a database that stands still stops this server's rounds as it stops the others' counts.
/// A server wrongly taken for dead finds its imports abandoned, which refuses its next batch, and counts again.
public actor ServerWatch {
    private struct Seen: Sendable {
        var beats: Int
        var rounds = 0
    }

    /// Rounds without a beat after which a server is dead.
    public static let patience = 6

    public nonisolated let process: String
    private let driver: any SQLDriver
    private var seen: [String: Seen] = [:]

    init(driver: any SQLDriver, process: String) {
        self.driver = driver
        self.process = process
    }

    /// One round. Answers how many imports of dead servers were abandoned. The first must come before the first import.
    @discardableResult
    public func beat(at: Date) async throws -> Int {
        let (known, process) = (seen, process)
        let (others, abandoned) = try await driver.write { connection in
            try connection.execute(
                "INSERT INTO server_process (id, beats) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET beats = server_process.beats + 1",
                [.text(process)])
            var others: [String: Seen] = [:]
            for (id, beats) in try ServerWatch.counts(connection) where id != process {
                var other = known[id] ?? Seen(beats: beats)
                other.rounds = other.beats == beats && known[id] != nil ? other.rounds + 1 : 0
                other.beats = beats
                if other.rounds < ServerWatch.patience {
                    others[id] = other
                } else {
                    try connection.execute("DELETE FROM server_process WHERE id = $1", [.text(id)])
                }
            }
            return (others, try EndImport.abandonOrphans(at: at, connection))
        }
        seen = others
        return abandoned
    }

    /// The first round where it is certain that no other server lives, as with a folder that only one may hold.
    @discardableResult
    public func takeOver(at: Date) async throws -> Int {
        _ = try await driver.write { try $0.execute("DELETE FROM server_process", []) }
        return try await beat(at: at)
    }

    /// Signs off; what this server was still reading is abandoned.
    public func leave(at: Date) async throws {
        let process = process
        try await driver.write { connection in
            try connection.execute("DELETE FROM server_process WHERE id = $1", [.text(process)])
            _ = try EndImport.abandon("reader = $1", [.text(process)], at: at, connection)
        }
    }

    private static func counts(_ connection: any SQLConnection) throws -> [(String, Int)] {
        try connection.rows("SELECT id, beats FROM server_process") { (try $0.text(0), try $0.integer(1)) }
    }
}
