import Definitions
import Foundation
import Indicators
import Storage
import Testing
import Vault
import Vocabulary

/// A desk with a database of its own, at which two counties hand in small returns.
final class Desk: Sendable {
    static let year = SchoolYear(2025)
    static let form = SmallForm.schools
    let engine: Engine
    let folder: URL
    let storage: Storage
    let vault: PersonalVault

    init(_ engine: Engine) async throws {
        self.engine = engine
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("storage-\(RandomID.make())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try await engine.prepare(folder)
        vault = PersonalVault(try FieldKeyRing([FieldKey(.xchacha, madeOn: "2026-09-01")]))
        storage = try await Storage(engine.open(folder), fields: vault)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The same database opened a second time, as another process would.
    func reopened() async throws -> Storage { try await Storage(engine.open(folder), fields: vault) }

    static func signed(_ name: String, minute: Int = 0) -> Signature {
        Signature(by: "u-\(name)", name: name, at: Date(timeIntervalSince1970: 1_757_000_000 + Double(minute) * 60))
    }

    static func row(_ number: Int, _ code: String, _ county: String, pupils: Fact = .known(812), area: Fact = .known(4100.5)) -> ReturnRow {
        ReturnRow(
            number: number, attributes: ["code": code, "name": "\(code)小学", "county": county],
            facts: [FactKey("pupils", .primary): pupils, FactKey("area"): area])
    }

    static let columns = ["code": 1, "name": 2, "county": 3, "pupils.primary": 4, "area": 5]

    /// Reads rows in to the preview.
    @discardableResult
    func preview(_ id: String, _ rows: [ReturnRow], county: String? = nil, refused: Int = 0) async throws -> ImportRecord {
        let start = ImportStart(
            id: id, form: Desk.form.id, key: Desk.form.key, schoolYear: Desk.year, county: county, file: KeptFile(name: "\(id).xlsx"),
            uploader: Desk.signed("李科员"))
        _ = try await storage.imports.begin(start)
        let origin = ReturnOrigin(importID: id, file: "\(id).xlsx", sheet: "学校数据", columns: Desk.columns)
        try await storage.imports.append(rows, from: origin, to: id, done: rows.count, total: rows.count, at: start.uploader.at)
        return try await storage.imports.finish(
            id, rowsRead: rows.count + refused, refused: refused, schoolYear: nil, at: start.uploader.at)
    }

    /// Reads rows in and applies them.
    @discardableResult
    func hand(_ id: String, _ rows: [ReturnRow], county: String? = nil, choice: ImportChoice = ImportChoice()) async throws -> ImportRecord
    {
        let record = try await preview(id, rows, county: county)
        return try await storage.imports.apply(id, choice, seen: record.version, by: Desk.signed("李科员"))
    }

    func table(county: String? = nil) async throws -> ReturnTable {
        try await storage.returns.table(Desk.form, Desk.year, county: county)
    }

    /// Pupils by code, as the current data have them.
    func pupils() async throws -> [String: Fact] {
        let table = try await table()
        return Dictionary(
            uniqueKeysWithValues: (0..<table.count).map { (table.attribute("code", $0), table.fact(FactKey("pupils", .primary), $0)) })
    }

    /// A county's report frozen.
    func frozen(_ id: String, county: String) async throws -> Snapshot {
        let store = storage.snapshots
        var snapshot = try await store.open(id, county: county, Desk.year, forms: [Desk.form.id], reason: "更正", by: Desk.signed("李科员"))
        snapshot = try await store.take(.submit, on: id, seen: snapshot.version, reason: "", by: Desk.signed("李科员", minute: 1))
        snapshot = try await store.take(.approve, on: id, seen: snapshot.version, reason: "", by: Desk.signed("王科长", minute: 2))
        return try await store.freeze(
            id, seen: snapshot.version, catalogue: "c0ffee", by: Desk.signed("王科长", minute: 3), hash: { Sha256.hex($0) })
    }
}

enum SmallForm {
    static let schools: ReturnForm = {
        let log = DiagnosticLog()
        let catalogue = IndicatorCatalogue(DefinitionSet([DefinitionFile(path: "small.yaml", text: text)], log), log)
        return catalogue.forms["schools"] ?? catalogue.forms.values.first.unsafelyUnwrapped
    }()

    private static let text = """
        element: pupils
        label: 在校生数
        unit: 人
        scope: stage
        ---
        element: area
        label: 用房面积
        unit: ㎡
        scope: shared
        ---
        element: gym
        label: 室内体育用房
        unit: ㎡
        scope: shared
        ---
        form: schools
        label: 学校表
        sheet: 学校数据
        version: "1"
        key: code
        columns:
          - { header: 标识码, attribute: code, required: true }
          - { header: 名称, attribute: name }
          - { header: 县, attribute: county }
          - { header: 小学在校生数, element: pupils, stage: primary }
          - { header: 用房, element: area }
          - { header: 体育用房, element: gym }
        """
}

/// The refusal an action ends in.
func refusal(_ action: () async throws -> Void) async -> StoreRefusal? {
    do {
        try await action()
        return nil
    } catch {
        return error as? StoreRefusal
    }
}
