public import Foundation
internal import Imports
public import Indicators
internal import SQLiteDriver
public import Storage
public import Vault
internal import Vocabulary
internal import Workbooks

/// A data folder with everything one installation keeps: the database, the handed-in files, a bureau's boundaries.
public struct Installation: Sendable {
    public let folder: URL
    public let catalogue: IndicatorCatalogue
    /// SHA-256 over the catalogue's files.
    public let catalogueDigest: String
    public let storage: Storage
    public let files: FileVault

    /// Opens the folder, made where it is missing, and brings the database up to date.
    /// Imports that a dead program left half read are marked as interrupted. Throws `SQLFault` when the database cannot be opened.
    public init(_ folder: URL, catalogue: IndicatorCatalogue, catalogueDigest: String) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.folder = folder
        self.catalogue = catalogue
        self.catalogueDigest = catalogueDigest
        storage = try await Storage(SQLiteDriver(path: folder.appendingPathComponent("junheng.sqlite").path))
        files = FileVault(folder: folder.appendingPathComponent("files"))
        _ = try await storage.imports.abandonUnfinished(untouchedSince: Date(), at: Date())
    }

    var uploads: URL { folder.appendingPathComponent("uploads") }
    var reader: WorkbookReader { WorkbookReader(catalogue: catalogue) }

    /// Files into previews; `now` is the clock imports are signed by.
    func takeIn(now: @escaping @Sendable () -> Date = { Date() }) -> TakeInFile {
        let forms = catalogue.forms.values.sorted { ($0.key != "code" ? 1 : 0, $0.id) < ($1.key != "code" ? 1 : 0, $1.id) }
        return TakeInFile(
            imports: storage.imports, files: files, reader: reader, forms: forms, newID: { RandomID.make() }, now: now)
    }
}
