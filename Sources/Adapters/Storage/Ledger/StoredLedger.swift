internal import Foundation
internal import Ledger
internal import Vocabulary

/// The ledger in the database; what each question promises stands at the port.
struct StoredLedger: LedgerStore {
    let driver: any SQLDriver

    private static let columns = [
        "id", "place", "county", "budget_year", "fund", "project", "school", "school_name", "kind", "amount", "purpose", "day", "voucher",
        "reason", "reverses", "made_by", "made_at",
    ]

    func entries(_ county: String) async throws -> [LedgerEntry] {
        try await driver.read { try StoredLedger.entries("county = $1", [.text(county)], $0) }
    }

    func entries(year: Int) async throws -> [LedgerEntry] {
        try await driver.read { try StoredLedger.entries("budget_year = $1", [.integer(year)], $0) }
    }

    func write(_ batch: LedgerBatch, rules: SpendingRules) async throws -> [LedgerCheck.Complaint] {
        guard let county = batch.entries.first?.county ?? batch.figures.first?.county else { return [] }
        return try await driver.write { connection in
            let written = try StoredLedger.entries("county = $1", [.text(county)], connection)
            let check = LedgerCheck(batch, after: written, rules: rules)
            guard check.complaints.isEmpty else { throw LedgerRefusal(check.complaints) }
            try connection.insert(
                into: "fund_entry", columns: StoredLedger.columns,
                rows: batch.entries.enumerated().map { StoredLedger.values($1, place: written.count + $0) })
            for entry in batch.entries {
                for (number, document) in entry.documents.enumerated() { try StoredLedger.add(document, number, to: entry.id, connection) }
            }
            for figure in batch.figures { try StoredLedger.set(figure, connection) }
            return check.warnings
        }
    }

    // MARK: Documents

    func attach(_ document: LedgerEntry.Document, to entry: String) async throws {
        try await driver.write { connection in
            guard try connection.integer("SELECT COUNT(*) FROM fund_entry WHERE id = $1", [.text(entry)]) == 1 else {
                throw LedgerRefusal("台账里没有这一笔", .unknown)
            }
            let count = try connection.integer("SELECT COUNT(*) FROM fund_document WHERE entry_id = $1", [.text(entry)])
            guard count < LedgerBatch.mostDocuments else { throw LedgerRefusal("一笔最多附\(LedgerBatch.mostDocuments)份凭据") }
            try StoredLedger.add(document, count, to: entry, connection)
        }
    }

    private static func add(_ document: LedgerEntry.Document, _ number: Int, to entry: String, _ connection: any SQLConnection) throws {
        try connection.insert(
            into: "fund_document", columns: ["entry_id", "number", "name", "digest", "size", "type", "added_by", "added_at"],
            rows: [
                [
                    .text(entry), .integer(number), .text(document.name), .text(document.digest), .integer(document.size),
                    .text(document.type), .text(document.addedBy), .time(document.addedAt),
                ]
            ])
    }

    /// By entry, in the order they were added.
    private static func documents(
        _ condition: String, _ values: [SQLValue], _ connection: any SQLConnection
    ) throws -> [String: [LedgerEntry.Document]] {
        let found = try connection.rows(
            """
            SELECT d.entry_id, d.name, d.digest, d.size, d.type, d.added_by, d.added_at
            FROM fund_document d JOIN fund_entry e ON e.id = d.entry_id WHERE \(condition) ORDER BY d.entry_id, d.number
            """, values
        ) { row in
            (
                try row.text(0),
                LedgerEntry.Document(
                    name: try row.text(1), digest: try row.text(2), size: try row.integer(3), type: try row.text(4),
                    addedBy: try row.text(5), addedAt: try row.time(6))
            )
        }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }

    // MARK: Entries

    private static func values(_ entry: LedgerEntry, place: Int) -> [SQLValue] {
        [
            .text(entry.id), .integer(place), .text(entry.county), .integer(entry.line.year), .text(entry.line.fund),
            .text(entry.line.project), .text(entry.line.school), .text(entry.schoolName), .text(entry.kind.rawValue),
            .integer(entry.amount.fen), .text(entry.purpose), .text(entry.day.description), .text(entry.voucher), .text(entry.reason),
            .text(entry.reverses), .text(entry.madeBy), .time(entry.madeAt),
        ]
    }

    private static func entries(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [LedgerEntry] {
        let documents = try documents(condition, values, connection)
        return try connection.rows(
            "SELECT \(columns.joined(separator: ", ")) FROM fund_entry WHERE \(condition) ORDER BY county, place", values
        ) { row in
            guard let kind = LedgerEntry.Kind(rawValue: try row.text(8)), let day = Day(iso: try row.text(11)) else {
                throw SQLFault(.type, "fund_entry holds an unknown kind or day")
            }
            let id = try row.text(0)
            return LedgerEntry(
                id: id, county: try row.text(2),
                line: .init(year: try row.integer(3), fund: try row.text(4), project: try row.text(5), school: try row.text(6)),
                schoolName: try row.text(7), kind: kind, amount: Money(fen: try row.integer(9)), purpose: try row.text(10), day: day,
                voucher: try row.text(12), reason: try row.text(13), reverses: try row.optionalText(14), madeBy: try row.text(15),
                madeAt: try row.time(16), documents: documents[id] ?? [])
        }
    }

    // MARK: Finance figures

    func figures(_ county: String) async throws -> [FinanceFigure] {
        try await driver.read { try StoredLedger.figures("county = $1", [.text(county)], $0) }
    }

    func figures(year: Int) async throws -> [FinanceFigure] {
        try await driver.read { try StoredLedger.figures("budget_year IN ($1, $2)", [.integer(year), .integer(year - 1)], $0) }
    }

    private static func set(_ figure: FinanceFigure, _ connection: any SQLConnection) throws {
        let key: [SQLValue] = [.text(figure.county), .integer(figure.year), .text(figure.basis.rawValue), .text(figure.extent.key)]
        try connection.execute("DELETE FROM finance_figure WHERE county = $1 AND budget_year = $2 AND basis = $3 AND extent = $4", key)
        try connection.insert(
            into: "finance_figure",
            columns: ["county", "budget_year", "basis", "extent", "name", "spending", "pupils", "running", "training"],
            rows: [
                key + [
                    .text(figure.name), .integer(figure.spending?.fen), .integer(figure.pupils), .integer(figure.running?.fen),
                    .integer(figure.training?.fen),
                ]
            ])
    }

    private static func figures(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [FinanceFigure] {
        try connection.rows(
            """
            SELECT county, budget_year, basis, extent, name, spending, pupils, running, training FROM finance_figure
            WHERE \(condition) ORDER BY county, budget_year, basis, extent
            """, values
        ) { row in
            guard let basis = FinanceFigure.Basis(rawValue: try row.text(2)), let extent = FinanceFigure.Extent(key: try row.text(3))
            else { throw SQLFault(.type, "finance_figure holds an unknown basis or extent") }
            return FinanceFigure(
                county: try row.text(0), year: try row.integer(1), basis: basis, extent: extent, name: try row.text(4),
                spending: try row.optionalInteger(5).map { Money(fen: $0) }, pupils: try row.optionalInteger(6),
                running: try row.optionalInteger(7).map { Money(fen: $0) }, training: try row.optionalInteger(8).map { Money(fen: $0) })
        }
    }
}
