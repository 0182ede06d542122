internal import Foundation
internal import Indicators
internal import Vocabulary

extension StoredImports {
    func begin(_ start: ImportStart) async throws -> ImportRecord {
        let process = process
        return try await driver.write { connection in
            try ImportTable.begin(start, reader: process, connection)
            return try ImportTable.record(start.id, connection)
        }
    }

    func append(
        _ rows: [ReturnRow], from origin: ReturnOrigin, to id: ImportID, done: Int, total: Int?, at: Date
    ) async throws {
        let process = process
        do {
            try await driver.write {
                try ReadingTurn.check(id, process, $0)
                try StageRows(id: id, origin: origin, done: done, total: total, at: at).run(rows, $0)
            }
        } catch let fault as SQLFault where fault.kind == .constraint {
            throw StoreRefusal(.duplicate, "“\(origin.sheet)”里有编号重复的行，没有存入。请删去重复的行后重新导入")
        }
    }
}

/// One batch of rows into the staging table.
struct StageRows {
    let id: ImportID
    let origin: ReturnOrigin
    let done: Int
    let total: Int?
    let at: Date

    func run(_ rows: [ReturnRow], _ connection: any SQLConnection) throws {
        let record = try ImportTable.record(id, connection)
        guard record.state == .reading else {
            throw StoreRefusal(.state, "“\(record.start.file.name)”现在是“\(record.state.label.zh)”，不能再加入数据。请重新上传")
        }
        let number = try originNumber(connection)
        var writer = RowWriter()
        var strangers: [Diagnostic] = []
        let staged = try rows.map { row in
            let key = row.attributes[record.start.key] ?? ""
            let county = county(row, record)
            try checkLetters(key + county, row)
            let isStranger = record.county.map { $0 != county } ?? false
            if isStranger { strangers.append(complaint(row, county, record.county ?? "")) }
            return [
                .text(id), .text(key), .text(county), .integer(number), .integer(row.number), .integer(isStranger ? 1 : 0),
                SQLValue.text(writer.text(row)),
            ]
        }
        try connection.insert(
            into: "import_row", columns: ["import_id", "row_key", "county", "origin", "sheet_row", "refused", "body"], rows: staged)
        try DiagnosticTable.add(strangers, to: id, connection)
        try connection.execute(
            "UPDATE return_import SET progress_done = $2, progress_total = $3, touched_at = $4 WHERE id = $1",
            [.text(id), .integer(done), .integer(total), .time(at)])
    }

    /// The county a row speaks of: its own word, the key of a county return, or the only county the import may speak for.
    private func county(_ row: ReturnRow, _ record: ImportRecord) -> String {
        let written = row.attributes["county"] ?? ""
        return written.isEmpty ? record.county ?? "" : written
    }

    /// The reason a database would not give in the user's words.
    private func checkLetters(_ text: String, _ row: ReturnRow) throws {
        guard text.utf8.contains(0) else { return }
        throw StoreRefusal(.damaged, "“\(origin.sheet)”第\(row.number)行的编号或县名里有看不见的空字符，没有存入。请重新录入这两格后上传")
    }

    private func complaint(_ row: ReturnRow, _ county: String, _ allowed: String) -> Diagnostic {
        let place = origin.columns["county"].map { Diagnostic.Place.cell(sheet: origin.sheet, row: row.number, column: $0) }
        return Diagnostic(
            .error, "return.county.other", at: place ?? .cell(sheet: origin.sheet, row: row.number, column: 1),
            "这一行写的是“\(county)”，这次导入只能报送\(allowed)的学校。请改正或删去这一行")
    }

    private func originNumber(_ connection: any SQLConnection) throws -> Int {
        let columns = try OriginColumns.text(origin.columns)
        let known = try connection.first(
            "SELECT number FROM import_origin WHERE import_id = $1 AND file = $2 AND sheet = $3 AND columns = $4",
            [.text(id), .text(origin.file), .text(origin.sheet), .text(columns)]
        ) { try $0.integer(0) }
        if let known { return known }
        let next = try connection.integer("SELECT COUNT(*) FROM import_origin WHERE import_id = $1", [.text(id)])
        try connection.execute(
            "INSERT INTO import_origin (import_id, number, file, sheet, columns) VALUES ($1, $2, $3, $4, $5)",
            [.text(id), .integer(next), .text(origin.file), .text(origin.sheet), .text(columns)])
        return next
    }
}

/// Column numbers by field as JSON with sorted names.
enum OriginColumns {
    static func text(_ columns: [String: Int]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(columns), as: UTF8.self)
    }

    static func columns(_ text: String) throws -> [String: Int] {
        do {
            return try JSONDecoder().decode([String: Int].self, from: Data(text.utf8))
        } catch {
            throw StoreRefusal(.damaged, "存储的列位置读不出来，可能被改动过。请从备份恢复")
        }
    }
}
