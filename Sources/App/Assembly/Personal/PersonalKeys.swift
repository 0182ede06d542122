public import Foundation
internal import Registry
internal import Storage
public import Vault

/// Where an installation's keys for personal data come from: the environment, else a file beside the data.
public struct PersonalKeys: Sendable {
    /// The keys themselves, from `JUNHENG_PERSONAL_DATA_KEYS`.
    var text: String?
    /// Another place of the file.
    var file: URL?
    /// What the next key is made for.
    public var suite: FieldSuite

    public init(text: String? = nil, file: URL? = nil, suite: FieldSuite = .xchacha) {
        self.text = text
        self.file = file
        self.suite = suite
    }

    public init(_ settings: Settings) {
        self.init(
            text: settings.text("personal-data.keys"), file: settings.text("personal-data.key-file").map { URL(fileURLWithPath: $0) },
            suite: FieldSuite(rawValue: settings["personal-data.suite"]) ?? .xchacha)
    }

    /// What the environment alone says, for commands that read no settings.
    public static func ofEnvironment(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> PersonalKeys {
        PersonalKeys(
            text: environment["JUNHENG_PERSONAL_DATA_KEYS"].flatMap { $0.isEmpty ? nil : $0 },
            file: environment["JUNHENG_PERSONAL_DATA_KEY_FILE"].flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) },
            suite: environment["JUNHENG_PERSONAL_DATA_SUITE"].flatMap { FieldSuite(rawValue: $0) } ?? .xchacha)
    }

    public var isInEnvironment: Bool { text != nil }

    public func keyFile(_ folder: URL) -> FieldKeyFile { FieldKeyFile(file ?? folder.appendingPathComponent(FieldKeyFile.name)) }

    /// The keys there are; nil where none were made yet. Throws `SealRefusal` for keys that cannot be used.
    public func found(_ folder: URL) throws -> PersonalVault? {
        if let text { return PersonalVault(try FieldKeyRing(text: text, source: "JUNHENG_PERSONAL_DATA_KEYS")) }
        let file = keyFile(folder)
        guard file.isThere else { return nil }
        return PersonalVault(try file.read()) { try file.read() }
    }

    /// The keys, made where nothing was ever written with any. Throws `SealRefusal` when a database was written with keys that are
    /// not here: a new key would leave its values closed for ever.
    func open(_ folder: URL, _ storage: Storage, now: Date) async throws -> PersonalVault {
        if let found = try found(folder) { return found }
        let file = keyFile(folder)
        let known = try await storage.knownKeys()
        guard known.isEmpty else {
            throw SealRefusal(
                "这个数据库用个人信息密钥 \(known.joined(separator: "、")) 写成，这里却没有密钥文件 \(file.url.path)。请从备份或另一台服务器取来，权限设为600，再启动")
        }
        _ = try file.make(try FieldKeyRing([FieldKey(suite, madeOn: PersonalKeys.day(now))]))
        return PersonalVault(try file.read()) { try file.read() }
    }

    /// A storage with the keys: values standing in plain are sealed, an interrupted change of keys is finished.
    func storage(
        _ plain: Storage, _ folder: URL, _ open: (any PersonalFields) async throws -> Storage, inventory: PersonalInventory, now: Date
    ) async throws -> (Storage, PersonalVault) {
        let vault = try await self.open(folder, plain, now: now)
        let storage = try await open(vault)
        let current = vault.ring.current
        try await storage.registerKeys(suite: current.suite.rawValue, madeOn: current.madeOn)
        try await storage.sealedRows(inventory).bringUp()
        return (storage, vault)
    }

    public static func day(_ now: Date) -> String {
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: now)
        return String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 1, parts.day ?? 1)
    }
}
