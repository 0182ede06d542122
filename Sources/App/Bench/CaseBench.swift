import ArgumentParser
import Assembly
import Casework
import Foundation
import Indicators
import PostgresDriver
import SQLiteDriver
import Storage
import Vault
import Vocabulary

/// Cases by the hundred thousand: fills a database, asks it what people ask all day, folds it anew. Benchmarks/cases.py holds the peers.
struct CaseBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "cases", subcommands: [Fill.self, Ask.self])

    /// The database to work on, and the day it is there.
    struct Place: ParsableArguments {
        @Argument(help: "an SQLite file, or postgres://…") var database: String
        @Option(help: "the day it is, as 2026-09-10") var today = "2026-09-10"

        func day() throws -> Day {
            guard let day = Day(iso: today) else { throw ValidationError("--today is no day") }
            return day
        }

        func driver() throws -> any SQLDriver {
            database.hasPrefix("postgres") ? try PostgresDriver(PostgresAddress(database)) : try SQLiteDriver(path: database)
        }
    }

    static func store(_ storage: Storage, _ all: CaseDefinitions) -> StoredCases { storage.cases(all.calendar) { Sha256.hex($0) } }

    static func seconds(_ work: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await work()
        let duration = ContinuousClock.now - start
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// For Python: one name, one number a line.
    static func tell(_ name: String, _ value: Double) { print("\(name)\t\(value)") }
}

extension CaseBench {
    /// Adds cases with ten events each, through the store's own way of taking in whole histories.
    struct Fill: AsyncParsableCommand {
        @OptionGroup var place: Place
        @Option var cases = 500_000

        func run() async throws {
            let folder = try CatalogueFolder()
            let (all, driver) = (folder.compileCases(), try place.driver())
            let storage = try await Storage(driver)
            guard let form = folder.compile().catalogue.forms["school-return"] else { throw ExitCode(2) }
            let ground = try await CaseGround.of(storage, form)
            guard let crowd = CaseCrowd(cases, ground, all, today: try place.day()) else { throw ExitCode(2) }
            let store = CaseBench.store(storage, all)
            var events = 0
            let taken = try await CaseBench.seconds { events = try await fill(store, crowd) }
            // Statistics for the planner, as both databases gather them by themselves in the course of a day.
            _ = try await driver.write { try $0.execute("ANALYZE", []) }
            CaseBench.tell("cases", Double(cases))
            CaseBench.tell("events", Double(events))
            CaseBench.tell("seconds", taken)
        }

        /// One batch is invented while another is written.
        private func fill(_ store: StoredCases, _ crowd: CaseCrowd) async throws -> Int {
            let (batch, count) = (2_000, cases)
            return try await withThrowingTaskGroup(of: Int.self) { group in
                var (next, events) = (0, 0)
                func more() {
                    guard next < count else { return }
                    let numbers = next..<min(next + batch, count)
                    next = numbers.upperBound
                    group.addTask {
                        let histories = try numbers.map { try crowd.history($0) }
                        try await store.load(histories)
                        return histories.reduce(0) { $0 + $1.events.count }
                    }
                }
                for _ in 0..<3 { more() }
                while let done = try await group.next() {
                    events += done
                    if events / 500_000 > (events - done) / 500_000 { FileHandle.standardError.write(Data("\(events) events\n".utf8)) }
                    more()
                }
                return events
            }
        }
    }
}
