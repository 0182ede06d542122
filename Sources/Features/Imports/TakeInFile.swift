public import Foundation
public import Indicators
public import Vocabulary

/// A handed-in file into the store, as far as its preview: kept as it came, read batch by batch, nothing of it counting yet.
public struct TakeInFile: Sendable {
    /// Most complaints kept of one file; whoever has that many has one mistake made many times.
    static let complaintLimit = 5_000

    let imports: any ImportStore
    let files: any ReturnFiles
    let reader: any ReturnFileReader
    let forms: [ReturnForm]
    let newID: @Sendable () -> String
    let now: @Sendable () -> Date

    /// `forms` are those a file is looked through for, in the order in which their imports are listed.
    public init(
        imports: any ImportStore, files: any ReturnFiles, reader: any ReturnFileReader, forms: [ReturnForm],
        newID: @escaping @Sendable () -> String, now: @escaping @Sendable () -> Date
    ) {
        self.imports = imports
        self.files = files
        self.reader = reader
        self.forms = forms
        self.newID = newID
        self.now = now
    }

    /// Keeps the file and begins an import for every form it holds. `county` is the only one the uploader may speak for.
    /// With `hasJobs` every import is left to a job whose id it bears; whoever calls adds the jobs.
    /// Throws `FileRefusal` when the file cannot be read or holds no form.
    public func begin(_ file: URL, name: String, year: SchoolYear, county: String?, by: Signature, hasJobs: Bool = false) async throws
        -> [ImportRecord]
    {
        let found = try reader.forms(in: file, name: name, among: forms)
        let kept = try await files.keep(contentsOf: file, name: name)
        var records: [ImportRecord] = []
        for form in found {
            let start = ImportStart(
                id: newID(), form: form.id, key: form.key, schoolYear: year, county: county, file: kept, uploader: by,
                job: hasJobs ? newID() : nil)
            records.append(try await imports.begin(start))
        }
        return records
    }

    /// Reads a begun import to its preview, or refuses it with the reasons noted. `progress` hears rows read and, where known, how many
    /// there are.
    public func read(_ record: ImportRecord, progress: @Sendable (Int, Int?) -> Void = { _, _ in }) async throws -> ImportRecord {
        do {
            return try await stream(record, progress)
        } catch let refusal as FileRefusal {
            return try await refuse(record, refusal.diagnostic)
        } catch let refusal as StoreRefusal {
            return try await refuse(record, Diagnostic(.error, "import.store", at: .file(record.start.file.name), refusal.message))
        }
    }

    /// Ends an import with the reason noted.
    func refuse(_ record: ImportRecord, _ reason: Diagnostic) async throws -> ImportRecord {
        try await imports.note([reason], on: record.id)
        return try await imports.refuse(record.id, at: now())
    }

    private func stream(_ record: ImportRecord, _ progress: @Sendable (Int, Int?) -> Void) async throws -> ImportRecord {
        let name = record.start.file.name
        guard let form = forms.first(where: { $0.id == record.form }), let url = try await files.url(of: record.start.file) else {
            throw FileRefusal("file.missing", name, "存好的文件不见了。请重新上传")
        }
        let cursor = try reader.open(url, name: name, form: form, importID: record.id)
        try await imports.note(yearNotes(cursor, record), on: record.id)
        var (seen, refused, noted) = (0, 0, 0)
        while let batch = try cursor.next() {
            try Task.checkCancellation()
            seen = batch.seen
            refused += batch.refused
            let total = batch.fraction.flatMap { $0 > 0 ? max(seen, Int(Double(seen) / $0)) : nil }
            try await imports.append(batch.rows, from: cursor.origin, to: record.id, done: seen, total: total, at: now())
            progress(seen, total)
            noted += try await note(batch.diagnostics, noted, record)
        }
        return try await imports.finish(record.id, rowsRead: seen, refused: refused, schoolYear: cursor.schoolYear, at: now())
    }

    private func note(_ diagnostics: [Diagnostic], _ noted: Int, _ record: ImportRecord) async throws -> Int {
        let room = TakeInFile.complaintLimit - noted
        guard room > 0 else { return 0 }
        var kept = Array(diagnostics.filter { $0.severity != .note }.prefix(room))
        if kept.count == room {
            kept.append(
                Diagnostic(
                    .warning, "import.complaints", at: .file(record.start.file.name),
                    "问题超过\(TakeInFile.complaintLimit)处，后面的没有再列出。请先改正前面这些，多半是同一个原因"))
        }
        try await imports.note(kept, on: record.id)
        return kept.count
    }

    private func yearNotes(_ cursor: any ReturnCursor, _ record: ImportRecord) -> [Diagnostic] {
        guard let named = cursor.schoolYear, named != record.schoolYear else { return [] }
        return [
            Diagnostic(
                .warning, "import.year", at: .file(record.start.file.name),
                "表里标明是\(named.label.zh)，按\(named.label.zh)导入，不按上传时选的\(record.schoolYear.label.zh)。选错的话请放弃后换模板")
        ]
    }
}
