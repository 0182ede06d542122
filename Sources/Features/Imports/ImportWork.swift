public import Foundation
public import Indicators
internal import Jobs
public import Pages
internal import Registry
internal import Vocabulary

/// The work of handing in, for pages and for programs alike: who may see and do what stands here once.
extension ImportsDesk {
    /// The newest imports a visitor may open. The store knows them by one county at a time.
    public func records(for visit: Visit, limit: Int = ImportsDesk.shownImports) async throws -> [ImportRecord] {
        guard let own = visit.person.counties(.look, today: visit.today) else {
            return try await imports.records(ImportFilter(limit: limit))
        }
        var found: [ImportID: ImportRecord] = [:]
        for county in own {
            for record in try await imports.records(ImportFilter(county: county, limit: 10 * limit))
            where mayLook(at: record, visit) { found[record.id] = record }
        }
        let newest = found.values.sorted { ($0.start.uploader.at, $0.id) > ($1.start.uploader.at, $1.id) }
        return Array(newest.prefix(limit))
    }

    /// An import for all counties is for those who see all counties, and for whoever handed it in.
    private func mayLook(at record: ImportRecord, _ visit: Visit) -> Bool {
        record.county.map { visit.may(.look, in: $0) } ?? (visit.may(.look, in: nil) || record.start.uploader.by == visit.person.id)
    }

    /// Throws `PageMissing` or `PageForbidden`.
    public func record(_ id: ImportID, _ visit: Visit) async throws -> ImportRecord {
        guard let record = try await imports.record(id) else { throw PageMissing("没有这次导入，可能链接有误。请回到“数据导入”重新选择") }
        guard mayLook(at: record, visit) else { throw PageForbidden("这份表不是您所在县的，不能查看") }
        return record
    }

    /// Takes a file in; it is read behind the request.
    public func begin(_ upload: Upload, _ visit: Visit) async throws -> [ImportRecord] {
        let year = upload.fields["year"].flatMap { SchoolYear(text: $0) } ?? visit.today.schoolYear
        let own = visit.person.counties(.handIn, today: visit.today)
        let asked = upload.fields["county"].flatMap { $0.isEmpty ? nil : $0 }
        let county = asked ?? (own?.count == 1 ? own?.first : nil)
        try visit.require(.handIn, in: county)
        let records = try await takeIn.begin(
            upload.file, name: upload.name, year: year, county: county, by: signature(visit), hasJobs: true)
        try await leave(records)
        return records
    }

    /// An order for every import. One nobody reads must not look as if it were being read: it is refused as soon as the store hears it.
    private func leave(_ records: [ImportRecord]) async throws {
        for (place, record) in records.enumerated() {
            guard let job = ReadImport.order(record, form: formLabel(record.form)) else { continue }
            do {
                _ = try await order(job)
            } catch {
                let (kind, left) = (
                    ReadImport(imports: imports, takeIn: takeIn), records[place...].compactMap { ReadImport.order($0, form: "") }
                )
                Task.detached { for order in left { await ImportsDesk.refuse(order, kind) } }
                throw error
            }
        }
    }

    private static func refuse(_ order: JobOrder, _ kind: ReadImport) async {
        while true {
            do {
                return try await kind.giveUp(Job(order: order), reason: "没有能交给程序读取")
            } catch is StoreUnavailable {
                try? await Task.sleep(for: .seconds(2))
            } catch {
                // Somebody else ended it.
                return
            }
        }
    }

    /// Applies, undoes or discards. Throws `NotAllowed` and `StoreRefusal`.
    public func take(
        _ step: ImportStep, on record: ImportRecord, _ choice: ImportChoice = ImportChoice(), seen version: Int, _ visit: Visit
    ) async throws -> ImportRecord {
        try visit.require(.handIn, in: record.county)
        return switch step {
        case .apply: try await imports.apply(record.id, choice, seen: version, by: signature(visit))
        case .undo: try await imports.undo(record.id, seen: version, by: signature(visit))
        case .discard: try await imports.discard(record.id, seen: version, by: signature(visit))
        }
    }

    /// Compares a preview anew with data that moved under it.
    public func recount(_ record: ImportRecord, _ visit: Visit) async throws -> ImportRecord {
        try visit.require(.handIn, in: record.county)
        return try await imports.recount(record.id)
    }

    /// The handed-in workbook with its wrong cells red.
    public func markedWorkbook(_ record: ImportRecord) async throws -> Data {
        guard let url = try await files.url(of: record.start.file) else { throw PageMissing("原表没有保存下来，请重新上传") }
        var all: [Diagnostic] = []
        while true {
            let part = try await imports.diagnostics(of: record.id, from: all.count, limit: 1_000)
            if part.isEmpty { break }
            all += part
        }
        all += try await imports.conflicts(of: record.id, limit: 1_000).map {
            Diagnostic(.error, "import.owner", at: .cell(sheet: $0.sheet, row: $0.sheetRow, column: 1), $0.message)
        }
        return try reader.marked(url, name: record.start.file.name, with: all)
    }

    private func signature(_ visit: Visit) -> Signature { Signature(by: visit.person.id, name: visit.person.name, at: takeIn.now()) }
}
