public import Foundation
public import Vocabulary

/// Reads the current data: for every key of a form and school year the row of the import applied last.
public protocol ReturnStore: Sendable {
    /// The current rows of all counties or of one, every row with its import, file, sheet and cells. Empty when there are none.
    /// With `preview`, the rows as they would be if that import were applied.
    func table(_ form: ReturnForm, _ year: SchoolYear, county: String?, preview: ImportID?) async throws -> ReturnTable
    /// Years with data, newest first.
    func schoolYears(form: String) async throws -> [SchoolYear]
    /// Counties with data, in the order of their names.
    func counties(form: String, _ year: SchoolYear) async throws -> [String]
    /// Number of rows by county.
    func counts(form: String, _ year: SchoolYear) async throws -> [String: Int]
    /// A number that grows whenever current rows change, of one form and year or of all: what a cache compares.
    func revision(form: String?, _ year: SchoolYear?) async throws -> Int
    /// The county that holds each key now; keys without a row are left out.
    func owners(of keys: [String], form: String, _ year: SchoolYear) async throws -> [String: String]
}

extension ReturnStore {
    public func table(_ form: ReturnForm, _ year: SchoolYear, county: String? = nil) async throws -> ReturnTable {
        try await table(form, year, county: county, preview: nil)
    }
}

/// Keeps the handed-in files as they came, by the SHA-256 of their bytes.
public protocol ReturnFiles: Sendable {
    /// Keeps a copy; keeping the same bytes twice keeps one.
    func keep(_ bytes: [UInt8], name: String) async throws -> KeptFile
    /// Keeps a copy of a file that may be too large for memory; the file itself stays where it is.
    func keep(contentsOf file: URL, name: String) async throws -> KeptFile
    /// The bytes of a kept file; nil when they are gone.
    func bytes(of file: KeptFile) async throws -> [UInt8]?
    /// Where a kept file lies, for readers that want a file; nil when it is gone.
    func url(of file: KeptFile) async throws -> URL?
}
