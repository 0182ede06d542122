internal import Foundation

/// Where tables name handed-in files by their digest: what copies and moves of an installation take along.
public enum KeptFileColumns {
    public static let all: [(table: String, column: String)] = [
        ("return_import", "file_digest"), ("case_evidence", "digest"), ("plan_document", "digest"), ("fund_document", "digest"),
        ("inspection_photo", "digest"),
    ]

    /// Every digest the tables named speak of.
    public static func query(_ tables: Set<String>) -> String? {
        let parts = all.filter { tables.contains($0.table) }.map {
            "SELECT \($0.column) FROM \($0.table) WHERE \($0.column) IS NOT NULL AND \($0.column) <> ''"
        }
        return parts.isEmpty ? nil : parts.joined(separator: " UNION ")
    }
}

extension Storage {
    /// The digests of every file some row speaks of.
    public func keptDigests() async throws -> [String] {
        guard let sql = KeptFileColumns.query(Set(KeptFileColumns.all.map(\.table))) else { return [] }
        return try await driver.read { try $0.rows(sql) { try $0.text(0) } }.sorted()
    }
}
