internal import Vocabulary

/// SHA-256 of some bytes in lower-case hex. The kernel is given one and brings none.
public typealias DigestFunction = @Sendable ([UInt8]) -> String

/// The bytes a freeze hash is taken over. Fixed for ever: a change is a new format number beside the old one.
///
/// Line 1 `junheng-snapshot 1`; line 2 county, year, number, forms and catalogue digest as a JSON array; then form by form,
/// in the order of their ids: `form` line, its origins, and its rows in the order of the UTF-8 bytes of their keys, each an
/// array of key, import, file, sheet, sheet row and the row's canonical text. Lines end in LF.
public struct SnapshotBytes: Sendable {
    public let bytes: [UInt8]

    public init(_ snapshot: Snapshot, catalogue: String, returns: [StoredReturn]) {
        let forms = snapshot.forms.sorted(by: CanonicalText.precedes).map(CanonicalText.quoted).joined(separator: ",")
        var text = "junheng-snapshot 1\n"
        text += "[\(CanonicalText.quoted(snapshot.county)),\(snapshot.schoolYear.start),\(snapshot.number),[\(forms)],"
        text += "\(CanonicalText.quoted(catalogue))]\n"
        for stored in returns.sorted(by: { CanonicalText.precedes($0.form, $1.form) }) { SnapshotBytes.write(stored, into: &text) }
        bytes = Array(text.utf8)
    }

    private static func write(_ stored: StoredReturn, into text: inout String) {
        text += "[\"form\",\(CanonicalText.quoted(stored.form)),\(stored.schoolYear.start)]\n"
        let origins = stored.origins.map(line)
        for origin in origins.sorted(by: CanonicalText.precedes) { text += "[\"origin\",\(origin)]\n" }
        for row in stored.rows.sorted(by: { CanonicalText.precedes($0.key, $1.key) }) {
            let origin = stored.origins.indices.contains(row.origin) ? place(stored.origins[row.origin]) : "\"\",\"\",\"\""
            text += "[\(CanonicalText.quoted(row.key)),\(origin),\(row.sheetRow),\(row.text)]\n"
        }
    }

    private static func place(_ origin: ReturnOrigin) -> String {
        [origin.importID, origin.file, origin.sheet].map(CanonicalText.quoted).joined(separator: ",")
    }

    private static func line(_ origin: ReturnOrigin) -> String {
        let columns = origin.columns.sorted { CanonicalText.precedes($0.key, $1.key) }
        return place(origin) + ",{" + columns.map { "\(CanonicalText.quoted($0.key)):\($0.value)" }.joined(separator: ",") + "}"
    }
}

/// What checking a frozen snapshot found.
public struct SnapshotCheck: Hashable, Sendable {
    public var expected: String
    public var found: String
    /// Keys of rows that differ from the import they came from, or are gone from one of the two.
    public var suspects: [String]

    public init(expected: String, found: String, suspects: [String]) {
        self.expected = expected
        self.found = found
        self.suspects = suspects
    }

    public var isIntact: Bool { expected == found }

    public var message: String {
        if isIntact { return "校验一致：数据与冻结时逐字节相同" }
        let where_ = suspects.isEmpty ? "" : "，疑似改动的学校：\(suspects.prefix(10).joined(separator: "、"))"
        return "校验不一致：冻结后数据被改动过\(where_)。请从备份恢复，并查明经过"
    }
}
