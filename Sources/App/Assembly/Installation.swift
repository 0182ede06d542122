public import Casework
public import CollectOnce
public import Exchanges
public import Foundation
internal import Imports
public import Indicators
internal import Jobs
public import PathToStandard
public import Registry
public import Staffing
public import Storage
public import Vault
internal import Vocabulary
internal import Workbooks

/// A data folder with everything one installation keeps: the database, the handed-in files, a bureau's boundaries.
/// With a database elsewhere the handed-in files are kept in it too, and the folder is this server's own.
public struct Installation: Sendable {
    public let folder: URL
    public let catalogue: IndicatorCatalogue
    /// SHA-256 over the catalogue's files.
    public let catalogueDigest: String
    /// What kinds of cases there are, with posts and calendar.
    public let cases: CaseDefinitions
    /// The words by which questions of new forms are known to ask what is held.
    public let fieldWords: FieldWords
    /// Seals private answers of cases.
    var caseCipher: any PrivateFields { SealedAnswers(fields: vault) }
    public let storage: Storage
    /// What things cost when paths to the standard are planned; nil where the catalogue has no list.
    public var costs: CostList?
    /// Rules of teachers' exchange and of establishment; without them nothing of the kind is planned.
    public var rotation: RotationRules?
    public var staffing: StaffingRules?
    public let files: any ReturnFiles
    /// What is kept of people, and the keys it is sealed with.
    public let inventory: PersonalInventory
    public let vault: PersonalVault
    /// Held as long as the installation is open.
    private let lock: FolderLock?

    /// Opens the folder, made where it is missing, and brings the database up to date. Without `database` it is a file in the folder.
    /// What a dead program left half done is taken up again or marked as interrupted: at once where no other program can be at work,
    /// else by `keepWatch` and the workers. Throws `SQLFault` when the database cannot be opened.
    /// Throws `SealRefusal` when the keys of the personal data are missing or open to others.
    public init(
        _ folder: URL, database: DatabaseAddress? = nil, catalogue: IndicatorCatalogue, catalogueDigest: String,
        keys: PersonalKeys, inventory: PersonalInventory? = nil,
        cases: CaseDefinitions = .none, fieldWords: FieldWords? = nil
    ) async throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw FolderRefusal(description: "\(folder.path): 建不了这个数据文件夹，请核对路径和写入权限，或用 --data 另选一个")
        }
        self.folder = folder
        self.catalogue = catalogue
        self.catalogueDigest = catalogueDigest
        self.cases = cases
        self.fieldWords = try fieldWords ?? CatalogueFolder().fieldWords()
        let address = database ?? .sqlite(folder.appendingPathComponent("junheng.sqlite").path)
        let driver = try address.open()
        let declared = try inventory ?? CatalogueFolder().inventory()
        self.inventory = declared
        (storage, vault) = try await keys.storage(
            try await Storage(driver), folder, { try await Storage(driver, fields: $0) }, inventory: declared, now: Date())
        files = Installation.files(folder, address, storage)
        if case .sqlite = address { lock = FolderLock(folder) } else { lock = nil }
        if lock == nil {
            try await storage.servers.beat(at: Date())
        } else {
            _ = try await storage.jobs.takeAllBack(at: Date())
            try await storage.servers.takeOver(at: Date())
        }
    }

    static func files(_ folder: URL, _ address: DatabaseAddress, _ storage: Storage) -> any ReturnFiles {
        let vault = FileVault(folder: folder.appendingPathComponent("files"))
        if case .postgres = address { return storage.files(cache: vault) }
        return vault
    }

    /// Tells the other servers that this one lives and ends what dead ones left, until cancelled; then signs off.
    /// A server that stood still through `ServerWatch.patience` rounds of `every` is dead.
    public func keepWatch(every: Duration = .seconds(5)) async {
        while !Task.isCancelled {
            // A database that is away comes back; nothing is lost by missing rounds.
            _ = try? await storage.servers.beat(at: Date())
            try? await Task.sleep(for: every)
        }
        // A task of its own: a cancelled one may not write any more.
        let servers = storage.servers
        await Task { try? await servers.leave(at: Date()) }.value
    }

    /// Whether somebody can log in.
    public func hasAccounts() async throws -> Bool { try await storage.accounts.hasAccounts() }

    /// What was done here, chained under the installation's keys; the oldest events by SHA-256 alone.
    public var audit: any AuditLog { storage.audit(hash: { Sha256.hex($0) }, keys: vault) }

    /// Details of people and their rights.
    public var personal: any PersonalStore { storage.personal(inventory) }

    /// The audit of a folder beside a running server: nothing else of the installation is opened or tidied.
    public static func audit(
        in folder: URL, database: DatabaseAddress? = nil, keys: PersonalKeys = .ofEnvironment()
    ) async throws -> any AuditLog {
        let address = database ?? .sqlite(folder.appendingPathComponent("junheng.sqlite").path)
        return try await Storage(address.open()).audit(hash: { Sha256.hex($0) }, keys: try keys.found(folder))
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

/// A data folder that cannot be used, with what to do.
public struct FolderRefusal: Error, CustomStringConvertible {
    public var description: String
}
