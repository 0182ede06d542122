internal import Foundation
internal import Indicators
internal import Vocabulary

/// Imports in the database. Every question has its own file; what each promises stands at the port.
struct StoredImports: ImportStore {
    let driver: any SQLDriver
    /// The server whose imports these are, as `ServerWatch` knows it.
    let process: String

    func finish(_ id: ImportID, rowsRead: Int, refused: Int, schoolYear: SchoolYear?, at: Date) async throws -> ImportRecord {
        let process = process
        return try await driver.write {
            try ReadingTurn.check(id, process, $0)
            return try FinishReading(id: id, rowsRead: rowsRead, refused: refused, schoolYear: schoolYear, at: at).run($0)
        }
    }

    func restart(_ id: ImportID, at: Date) async throws -> ImportRecord {
        let process = process
        return try await driver.write { try ReadingTurn.take(id, process, at: at, $0) }
    }

    func refuse(_ id: ImportID, at: Date) async throws -> ImportRecord {
        let process = process
        return try await driver.write {
            try ReadingTurn.check(id, process, $0)
            return try EndImport.refuse(id, at: at, $0)
        }
    }

    func discard(_ id: ImportID, seen version: Int, by: Signature) async throws -> ImportRecord {
        try await driver.write { connection in
            try ImportTable.record(id, connection).check(.discard, seen: version)
            return try EndImport.discard(id, at: by.at, connection)
        }
    }

    func apply(_ id: ImportID, _ choice: ImportChoice, seen version: Int, by: Signature) async throws -> ImportRecord {
        try await driver.write { try ApplyImport(id: id, choice: choice, version: version, by: by).run($0) }
    }

    func undo(_ id: ImportID, seen version: Int, by: Signature) async throws -> ImportRecord {
        try await driver.write { try UndoImport(id: id, version: version, by: by).run($0) }
    }

    func conflicts(of id: ImportID, limit: Int) async throws -> [OwnerConflict] {
        try await driver.read { try FindConflicts.run(ImportTable.record(id, $0), limit: limit, $0) }
    }

    func refuse(rows keys: [String], of id: ImportID) async throws -> ImportRecord {
        try await driver.write { try RefuseRows.run(keys, of: id, $0) }
    }

    func recount(_ id: ImportID) async throws -> ImportRecord {
        try await driver.write { try CountEffects.recount(id, $0) }
    }

    func record(_ id: ImportID) async throws -> ImportRecord? {
        try await driver.read { try ImportTable.find(id, $0) }
    }

    func records(_ filter: ImportFilter) async throws -> [ImportRecord] {
        try await driver.read { try ImportTable.list(filter, $0) }
    }

    func note(_ diagnostics: [Diagnostic], on id: ImportID) async throws {
        let process = process
        try await driver.write {
            try ReadingTurn.check(id, process, $0)
            try DiagnosticTable.add(diagnostics, to: id, $0)
        }
    }

    func diagnostics(of id: ImportID, from: Int, limit: Int) async throws -> [Diagnostic] {
        try await driver.read { try DiagnosticTable.list(of: id, from: from, limit: limit, $0) }
    }

    func rows(of id: ImportID, _ kinds: Set<ImportedRow.Effect>, from: Int, limit: Int) async throws -> [ImportedRow] {
        try await driver.read { try ListImportedRows(kinds: kinds, from: from, limit: limit).run(id, $0) }
    }
}
