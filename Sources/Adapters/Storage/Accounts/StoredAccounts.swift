internal import Foundation
internal import Registry
internal import Vocabulary

/// Accounts in the database; what each question promises stands at the port.
struct StoredAccounts: AccountStore {
    let driver: any SQLDriver
    /// Names and secrets of code generators are sealed.
    let fields: any PersonalFields

    func hasAccounts() async throws -> Bool { try await driver.read { try $0.integer("SELECT COUNT(*) FROM account") > 0 } }

    func accounts() async throws -> [Account] {
        let found = try await driver.read { try AccountTable.find("1 = 1", [], $0) }
        return try found.map(opened).sorted { ($0.person.name, $0.login) < ($1.person.name, $1.login) }
    }

    /// Names lie sealed, so the text is looked for among the opened ones; the other conditions are the database's.
    func accounts(_ search: AccountSearch) async throws -> AccountList {
        let sql = AccountSearchSQL(search)
        let found = try await driver.read { try AccountTable.find(sql.condition, sql.values, $0) }
        let text = search.text.lowercased()
        let fitting = try found.map(opened).filter {
            text.isEmpty || $0.person.name.lowercased().contains(text) || $0.login.contains(text)
        }.sorted { ($0.person.name, $0.login) < ($1.person.name, $1.login) }
        return AccountList(accounts: Array(fitting.dropFirst(search.from).prefix(search.limit)), count: fitting.count)
    }

    func account(_ id: PersonID) async throws -> Account? {
        try await driver.read { try AccountTable.find("a.id = $1", [.text(id)], $0).first }.map(opened)
    }

    func account(login: String) async throws -> Account? {
        try await driver.read { try AccountTable.find("a.login = $1", [.text(Account.normal(login))], $0).first }.map(opened)
    }

    func people() async throws -> [Person] { try await accounts().map(\.person) }
    func person(_ id: PersonID) async throws -> Person? { try await account(id)?.person }

    func credentials(of id: PersonID) async throws -> Credentials? {
        let fields = fields
        return try await driver.read { connection in
            let former = try connection.rows(
                "SELECT password_hash FROM former_password WHERE account_id = $1 ORDER BY number DESC", [.text(id)]
            ) { try $0.text(0) }
            let codes = try connection.integer("SELECT COUNT(*) FROM account_recovery_code WHERE account_id = $1", [.text(id)])
            return try connection.first(
                "SELECT password_hash, code_secret, code_step, code_pending FROM account WHERE id = $1", [.text(id)]
            ) {
                Credentials(
                    passwordHash: try $0.text(0), formerHashes: former,
                    timeCodeSecret: try fields.open($0.optionalText(1), at: StoredAccounts.secret.row(id)),
                    pendingSecret: try fields.open($0.optionalText(3), at: StoredAccounts.pending.row(id)),
                    timeCodeStep: try $0.integer(2), recoveryCodes: codes)
            }
        }
    }

    func add(_ account: Account, passwordHash: String, asFirst: Bool) async throws {
        let name: String = try fields.seal(account.person.name, at: StoredAccounts.name.row(account.id))
        try await driver.write { connection in
            if asFirst, try connection.integer("SELECT COUNT(*) FROM account") > 0 { throw AccountRefusal.notFirst }
            guard try connection.integer("SELECT COUNT(*) FROM account WHERE login = $1", [.text(account.login)]) == 0 else {
                throw AccountRefusal.loginTaken
            }
            try connection.execute(
                """
                INSERT INTO account (id, login, name, password_hash, password_at, must_change, is_disabled, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                [
                    .text(account.id), .text(account.login), .text(name), .text(passwordHash), .time(account.passwordAt),
                    .integer(account.mustChangePassword ? 1 : 0), .integer(account.isDisabled ? 1 : 0), .time(account.createdAt),
                ])
            try AccountTable.write(account.person.grants, of: account.id, connection)
        }
    }

    func setPassword(of id: PersonID, hash: String, mustChange: Bool, keeping: Int, at: Date) async throws {
        try await driver.write { connection in
            _ = try AccountTable.existing(id, connection)
            let number = try connection.integer("SELECT MAX(number) FROM former_password WHERE account_id = $1", [.text(id)]) + 1
            try connection.execute(
                """
                INSERT INTO former_password (account_id, number, password_hash)
                SELECT id, $2, password_hash FROM account WHERE id = $1
                """, [.text(id), .integer(number)])
            try connection.execute(
                "DELETE FROM former_password WHERE account_id = $1 AND number <= $2", [.text(id), .integer(number - keeping)])
            try connection.execute(
                "UPDATE account SET password_hash = $2, password_at = $3, must_change = $4 WHERE id = $1",
                [.text(id), .text(hash), .time(at), .integer(mustChange ? 1 : 0)])
        }
    }

    func setDisabled(_ id: PersonID, _ isDisabled: Bool, seen: Int?, today: Day) async throws {
        try await change(id, seen, today) {
            try $0.execute("UPDATE account SET is_disabled = $2 WHERE id = $1", [.text(id), .integer(isDisabled ? 1 : 0)])
        }
    }

    func setGrants(of id: PersonID, _ grants: [Grant], seen: Int?, today: Day) async throws {
        try await change(id, seen, today) { try AccountTable.write(grants, of: id, $0) }
    }

    func setName(of id: PersonID, _ name: String, seen: Int?, today: Day) async throws {
        let sealed: String = try fields.seal(name, at: StoredAccounts.name.row(id))
        try await change(id, seen, today) {
            try $0.execute("UPDATE account SET name = $2 WHERE id = $1", [.text(id), .text(sealed)])
        }
    }

    static let name = FieldColumn("account", "name")
    static let secret = FieldColumn("account", "code_secret")
    static let pending = FieldColumn("account", "code_pending")

    /// An account as it was given: in the table its name is sealed.
    @Sendable private func opened(_ account: Account) throws -> Account {
        var account = account
        account.person.name = try fields.open(account.person.name, at: StoredAccounts.name.row(account.id))
        return account
    }

    /// A change of what was seen, that must leave somebody to manage accounts; undone where it would not.
    private func change(
        _ id: PersonID, _ seen: Int?, _ today: Day, _ work: @escaping @Sendable (any SQLConnection) throws -> Void
    ) async throws {
        try await driver.write { connection in
            let account = try AccountTable.existing(id, connection)
            // The version goes up first: of two who saw the same one the second waits here and then finds it gone.
            let raised = try connection.execute(
                "UPDATE account SET version = version + 1 WHERE id = $1 AND version = $2",
                [.text(id), .integer(seen ?? account.version)])
            guard raised == 1 else { throw AccountRefusal.changed }
            let had = AccountRules.hasManager(try AccountTable.find(StoredAccounts.managers, [], connection), today: today)
            try work(connection)
            let has = AccountRules.hasManager(try AccountTable.find(StoredAccounts.managers, [], connection), today: today)
            if had, !has { throw AccountRefusal.lastManager }
        }
    }

    /// Accounts that may manage others; the rule itself stands in Registry.
    private static let managers: String = {
        let roles = Role.allCases.filter { $0.duties.contains(.manageAccounts) }.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return "EXISTS (SELECT 1 FROM account_grant g WHERE g.account_id = a.id AND g.role IN (\(roles)))"
    }()
}
