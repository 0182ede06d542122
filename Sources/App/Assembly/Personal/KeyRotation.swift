public import Foundation
internal import Indicators
public import Registry
public import Storage
public import Vault

/// Keys of a living installation: what there is, a new one, an old one taken away. Works beside a running server.
public struct KeyRotation: Sendable {
    public struct Outcome: Sendable {
        /// Nil where an interrupted change was finished.
        public var madeKey: String?
        public var current: String
        public var changed: Int
    }

    let folder: URL
    let keys: PersonalKeys
    let storage: Storage
    public let vault: PersonalVault
    let inventory: PersonalInventory

    /// Throws `SealRefusal` where there are no keys yet, `SQLFault` for a database that cannot be opened.
    public init(_ folder: URL, database: DatabaseAddress?, keys: PersonalKeys, inventory: PersonalInventory) async throws {
        self.folder = folder
        self.keys = keys
        self.inventory = inventory
        let address = database ?? .sqlite(folder.appendingPathComponent("junheng.sqlite").path)
        if case .sqlite(let path) = address, !FileManager.default.fileExists(atPath: path) {
            throw SealRefusal("\(folder.path): 这里没有数据库 junheng.sqlite。请用 --data 指明数据文件夹")
        }
        guard let vault = try keys.found(folder) else { throw SealRefusal("\(keys.keyFile(folder).url.path): 还没有密钥。先启动一次服务器，会自动建好") }
        self.vault = vault
        storage = try await Storage(address.open(), fields: vault)
    }

    public func usage() async throws -> [SealedRows.Usage] { try await storage.sealedRows(inventory).usage() }

    private var audit: any AuditLog { storage.audit(hash: { Sha256.hex($0) }, keys: vault) }

    /// Makes a new key and brings every value under it; where an earlier run was cut off, finishes that first and makes none.
    public func rotate(now: Date, progress: @Sendable (Int) -> Void) async throws -> Outcome {
        let rows = try storage.sealedRows(inventory)
        let before = vault.ring.current
        try await storage.registerKeys(suite: before.suite.rawValue, madeOn: before.madeOn)
        let isUnfinished = try await rows.usage().contains { $0.column.table != "audit_event" && $0.keyID != before.id }
        if isUnfinished {
            let changed = try await rows.bringUp(progress: progress)
            try await note("续完密钥更换", "\(before.id)，\(changed)处", now)
            return Outcome(madeKey: nil, current: before.id, changed: changed)
        }
        if keys.isInEnvironment {
            throw SealRefusal(
                "密钥写在环境变量里，程序改不了。请用 junheng keys new 生成一行，加在 JUNHENG_PERSONAL_DATA_KEYS 的最后，重新启动服务器，再运行一次 junheng keys rotate")
        }
        let file = keys.keyFile(folder)
        let ring = try file.read().adding(FieldKey(keys.suite, madeOn: PersonalKeys.day(now)))
        // The key is on the disk before the first value needs it.
        try file.replace(ring)
        let fresh = PersonalVault(ring) { try file.read() }
        let renewed = try await KeyRotation(self, fresh)
        try await renewed.storage.registerKeys(suite: ring.current.suite.rawValue, madeOn: ring.current.madeOn)
        try await renewed.note("更换个人信息密钥", "\(before.id) → \(ring.current.id)", now)
        let changed = try await renewed.storage.sealedRows(inventory).bringUp(progress: progress)
        return Outcome(madeKey: ring.current.id, current: ring.current.id, changed: changed)
    }

    private init(_ other: KeyRotation, _ vault: PersonalVault) async throws {
        (folder, keys, inventory) = (other.folder, other.keys, other.inventory)
        self.vault = vault
        storage = try await other.storage.with(vault)
    }

    /// Takes a key away that nothing needs any more. Throws `SealRefusal` while something does, and for the current one.
    public func forget(_ id: String, now: Date) async throws {
        guard vault.ring.key(id) != nil else { throw SealRefusal("没有密钥 \(id)。用 junheng keys show 查看") }
        guard id != vault.keyID else { throw SealRefusal("\(id) 是现用的密钥，不能去掉。请先运行 junheng keys rotate") }
        let used = try await usage().filter { $0.keyID == id }
        if let first = used.first {
            let total = used.reduce(0) { $0 + $1.count }
            throw SealRefusal("还有\(total)处要用密钥 \(id)（如 \(first.column.table).\(first.column.column)），不能去掉。审计记录要用它校验，须一直留着")
        }
        if keys.isInEnvironment { throw SealRefusal("密钥写在环境变量里，程序改不了。请从 JUNHENG_PERSONAL_DATA_KEYS 里删去 \(id) 那一行") }
        try await note("去掉个人信息密钥", id, now)
        try await storage.forgetKey(id)
        try keys.keyFile(folder).replace(try vault.ring.removing(id))
    }

    private func note(_ action: String, _ object: String, _ now: Date) async throws {
        try await audit.append(
            AuditEntry(at: now, person: "command", name: "命令行", action: action, object: object, outcome: .done, address: ""))
    }
}
