internal import Foundation
internal import Registry
internal import Vocabulary

/// Accounts in the database; what each question promises stands at the port.
struct StoredAccounts: AccountStore {
    let driver: any SQLDriver

    func hasAccounts() async throws -> Bool { try await driver.read { try $0.integer("SELECT COUNT(*) FROM account") > 0 } }

    func accounts() async throws -> [Account] { try await driver.read { try AccountTable.find("1 = 1", [], $0) } }

    func account(_ id: PersonID) async throws -> Account? {
        try await driver.read { try AccountTable.find("id = $1", [.text(id)], $0).first }
    }

    func account(login: String) async throws -> Account? {
        try await driver.read { try AccountTable.find("login = $1", [.text(Account.normal(login))], $0).first }
    }

    func people() async throws -> [Person] { try await accounts().map(\.person) }
    func person(_ id: PersonID) async throws -> Person? { try await account(id)?.person }

    func credentials(of id: PersonID) async throws -> Credentials? {
        try await driver.read { connection in
            let former = try connection.rows(
                "SELECT password_hash FROM former_password WHERE account_id = $1 ORDER BY number DESC", [.text(id)]
            ) { try $0.text(0) }
            return try connection.first("SELECT password_hash, code_secret, code_step FROM account WHERE id = $1", [.text(id)]) {
                Credentials(
                    passwordHash: try $0.text(0), formerHashes: former, timeCodeSecret: try $0.optionalText(1),
                    timeCodeStep: try $0.integer(2))
            }
        }
    }

    func add(_ account: Account, passwordHash: String, asFirst: Bool) async throws {
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
                    .text(account.id), .text(account.login), .text(account.person.name), .text(passwordHash), .time(account.passwordAt),
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

    func setTimeCodes(of id: PersonID, secret: String?) async throws {
        _ = try await driver.write {
            try $0.execute("UPDATE account SET code_secret = $2, code_step = 0 WHERE id = $1", [.text(id), .text(secret)])
        }
    }

    func useTimeCode(of id: PersonID, step: Int) async throws -> Bool {
        try await driver.write {
            try $0.execute("UPDATE account SET code_step = $2 WHERE id = $1 AND code_step < $2", [.text(id), .integer(step)]) == 1
        }
    }

    func setDisabled(_ id: PersonID, _ isDisabled: Bool, today: Day) async throws {
        try await change(id, today) {
            try $0.execute("UPDATE account SET is_disabled = $2 WHERE id = $1", [.text(id), .integer(isDisabled ? 1 : 0)])
        }
    }

    func setGrants(of id: PersonID, _ grants: [Grant], today: Day) async throws {
        try await change(id, today) { try AccountTable.write(grants, of: id, $0) }
    }

    /// A change that must leave somebody to manage accounts; undone where it would not.
    private func change(_ id: PersonID, _ today: Day, _ work: @escaping @Sendable (any SQLConnection) throws -> Void) async throws {
        try await driver.write { connection in
            _ = try AccountTable.existing(id, connection)
            let had = AccountRules.hasManager(try AccountTable.find("1 = 1", [], connection), today: today)
            try work(connection)
            let has = AccountRules.hasManager(try AccountTable.find("1 = 1", [], connection), today: today)
            if had, !has { throw AccountRefusal.lastManager }
        }
    }
}
