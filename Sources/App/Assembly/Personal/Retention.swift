public import Foundation
internal import Indicators
public import Registry
public import Storage
internal import Vault
internal import Vocabulary

/// Keeps what is kept of people no longer than the inventory says, and writes down what went.
public struct Retention: Sendable {
    let storage: Storage
    let audit: any AuditLog
    public let inventory: PersonalInventory

    public init(_ installation: Installation) {
        self.init(installation.storage, installation.audit, installation.inventory)
    }

    /// On a database beside a running server.
    public init(_ folder: URL, database: DatabaseAddress?, keys: PersonalKeys, inventory: PersonalInventory) async throws {
        let address = database ?? .sqlite(folder.appendingPathComponent("junheng.sqlite").path)
        if case .sqlite(let path) = address, !FileManager.default.fileExists(atPath: path) {
            throw SealRefusal("\(folder.path): 这里没有数据库 junheng.sqlite。请用 --data 指明数据文件夹")
        }
        let storage = try await Storage(address.open())
        self.init(storage, storage.audit(hash: { Sha256.hex($0) }, keys: try keys.found(folder)), inventory)
    }

    init(_ storage: Storage, _ audit: any AuditLog, _ inventory: PersonalInventory) {
        self.storage = storage
        self.audit = audit
        self.inventory = inventory
    }

    public func due(_ now: Date) async throws -> [StoredRetention.Due] { try await storage.retention(inventory).due(now) }

    /// Answers what was deleted or cleared. Says so in the audit where there was anything.
    @discardableResult
    public func apply(_ now: Date, by name: String) async throws -> [StoredRetention.Due] {
        let done = try await storage.retention(inventory).apply(now).filter { $0.count > 0 }
        guard !done.isEmpty else { return [] }
        let words = done.map { "\(inventory[$0.register]?.label.zh ?? $0.register)\($0.count)条" }.joined(separator: "、")
        try await audit.append(
            AuditEntry(at: now, person: "retention", name: name, action: "清理到期信息", object: words, outcome: .done, address: ""))
        return done
    }

    /// Once at the start and then every so often, until cancelled.
    public func keep(every: Duration, log: @Sendable (String) -> Void = { _ in }) async {
        while !Task.isCancelled {
            do { try await apply(Date(), by: "服务器") } catch { log("\(error)") }
            try? await Task.sleep(for: every)
        }
    }
}
