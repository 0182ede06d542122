internal import Definitions
internal import Documents
public import Foundation
internal import Funds
public import Indicators
public import Ledger
internal import Reporting
public import Vocabulary
internal import Workbooks

/// A county's workbook of special funds and finance figures, read and judged. No database.
public struct FundsFile: Sendable {
    /// Its verdicts of 两个只增不减 are those of the figures in the workbook alone.
    public let told: ToldFunds
    public var county: String { told.county }
    public var year: Int { told.year }
    public var ledger: FundLedger { told.ledger }
    public let growth: [GrowthVerdict]
    public var training: [TrainingVerdict] { told.training }
    /// What goes beyond a limit with a reason.
    public let warnings: [String]
    let rules: SpendingRules
    private let allMonths: [FundLedger.Month]

    static let (ledgerForm, figuresForm) = ("fund-ledger", "finance-return")

    /// Reads a workbook. Without `year` the newest one in it counts. Throws `LedgerRefusal` with every complaint, cell by cell.
    public init(
        _ file: URL, county: String, year: Int?, rules: SpendingRules, catalogue: IndicatorCatalogue, today: Day
    ) throws {
        let name = file.lastPathComponent
        var (reading, complaints) = (FundReading(), [String]())
        let read = SheetUploads(catalogue: catalogue).read
        do {
            let ledger = try read(file, name, FundsFile.ledgerForm, today.schoolYear)
            let figures = try read(file, name, FundsFile.figuresForm, today.schoolYear)
            guard ledger != nil || figures != nil else { throw LedgerRefusal("\(name)：没有“专项资金台账”或“经费数据”这张表") }
            complaints = [ledger, figures].compactMap { $0?.complaints }.flatMap { $0 }.filter { $0.severity == .error }.map(\.description)
            var number = 0
            if let ledger {
                reading.readLedger(ledger.table, county: county, after: [], by: name, at: Date()) {
                    number += 1
                    return "\(number)"
                }
            }
            if let figures { reading.readFigures(figures.table, county: county) }
            let check = LedgerCheck(LedgerBatch(reading.entries, documentsFollow: true), after: [], rules: rules)
            if let ledger { complaints += reading.placed(LedgerRefusal(check.complaints), in: ledger.table) }
            warnings = check.warnings.map(\.message)
        } catch let refusal as FileRefusal {
            throw LedgerRefusal(refusal.description)
        }
        complaints += reading.complaints
        guard complaints.isEmpty else { throw LedgerRefusal(messages: complaints) }
        let newest = (reading.entries.map(\.line.year) + reading.figures.map(\.year)).max()
        let asked = year ?? newest ?? today.year
        told = ToldFunds(county, asked, reading.entries, reading.figures, rules: rules, today: today)
        self.rules = rules
        allMonths = told.ledger.months(asked, until: 12, rules: rules)
        growth = reading.figures.contains { $0.year == asked } ? told.growth : []
    }

    /// The rules of a file, else the last of the catalogue's. Throws `LedgerRefusal` with every complaint.
    public static func rules(_ file: String?, _ folder: CatalogueFolder) throws -> SpendingRules {
        let log = DiagnosticLog()
        var files = folder.files
        if let file {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { throw LedgerRefusal("\(file): 读不了这份规则") }
            files = [DefinitionFile(path: file, text: text)]
        }
        let found = DefinitionSet(files, log).of(kind: SpendingRules.documentKind).map { SpendingRules($0, log) }
        if log.hasErrors { throw LedgerRefusal(messages: log.diagnostics.map(\.description)) }
        guard let rules = found.last else { throw LedgerRefusal("\(file ?? "目录"): 没有经费规则（以 spending: 编号 开头）") }
        return rules
    }

    public func report(date: Day, source: String) throws -> Data {
        let paper = FundLedgerPaper(told, rules: rules, date: date, source: source)
        return try OfficialDocuments(python: "").docx(paper.document)
    }

    /// Amounts in fen, shares as parts of one; what is not known is left out.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(Answer(self))
    }

    private struct Answer: Encodable {
        struct Line: Encodable {
            var fund: String
            var project: String
            var school: String
            var budget, carried, allotted, paid, carriedOn, stayed, balance: Int
            var rate: Double?
        }
        struct Month: Encodable {
            var month: Int
            var paid: Int
            var rate: Double?
            var expected: Double?
        }
        struct Growth: Encodable {
            struct Row: Encodable {
                var label: String
                var before: Double?
                var now: Double?
                var verdict: Verdict
                var reason: String
            }
            var basis: String
            var verdict: Verdict
            var rows: [Row]
        }
        struct Training: Encodable {
            var school: String
            var name: String
            var share: Double?
            var verdict: Verdict
        }
        var county: String
        var year: Int
        var rules: String
        var lines: [Line]
        var months: [Month]
        var growth: [Growth]
        var training: [Training]
        var warnings: [String]

        init(_ file: FundsFile) {
            (county, year, rules, warnings) = (file.county, file.year, file.rules.id, file.warnings)
            lines = file.ledger.rows.map { row in
                let sums = row.sums
                return Line(
                    fund: row.line.fund, project: row.line.project, school: row.line.school, budget: sums.budget.fen,
                    carried: sums.carried.fen, allotted: sums.allotted.fen, paid: sums.paid.fen, carriedOn: sums.carriedOn.fen,
                    stayed: sums.stayed.fen, balance: sums.balance.fen, rate: sums.rate)
            }
            months = file.allMonths.map {
                Month(month: $0.month, paid: $0.paid.fen, rate: $0.rate, expected: $0.expected)
            }
            growth = file.growth.map { verdict in
                Growth(
                    basis: verdict.basis.rawValue, verdict: verdict.verdict,
                    rows: verdict.rows.map {
                        .init(label: $0.label, before: $0.before, now: $0.now, verdict: $0.verdict, reason: $0.reason)
                    })
            }
            training = file.training.map { Training(school: $0.school, name: $0.name, share: $0.share, verdict: $0.verdict) }
        }
    }
}
