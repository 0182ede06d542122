public import Foundation
public import Vocabulary

/// Keeps imports with their rows and diagnostics. Rows are staged in batches; applying and undoing are one transaction each,
/// so a program that dies leaves the data as they were. Throws `StoreRefusal` for everything a person can put right.
public protocol ImportStore: Sendable {
    /// A new import in state `reading`. Ids are the caller's and never used twice.
    func begin(_ start: ImportStart) async throws -> ImportRecord
    /// Takes over the reading of an import that a job reads: what was read so far goes, and whoever read it before is refused with
    /// `ReadingTaken` from now on. An import that is no longer being read is answered as it is.
    func restart(_ id: ImportID, at: Date) async throws -> ImportRecord
    /// Adds one batch of good rows read from `origin`; `done` of `total` rows have been seen so far.
    /// A thousand rows or so at a time keep memory and transactions small.
    func append(_ rows: [ReturnRow], from origin: ReturnOrigin, to id: ImportID, done: Int, total: Int?, at: Date) async throws
    /// Adds diagnostics in the order in which a reader should see them.
    func note(_ diagnostics: [Diagnostic], on id: ImportID) async throws
    /// Ends reading: counts what is new, changed and unchanged against today's data; state `preview`.
    /// `schoolYear` is the year the file itself names, where it names one.
    func finish(_ id: ImportID, rowsRead: Int, refused: Int, schoolYear: SchoolYear?, at: Date) async throws -> ImportRecord
    /// The file cannot be taken at all; the reasons were noted. Staged rows go; state `refused`.
    func refuse(_ id: ImportID, at: Date) async throws -> ImportRecord

    /// Schools of the import that another county holds in the same form and year. At most `limit`.
    func conflicts(of id: ImportID, limit: Int) async throws -> [OwnerConflict]
    /// Marks rows as refused by their key, with the reasons noted by the caller. Only before applying.
    func refuse(rows keys: [String], of id: ImportID) async throws -> ImportRecord
    /// Counts again what is new and changed after the data moved under a preview.
    func recount(_ id: ImportID) async throws -> ImportRecord

    /// All rows without errors become the current ones of their keys; other keys stay. One transaction.
    func apply(_ id: ImportID, _ choice: ImportChoice, seen version: Int, by: Signature) async throws -> ImportRecord
    /// The rows that were current before come back. One transaction.
    func undo(_ id: ImportID, seen version: Int, by: Signature) async throws -> ImportRecord
    /// Leaves a preview; its rows go.
    func discard(_ id: ImportID, seen version: Int, by: Signature) async throws -> ImportRecord

    func record(_ id: ImportID) async throws -> ImportRecord?
    /// Newest first.
    func records(_ filter: ImportFilter) async throws -> [ImportRecord]
    func diagnostics(of id: ImportID, from: Int, limit: Int) async throws -> [Diagnostic]
    /// Rows by sheet row, each with what applying it does or did; `kinds` empty means all.
    func rows(of id: ImportID, _ kinds: Set<ImportedRow.Effect>, from: Int, limit: Int) async throws -> [ImportedRow]
}

/// Another server has taken over the reading of this import: whoever hears this stops.
public struct ReadingTaken: Error, Hashable, Sendable {
    public init() {}
}

extension ImportStore {
    /// Stages the rows of a table that was read whole, a thousand at a time.
    public func append(_ table: ReturnTable, to id: ImportID, at: Date) async throws {
        var start = 0
        while start < table.count {
            let origin = table.origin(start)
            var end = start
            while end < table.count, end - start < 1_000, table.origin(end) == origin { end += 1 }
            try await append(
                (start..<end).map(table.row), from: origin ?? ReturnOrigin(file: "", sheet: ""), to: id, done: end, total: table.count,
                at: at)
            start = end
        }
    }
}

/// Which imports to list.
public struct ImportFilter: Hashable, Sendable {
    public var form: String?
    public var schoolYear: SchoolYear?
    /// Imports for this county alone, and those for all counties.
    public var county: String?
    public var states: Set<ImportRecord.State>
    public var from: Int
    public var limit: Int

    public init(
        form: String? = nil, schoolYear: SchoolYear? = nil, county: String? = nil, states: Set<ImportRecord.State> = [], from: Int = 0,
        limit: Int = 50
    ) {
        self.form = form
        self.schoolYear = schoolYear
        self.county = county
        self.states = states
        self.from = from
        self.limit = limit
    }
}

/// A school that an import places in one county while the data hold it in another.
public struct OwnerConflict: Hashable, Sendable {
    public var key: String
    /// Row of the sheet, counted from 1.
    public var sheet: String
    public var sheetRow: Int
    public var county: String
    public var owner: String

    public init(key: String, sheet: String, sheetRow: Int, county: String, owner: String) {
        self.key = key
        self.sheet = sheet
        self.sheetRow = sheetRow
        self.county = county
        self.owner = owner
    }

    public var message: String { "“\(key)”在已有数据中属于\(owner)，这份表写的是\(county)。请核对编号；确是区划调整的，确认时选“随表划转”" }
}

/// A staged row, the row it meets, and what comes of it.
public struct ImportedRow: Sendable, Equatable {
    public enum Effect: String, Hashable, Sendable, CaseIterable {
        case new, changed, unchanged, refused
    }

    public var key: String
    public var effect: Effect
    public var row: ReturnRow
    /// The current row of the same key, where there is one of another import.
    public var current: ReturnRow?

    public init(key: String, effect: Effect, row: ReturnRow, current: ReturnRow?) {
        self.key = key
        self.effect = effect
        self.row = row
        self.current = current
    }
}
