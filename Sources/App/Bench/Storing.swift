import ArgumentParser
import Assembly
import Foundation
import Indicators
import PostgresDriver
import SQLiteDriver
import Storage
import Vocabulary

/// Imports many rows into each database and reads them back as columns.
struct Storing: AsyncParsableCommand {
    @Argument(help: "an empty folder") var folder: String
    @Option(help: "an empty PostgreSQL database") var postgres: String
    @Option var rows = 100_000

    private static let year = SchoolYear(2025)

    func run() async throws {
        let catalogue = try CatalogueFolder().compile().catalogue
        guard let form = catalogue.forms["school-return"] else { throw ExitCode(2) }
        let table = self.table(form)
        let sqlite = try await measure(SQLiteDriver(path: folder + "/bench.sqlite"), form, table)
        let server = try await measure(PostgresDriver(try PostgresAddress(postgres)), form, table)
        print("                          SQLite          PostgreSQL      SQLite ÷ PostgreSQL")
        for (name, mine, theirs, count) in [
            ("stage", sqlite.stage, server.stage, rows), ("compare and apply", sqlite.apply, server.apply, rows),
            ("read one county", sqlite.county, server.county, 1_000), ("read all", sqlite.all, server.all, rows),
        ] {
            let speeds = [mine, theirs].map { String(format: "%9.0f rows/s", Double(count) / $0) }
            print(
                "   \(name.padding(toLength: 18, withPad: " ", startingAt: 0)) \(speeds[0])  \(speeds[1])   \(String(format: "%6.2f", theirs / mine))"
            )
        }
    }

    private struct Seconds {
        var stage = 0.0
        var apply = 0.0
        var county = Double.infinity
        var all = Double.infinity
    }

    /// Schools of a thousand a county with every column of the form filled.
    private func table(_ form: ReturnForm) -> ReturnTable {
        var table = ReturnTable(form: form, schoolYear: Storing.year)
        table.begin(ReturnOrigin(file: "bench.xlsx", sheet: form.sheet, columns: [:]))
        for number in 0..<rows {
            var row = ReturnRow(number: number + 2, attributes: [:], facts: [:])
            for column in form.columns {
                switch column.field {
                case .attribute(let name): row.attributes[name] = name == form.key ? "21\(number)" : "\(name)\(number % 7)"
                case .fact(let key): row.facts[key] = .known(Double(number % 1_013) + 0.5)
                }
            }
            row.attributes["county"] = "county\(number / 1_000)"
            table.append(row)
        }
        return table
    }

    private func measure(_ driver: any SQLDriver, _ form: ReturnForm, _ table: ReturnTable) async throws -> Seconds {
        let storage = try await Storage(driver)
        let by = Signature(by: "bench", name: "bench", at: Date())
        let start = ImportStart(
            id: "bench", form: form.id, key: form.key, schoolYear: Storing.year, county: nil, file: KeptFile(name: "bench.xlsx"),
            uploader: by)
        var seconds = Seconds()
        _ = try await storage.imports.begin(start)
        seconds.stage = try await taking { try await storage.imports.append(table, to: "bench", at: by.at) }
        seconds.apply = try await taking {
            let preview = try await storage.imports.finish("bench", rowsRead: table.count, refused: 0, schoolYear: nil, at: by.at)
            _ = try await storage.imports.apply("bench", ImportChoice(), seen: preview.version, by: by)
        }
        for _ in 0..<3 {
            var (part, whole) = (0, 0)
            seconds.county = min(
                seconds.county, try await taking { part = try await storage.returns.table(form, Storing.year, county: "county7").count })
            seconds.all = min(seconds.all, try await taking { whole = try await storage.returns.table(form, Storing.year).count })
            guard part == min(1_000, rows), whole == rows else { throw ExitCode(2) }
        }
        return seconds
    }

    private func taking(_ work: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await work()
        let duration = ContinuousClock.now - start
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
