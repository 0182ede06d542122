public import Registry

/// The sealed columns of an inventory: seals plain values, brings old keys' values under the current one, counts who uses which.
///
/// Every step is a transaction of a few hundred rows that changes only what still has to be changed, so a run that dies is
/// simply begun again.
public struct SealedRows: Sendable {
    /// How many values of a column a key sealed.
    public struct Usage: Hashable, Sendable {
        public var column: FieldColumn
        /// Nil for plain values.
        public var keyID: String?
        public var count: Int
    }

    private struct Target: Sendable {
        var table: String
        var row: String
        var column: PersonalColumn
        var place: FieldColumn { FieldColumn(table, column.name) }
    }

    static let batch = 200

    let driver: any SQLDriver
    let fields: any PersonalFields
    private let targets: [Target]

    init(driver: any SQLDriver, fields: any PersonalFields, inventory: PersonalInventory) throws {
        self.driver = driver
        self.fields = fields
        let schema = try SchemaTable.all()
        // Only names the schema has too get into SQL.
        targets = inventory.personal.flatMap { register in
            register.personal.filter(\.isSealed).compactMap { column in
                let names = Set(schema.first { $0.name == register.id }?.columns.map(\.name) ?? [])
                let asked = [column.name, register.row] + (column.index.map { [$0] } ?? [])
                return names.isSuperset(of: asked) ? Target(table: register.id, row: register.row, column: column) : nil
            }
        }
    }

    /// Seals values that stand in plain, and brings values and indexes under the current key. Answers how many it changed.
    /// `progress` hears the number so far after every step.
    @discardableResult
    public func bringUp(progress: @Sendable (Int) -> Void = { _ in }) async throws -> Int {
        var total = 0
        for target in targets {
            while true {
                let changed = try await step(target)
                if changed == 0 { break }
                total += changed
                progress(total)
            }
        }
        return total
    }

    private func step(_ target: Target) async throws -> Int {
        let (fields, current) = (fields, fields.keyID)
        let (name, index) = (target.column.name, target.column.index)
        // A value of another shape, of another key, or whose index is another key's.
        let stale =
            "\(name) IS NOT NULL AND \(name) <> '' AND (\(name) NOT LIKE $1\(index.map { " OR \($0) IS NULL OR \($0) NOT LIKE $1" } ?? ""))"
        return try await driver.write { connection in
            let rows = try connection.rows(
                "SELECT \(target.row), \(name) FROM \(target.table) WHERE \(stale) ORDER BY \(target.row) LIMIT \(SealedRows.batch)",
                [.text("\(SealedText.mark)\(current).%")]
            ) { (try $0.text(0), try $0.text(1)) }
            for (id, text) in rows {
                let place = target.place.row(id)
                let value: String = SealedText.isSealed(text) ? try fields.open(text, at: place) : text
                let sealed: String = try fields.seal(value, at: place)
                var values: [SQLValue] = [.text(id), .text(sealed)]
                if index != nil { values.append(.text(try fields.index(value, target.column.kind, in: target.place))) }
                try connection.execute(
                    "UPDATE \(target.table) SET \(name) = $2\(index.map { ", \($0) = $3" } ?? "") WHERE \(target.row) = $1", values)
            }
            return rows.count
        }
    }

    /// Who uses which key, column by column, the audit with them.
    public func usage() async throws -> [Usage] {
        let targets = targets
        return try await driver.read { connection in
            var usage: [Usage] = []
            for target in targets {
                var counts: [String?: Int] = [:]
                try connection.stream(
                    "SELECT \(target.column.name) FROM \(target.table) WHERE \(target.column.name) IS NOT NULL AND \(target.column.name) <> ''",
                    []
                ) { counts[SealedText.keyID(of: try $0.text(0)), default: 0] += 1 }
                usage += counts.map { Usage(column: target.place, keyID: $0.key, count: $0.value) }
            }
            usage += try connection.rows("SELECT key_id, COUNT(*) FROM audit_event WHERE key_id IS NOT NULL GROUP BY key_id") {
                Usage(column: FieldColumn("audit_event", "digest"), keyID: try $0.text(0), count: try $0.integer(1))
            }
            return usage.sorted {
                ($0.column.table, $0.column.column, $0.keyID ?? "") < ($1.column.table, $1.column.column, $1.keyID ?? "")
            }
        }
    }
}

extension Storage {
    public func sealedRows(_ inventory: PersonalInventory) throws -> SealedRows {
        try SealedRows(driver: driver, fields: fields, inventory: inventory)
    }

    /// The same database with other keys.
    public func with(_ fields: any PersonalFields) async throws -> Storage { try await Storage(driver, fields: fields) }

    private static let proof = FieldColumn("field_key", "proof")

    /// The keys this database was written with.
    public func knownKeys() async throws -> [String] {
        try await driver.read { try $0.rows("SELECT id FROM field_key ORDER BY id") { try $0.text(0) } }
    }

    /// Writes down the current key where the database does not know it yet, and proves every one it knows.
    /// Throws `SealRefusal` when a key is missing or is another one of the same name.
    public func registerKeys(suite: String, madeOn: String) async throws {
        let (fields, id) = (fields, fields.keyID)
        let proof: String = try fields.seal("junheng", at: Storage.proof.row(id))
        try await driver.write { connection in
            let known = try connection.rows("SELECT id, proof FROM field_key ORDER BY id") { (try $0.text(0), try $0.text(1)) }
            for (known, proof) in known {
                guard fields.keyIDs.contains(known) else {
                    throw SealRefusal("这个数据库用过个人信息密钥 \(known)，这里没有。请把它放回密钥文件，或从另一台服务器、备份里取来")
                }
                let _: String = try fields.open(proof, at: Storage.proof.row(known))
            }
            guard !known.contains(where: { $0.0 == id }) else { return }
            try connection.execute(
                "INSERT INTO field_key (id, suite, made_on, proof) VALUES ($1, $2, $3, $4)",
                [.text(id), .text(suite), .text(madeOn), .text(proof)])
        }
    }

    public func forgetKey(_ id: String) async throws {
        _ = try await driver.write { try $0.execute("DELETE FROM field_key WHERE id = $1", [.text(id)]) }
    }
}
