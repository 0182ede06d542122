public import Indicators

/// Moves an installation's data from one database into another, empty one: one consistent state of the old, one transaction of the new.
/// A move that fails or is killed leaves nothing in the new database, so it is simply begun again.
public struct StoreMove: Sendable {
    private static let batch = 1_000

    let source: any SQLDriver
    let target: any SQLDriver
    let hash: DigestFunction

    public init(from source: any SQLDriver, to target: any SQLDriver, hash: @escaping DigestFunction) {
        self.source = source
        self.target = target
        self.hash = hash
    }

    /// Moves every table and reads it back: the new database keeps the rows only when counts and digests agree.
    /// Throws `StoreRefusal` when the new database holds data or the old one's schema is not of this version.
    public func run() async throws -> [TableDigest] {
        guard try await Migrations.isCurrent(source) else {
            throw StoreRefusal(.state, "旧库的结构不是这个版本的。请先用这个版本的程序打开一次（junheng serve），再搬")
        }
        try await Migrations.run(on: target)
        let (tables, pipe) = (try SchemaTable.moved(), RowPipe())
        async let read: Void = give(tables, pipe)
        async let written = take(tables, pipe)
        // Whoever fails first stops the other; its error is the one to tell.
        let digests = try await written
        try await read
        return digests
    }

    private func give(_ tables: [SchemaTable], _ pipe: RowPipe) async throws {
        let hash = hash
        do {
            try await source.read { connection in
                var digests: [TableDigest] = []
                for (place, table) in tables.enumerated() {
                    digests.append(try StoreMove.give(table, place, pipe, hash, connection))
                }
                try pipe.put(.end(digests))
            }
        } catch {
            pipe.fail(error)
            throw error
        }
    }

    private static func give(
        _ table: SchemaTable, _ place: Int, _ pipe: RowPipe, _ hash: DigestFunction, _ connection: any SQLConnection
    ) throws -> TableDigest {
        var digest = TableDigest(table: table.name)
        var rows: [[SQLValue]] = []
        try connection.stream(table.selectAll, []) { row in
            let values = try table.values(row)
            digest.add(values, hash)
            rows.append(values)
            guard rows.count == batch else { return }
            try pipe.put(.rows(table: place, rows))
            rows.removeAll(keepingCapacity: true)
        }
        if !rows.isEmpty { try pipe.put(.rows(table: place, rows)) }
        return digest
    }

    private func take(_ tables: [SchemaTable], _ pipe: RowPipe) async throws -> [TableDigest] {
        let hash = hash
        do {
            return try await target.write { connection in
                try pipe.beginTaking()
                try StoreMove.clear(tables, connection)
                while true {
                    switch try pipe.take() {
                    case .rows(let place, let rows):
                        try connection.insert(into: tables[place].name, columns: tables[place].columns.map(\.name), rows: rows)
                    case .end(let digests):
                        try StoreMove.verify(tables, digests, hash, connection)
                        return digests
                    }
                }
            }
        } catch {
            pipe.fail(error)
            throw error
        }
    }

    /// Refuses a database that holds anything; takes out the row it began with.
    private static func clear(_ tables: [SchemaTable], _ connection: any SQLConnection) throws {
        let isUsed = try connection.integer("SELECT number FROM revision_counter") > 0
        for table in tables where !SchemaTable.seeded.contains(table.name) {
            guard try isUsed || connection.integer("SELECT COUNT(*) FROM \(table.name)") > 0 else { continue }
            throw StoreRefusal(.state, "新库里已经有数据（\(table.name)），没有搬。请另建一个空库")
        }
        for table in SchemaTable.seeded { try connection.execute("DELETE FROM \(table)", []) }
    }

    private static func verify(
        _ tables: [SchemaTable], _ digests: [TableDigest], _ hash: DigestFunction, _ connection: any SQLConnection
    ) throws {
        for (table, sent) in zip(tables, digests) {
            var stored = TableDigest(table: table.name)
            try connection.stream(table.selectAll, []) { stored.add(try table.values($0), hash) }
            guard stored == sent else {
                throw StoreRefusal(.damaged, "\(table.name) 搬过去后与原来不同（\(sent.rows)行，存下\(stored.rows)行），已全部撤回。请重试")
            }
        }
    }
}
