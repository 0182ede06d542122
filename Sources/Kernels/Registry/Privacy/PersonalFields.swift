/// A column that holds personal values.
public struct FieldColumn: Hashable, Sendable {
    public var table: String
    public var column: String

    public init(_ table: String, _ column: String) {
        self.table = table
        self.column = column
    }

    public func row(_ id: String) -> FieldPlace { FieldPlace(column: self, row: id) }
}

/// Where one value stands: a sealed value opens only in its own place, so that nobody can move one person's value to another's row.
public struct FieldPlace: Hashable, Sendable {
    public var column: FieldColumn
    public var row: String

    public init(column: FieldColumn, row: String) {
        self.column = column
        self.row = row
    }
}

/// Seals personal values on their way into the database and opens them on their way out.
///
/// Whoever keeps personal values asks for `any PersonalFields`, seals before writing, opens after reading, and declares the column
/// in `Catalogue/national/personal`; rotation of keys, a person's export and erasure then find it by themselves.
public protocol PersonalFields: Sendable {
    /// The key new values are sealed with.
    var keyID: String { get }
    /// Every key values may have been sealed with.
    var keyIDs: [String] { get }
    /// A text that says nothing about the value; another one every time. Throws `SealRefusal`.
    func seal(_ value: String, at place: FieldPlace) throws -> String
    /// Throws `SealRefusal` for a value changed, moved from its place, or sealed with a key that is not here.
    func open(_ sealed: String, at place: FieldPlace) throws -> String
    /// What equal values of a column have in common, for looking them up; tells nothing to whoever lacks the key.
    func index(_ value: String, _ kind: PersonalKind, in column: FieldColumn) throws -> String
    /// The same under every key: what to look for while keys are being rotated.
    func indexes(_ value: String, _ kind: PersonalKind, in column: FieldColumn) throws -> [String]
}

extension PersonalFields {
    /// Nothing stays nothing.
    public func seal(_ value: String?, at place: FieldPlace) throws -> String? {
        guard let value, !value.isEmpty else { return nil }
        let sealed: String = try seal(value, at: place)
        return sealed
    }

    public func open(_ sealed: String?, at place: FieldPlace) throws -> String? {
        guard let sealed, !sealed.isEmpty else { return nil }
        let value: String = try open(sealed, at: place)
        return value
    }
}

/// The shape of a sealed value: `jh1.` key `.` bytes.
public enum SealedText {
    public static let mark = "jh1."

    public static func isSealed(_ text: String) -> Bool { keyID(of: text) != nil }

    /// The key a value or an index was made with; nil for a plain text.
    public static func keyID(of text: String) -> String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] + "." == mark, parts[1].count == 8, parts[1].allSatisfy(\.isHexDigit) else { return nil }
        return String(parts[1])
    }
}

/// Why a personal value is not written or read, in the user's words. Never holds a value.
public struct SealRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public var message: String
    public init(_ message: String) { self.message = message }
    public var description: String { message }
}

/// For databases opened without keys: nothing personal can be written or read.
public struct NoPersonalFields: PersonalFields {
    public init() {}
    private var refusal: SealRefusal { SealRefusal("打开数据库时没有给个人信息密钥，不能读写个人信息") }
    public var keyID: String { "" }
    public var keyIDs: [String] { [] }
    public func seal(_ value: String, at place: FieldPlace) throws -> String { throw refusal }
    public func open(_ sealed: String, at place: FieldPlace) throws -> String { throw refusal }
    public func index(_ value: String, _ kind: PersonalKind, in column: FieldColumn) throws -> String { throw refusal }
    public func indexes(_ value: String, _ kind: PersonalKind, in column: FieldColumn) throws -> [String] { throw refusal }
}

/// Keys for the chain of the audit, so that nobody without them can write a chain that fits.
public protocol AuditKeys: Sendable {
    /// The key new events are sealed with.
    var keyID: String { get }
    /// A code over a text in lower-case hex; nil when the key is not here.
    func code(_ text: String, keyID: String) -> String?
}
