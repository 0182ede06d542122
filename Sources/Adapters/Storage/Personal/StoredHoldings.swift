internal import Foundation
internal import Registry
internal import Vocabulary

/// Everything held of a person, found and destroyed as the inventory declares it.
extension StoredPersonal {
    func holdings(of person: PersonID) async throws -> [Holding] {
        let (fields, asked) = (fields, try StoredPersonal.asked(inventory))
        return try await driver.read { connection in
            try asked.compactMap { register, table in
                guard let owner = register.person else { return nil }
                let names = table.columns.map(\.name)
                let rows = try connection.rows(
                    "SELECT \(names.joined(separator: ", ")) FROM \(table.name) WHERE \(owner) = $1 ORDER BY 1", [.text(person)]
                ) { try table.values($0) }
                let shown = register.personal.map(\.name) + register.other
                let key = names.firstIndex(of: register.row)
                return Holding(
                    register: register.id, columns: shown,
                    rows: try rows.map { row in
                        let id = key.map { row[$0].words ?? "" } ?? ""
                        return try shown.map { name in
                            guard let place = names.firstIndex(of: name) else { return nil }
                            guard let column = register.personal.first(where: { $0.name == name }) else { return row[place].words }
                            // What proves who one is stays what it is: a proof, not a fact about the person.
                            if column.kind == .secret { return row[place].words.map { _ in "（不导出）" } }
                            guard column.isSealed, let text = row[place].words else { return row[place].words }
                            return try fields.open(text, at: FieldColumn(table.name, name).row(id))
                        }
                    })
            }
        }
    }

    /// The personal tables of the inventory with their columns in the schema: nothing but our own names gets into the SQL.
    private static func asked(_ inventory: PersonalInventory) throws -> [(PersonalRegister, SchemaTable)] {
        let schema = try SchemaTable.all()
        return inventory.personal.compactMap { register in schema.first { $0.name == register.id }.map { (register, $0) } }
    }

    // MARK: Erasure

    func erase(_ person: PersonID, today: Day) async throws {
        let nameless: String = try fields.seal(AccountRefusal.erasedName, at: StoredAccounts.name.row(person))
        let asked = try StoredPersonal.asked(inventory)
        try await driver.write { connection in
            _ = try AccountTable.existing(person, connection)
            if let hold = try StoredPersonal.hold(on: person, connection) {
                throw AccountRefusal("这个人的信息正在保全（\(hold.reason)），不能删除。解除保全后再办")
            }
            let had = AccountRules.hasManager(try AccountTable.find("1 = 1", [], connection), today: today)
            // A later table refers to an earlier one, so the last go first.
            for (register, _) in asked.reversed() {
                guard let owner = register.person else { continue }
                switch register.erasure {
                case .delete: try connection.execute("DELETE FROM \(register.id) WHERE \(owner) = $1", [.text(person)])
                case .clear:
                    let columns = register.personal.flatMap { [$0.name, $0.index].compactMap { $0 } }.map { "\($0) = NULL" }
                    try connection.execute(
                        "UPDATE \(register.id) SET \(columns.joined(separator: ", ")) WHERE \(owner) = $1", [.text(person)])
                case .pseudonym, .keep: break
                }
            }
            try connection.execute("DELETE FROM account_grant WHERE account_id = $1", [.text(person)])
            try connection.execute(
                """
                UPDATE account SET login = $2, name = $3, password_hash = 'erased', code_secret = NULL, code_pending = NULL,
                    is_disabled = 1, version = version + 1 WHERE id = $1
                """, [.text(person), .text("erased-\(person)"), .text(nameless)])
            let has = AccountRules.hasManager(try AccountTable.find("1 = 1", [], connection), today: today)
            if had, !has { throw AccountRefusal.lastManager }
        }
    }
}

extension SQLValue {
    /// As people read it; nil for nothing.
    var words: String? {
        switch self {
        case .null: nil
        case .integer(let number): String(number)
        case .real(let number): String(number)
        case .text(let text): text
        case .bytes(let bytes): "（\(bytes.count)字节）"
        }
    }
}
