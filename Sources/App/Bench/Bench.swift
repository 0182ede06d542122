import ArgumentParser
import Assembly
import Foundation
import Indicators
import Workbooks

/// `junheng-bench`: the measured half of `make bench`; Benchmarks/run.py holds the peers.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "junheng-bench",
        subcommands: [
            National.self, Reading.self, Returns.self, Nothing.self, Storing.self, Path.self, Bare.self, CaseBench.self, Rotation.self,
            Funds.self, Pairing.self,
        ])
}

/// Evaluates one national table in memory, again and again.
struct National: ParsableCommand {
    @Argument(help: "numbers of the table, column after column as little-endian doubles; first the county") var file: String
    @Option(help: "names of the columns") var columns: String
    @Option(help: "where to write the coefficients of variation, county by county") var out: String
    @Option var rounds = 7

    func run() throws {
        let names = columns.split(separator: ",").map(String.init)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        let numbers = bytes.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
        let count = numbers.count / names.count
        func column(_ place: Int) -> [Double] { Array(numbers[place * count..<(place + 1) * count]) }
        let counties = column(0).map { Int($0) }
        let catalogue = try CatalogueFolder().compile().catalogue
        let indicators =
            catalogue.standards["balance-2017"]?.measured.compactMap { $0.item.indicator.flatMap { catalogue.indicators[$0] } } ?? []
        var table = NumberColumns(count: count)
        for place in 1..<names.count { table.set(names[place], column(place)) }
        let frame = IndicatorFrame(table, groups: Groups(groupOf: counties, count: (counties.max() ?? 0) + 1))
        var statistics: [GroupStatistics] = []
        let alone = best { statistics = frame.statistics(indicators) }
        var columns: [IndicatorFrame.Column] = []
        let kept = best { columns = frame.evaluate(indicators) }
        guard columns.flatMap(\.groups) == statistics else { throw ValidationError("the two ways differ") }
        let spreads = statistics.map { $0.cv ?? .nan }
        try spreads.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: out))
        print(alone, kept)
    }

    /// The shortest of all rounds, in seconds.
    private func best(_ work: () -> Void) -> Double {
        let times = (0..<rounds + 1).map { _ in ContinuousClock().measure(work) }
        let shortest = times.dropFirst().min() ?? .zero
        return Double(shortest.components.attoseconds) / 1e18 + Double(shortest.components.seconds)
    }
}

/// Reads every cell of a workbook once.
struct Reading: ParsableCommand {
    @Argument var file: String

    func run() throws {
        let book = try SheetFile(URL(fileURLWithPath: file))
        var cells = 0
        var sum = 0.0
        for sheet in book.sheets {
            try book.rows(of: sheet) { row in
                for cell in row.cells where !cell.isEmpty {
                    cells += 1
                    if case .number(let value) = cell { sum += value }
                }
            }
        }
        print(cells, sum)
    }
}

/// Reads a workbook as school returns, a batch at a time, as an import does.
struct Returns: ParsableCommand {
    @Argument var file: String

    func run() throws {
        let catalogue = try CatalogueFolder().compile().catalogue
        guard let form = catalogue.forms["school-return"] else { return }
        let cursor = try WorkbookReader(catalogue: catalogue).open(
            URL(fileURLWithPath: file), name: "bench", form: form, importID: "")
        var (taken, refused) = (0, 0)
        while let batch = try cursor.next() {
            taken += batch.rows.count
            refused += batch.refused
        }
        print(taken, refused)
    }
}

/// Starts and ends: what the process costs before it does anything.
struct Nothing: ParsableCommand {
    func run() throws { print(0, FileManager.default.temporaryDirectory.path) }
}
