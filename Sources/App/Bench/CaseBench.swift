import ArgumentParser
import Assembly
import Casework
import Foundation
import PostgresDriver
import SQLiteDriver
import Storage
import Vault
import Vocabulary

/// Fills each database with many cases and asks what people ask all day: whose turn it is, what is late, how it stands.
struct CaseBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "cases")

    @Argument(help: "an empty folder") var folder: String
    @Option(help: "an empty PostgreSQL database") var postgres: String
    @Option var cases = 500_000
    @Option(help: "how often each question is asked") var rounds = 21
    @Flag(help: "also fold all summaries anew") var rebuild = false

    private static let today = Day(year: 2026, month: 9, day: 10)

    func run() async throws {
        let definitions = try CatalogueFolder().compileCases()
        guard let definition = definitions.current("rectification", on: CaseBench.today) else { throw ExitCode(2) }
        let sqlite = try await measure(SQLiteDriver(path: folder + "/cases.sqlite"), definition, definitions)
        let server = try await measure(PostgresDriver(try PostgresAddress(postgres)), definition, definitions)
        print("                                     SQLite      PostgreSQL")
        for (mine, theirs) in zip(sqlite, server) {
            let values = [mine.value, theirs.value].map { String(format: "%11.2f", $0) }.joined(separator: " ")
            print("   \(mine.name.padding(toLength: 30, withPad: " ", startingAt: 0)) \(values) \(mine.unit)")
        }
    }

    private struct Figure {
        var name: String
        var value: Double
        var unit: String
    }

    private func measure(_ driver: any SQLDriver, _ definition: CaseDefinition, _ all: CaseDefinitions) async throws -> [Figure] {
        let store = try await Storage(driver).cases(all.calendar) { Sha256.hex($0) }
        let city = CaseCrowd(definition, all, today: CaseBench.today)
        var events = 0
        let filling = try await taking {
            for start in stride(from: 0, to: cases, by: 2_000) {
                let histories = try (start..<min(start + 2_000, cases)).map { try city.history($0) }
                events += histories.reduce(0) { $0 + $1.events.count }
                try await store.load(histories)
            }
        }
        try await settle(driver)
        var figures = [
            Figure(name: "events", value: Double(events), unit: ""),
            Figure(name: "load", value: Double(events) / filling, unit: "events/s"),
        ]
        let school = CaseActor.Post(role: "school.head", county: "county7", school: "s700")
        let county = CaseActor.Post(role: "county.supervisor", county: "county7")
        let questions: [(String, CaseFilter)] = [
            ("in-tray of a school", CaseFilter(tray: .posts([school]))), ("in-tray of a county", CaseFilter(tray: .posts([county]))),
            ("a county's, overdue", CaseFilter(light: .overdue, county: "county7")),
            ("a county's, due soon", CaseFilter(light: .soon, county: "county7")), ("the whole city's", CaseFilter()),
            ("the whole city's, overdue", CaseFilter(light: .overdue)), ("of one person", CaseFilter(tray: .mine("head-s700"))),
            ("three counties'", CaseFilter(counties: ["county1", "county2", "county3"])),
            ("a county's, closed too", CaseFilter(isOpen: nil, county: "county7")),
        ]
        for (name, filter) in questions {
            figures.append(try await ask(name) { try await store.page(filter, after: nil, limit: 50, today: CaseBench.today).rows.count })
        }
        let deep = CaseCursor(due: CaseBench.today.ordinal, id: "0")
        figures.append(
            try await ask("the city's, a page far down") {
                try await store.page(CaseFilter(), after: deep, limit: 50, today: CaseBench.today).rows.count
            })
        figures.append(
            try await ask("one case with its history") { try await store.find(CaseCrowd.id(cases / 2))?.history.count ?? 0 })
        figures.append(
            try await ask("figures of every county", rounds: 3) {
                try await store.figures(CaseFilter(isOpen: nil), by: .county, opened: (nil, nil), today: CaseBench.today).count
            })
        if rebuild {
            let seconds = try await taking { _ = try await store.rebuild({ all[$0] }, progress: { _, _ in }) }
            figures.append(Figure(name: "fold all summaries anew", value: seconds, unit: "s"))
        }
        return figures
    }

    /// The middle of many tries in milliseconds. An answer with nothing in it is no answer.
    private func ask(_ name: String, rounds: Int? = nil, _ question: () async throws -> Int) async throws -> Figure {
        var times: [Double] = []
        for _ in 0..<(rounds ?? self.rounds) {
            times.append(try await taking { guard try await question() > 0 else { throw ValidationError("\(name): nothing found") } })
        }
        return Figure(name: name, value: times.sorted()[times.count / 2] * 1_000, unit: "ms")
    }

    /// Statistics for the planner, as both databases gather them by themselves in the course of a day.
    private func settle(_ driver: any SQLDriver) async throws { _ = try await driver.write { try $0.execute("ANALYZE", []) } }

    private func taking(_ work: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await work()
        let duration = ContinuousClock.now - start
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
