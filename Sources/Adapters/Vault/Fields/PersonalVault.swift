internal import Foundation
public import Registry
internal import Synchronization

/// Personal fields and the audit's codes under the keys of an installation.
public final class PersonalVault: PersonalFields, AuditKeys {
    private let held: Mutex<FieldKeyRing>
    /// Reads the keys again; nil where they cannot change, as in the environment.
    private let reread: (@Sendable () throws -> FieldKeyRing)?

    public init(_ ring: FieldKeyRing, reread: (@Sendable () throws -> FieldKeyRing)? = nil) {
        held = Mutex(ring)
        self.reread = reread
    }

    public var ring: FieldKeyRing { held.withLock { $0 } }
    public var keyID: String { ring.current.id }
    public var keyIDs: [String] { ring.keys.map(\.id) }

    public func seal(_ value: String, at place: FieldPlace) throws -> String {
        let key = ring.current
        let nonce = RandomID.bytes(key.suite.nonceLength)
        let secret = Array(try key.derived("seal", place.column).prefix(key.suite.keyLength))
        guard let sealed = key.suite.seal(Array(value.utf8), key: secret, nonce: nonce, with: PersonalVault.around(key, place)) else {
            throw FieldKey.broken
        }
        return "\(SealedText.mark)\(key.id).\(Base64Text.text(nonce + sealed))"
    }

    public func open(_ sealed: String, at place: FieldPlace) throws -> String {
        guard let id = SealedText.keyID(of: sealed) else { throw SealRefusal("\(place.column.table) 里有一处个人信息没有加密，请重新启动服务器") }
        guard let key = key(id) else { throw SealRefusal("个人信息用密钥 \(id) 加密，这里没有这把密钥。请把它放回密钥文件（junheng keys show）") }
        let bytes = Base64Text.bytes(String(sealed.dropFirst(SealedText.mark.count + id.count + 1))) ?? []
        let secret = Array(try key.derived("seal", place.column).prefix(key.suite.keyLength))
        let nonce = Array(bytes.prefix(key.suite.nonceLength))
        let plain = key.suite.open(
            Array(bytes.dropFirst(key.suite.nonceLength)), key: secret, nonce: nonce, with: PersonalVault.around(key, place))
        guard let plain, let text = String(validating: plain, as: UTF8.self) else {
            throw SealRefusal("\(place.column.table) 里有一处个人信息被改动过或换过位置，打不开。请从备份恢复，并查明经过")
        }
        return text
    }

    public func index(_ value: String, _ kind: PersonalKind, in column: FieldColumn) throws -> String {
        try PersonalVault.index(value, kind, column, ring.current)
    }

    public func indexes(_ value: String, _ kind: PersonalKind, in column: FieldColumn) throws -> [String] {
        try ring.keys.map { try PersonalVault.index(value, kind, column, $0) }
    }

    public func code(_ text: String, keyID: String) -> String? {
        guard let key = key(keyID), let secret = try? key.derived("audit") else { return nil }
        return key.suite.code(Array(text.utf8), key: secret).map(Hex.text)
    }

    /// A key this process does not know yet may have been added by `junheng keys rotate`.
    private func key(_ id: String) -> FieldKey? {
        if let key = ring.key(id) { return key }
        guard let reread, let fresh = try? reread(), let key = fresh.key(id) else { return nil }
        held.withLock { $0 = fresh }
        return key
    }

    private static func index(_ value: String, _ kind: PersonalKind, _ column: FieldColumn, _ key: FieldKey) throws -> String {
        let secret = try key.derived("index", column)
        guard let code = key.suite.code(Array(kind.normal(value).utf8), key: secret) else { throw FieldKey.broken }
        return "\(SealedText.mark)\(key.id).\(Base64Text.text(code))"
    }

    /// What a value is bound to.
    private static func around(_ key: FieldKey, _ place: FieldPlace) -> [UInt8] {
        FieldKey.framed([SealedText.mark, key.id, key.suite.rawValue, place.column.table, place.column.column, place.row])
    }
}

/// Base64 with the letters safe in addresses, without padding (RFC 4648, section 5).
enum Base64Text {
    static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func bytes(_ text: String) -> [UInt8]? {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        return Data(base64Encoded: standard + padding).map { [UInt8]($0) }
    }
}
