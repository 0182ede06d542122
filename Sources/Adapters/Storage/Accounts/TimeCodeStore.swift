internal import Foundation
internal import Registry

/// The second factor of accounts in the database.
extension StoredAccounts {
    func setTimeCodes(of id: PersonID, secret: String?) async throws {
        try await driver.write { connection in
            try connection.execute(
                "UPDATE account SET code_secret = $2, code_pending = NULL, code_step = 0 WHERE id = $1",
                [.text(id), TimeCodeSecretColumn.written(secret)])
            try connection.execute("DELETE FROM account_recovery_code WHERE account_id = $1", [.text(id)])
        }
    }

    func setPendingTimeCodes(of id: PersonID, secret: String?) async throws {
        _ = try await driver.write {
            try $0.execute(
                "UPDATE account SET code_pending = $2 WHERE id = $1", [.text(id), TimeCodeSecretColumn.written(secret)])
        }
    }

    func confirmTimeCodes(of id: PersonID, step: Int, recovery digests: [String]) async throws -> Bool {
        try await driver.write { connection in
            let changed = try connection.execute(
                """
                UPDATE account SET code_secret = code_pending, code_pending = NULL, code_step = $2
                WHERE id = $1 AND code_pending IS NOT NULL
                """, [.text(id), .integer(step)])
            guard changed == 1 else { return false }
            try connection.execute("DELETE FROM account_recovery_code WHERE account_id = $1", [.text(id)])
            for digest in digests {
                try connection.execute(
                    "INSERT INTO account_recovery_code (account_id, digest) VALUES ($1, $2)", [.text(id), .text(digest)])
            }
            return true
        }
    }

    func useTimeCode(of id: PersonID, step: Int) async throws -> Bool {
        try await driver.write {
            try $0.execute("UPDATE account SET code_step = $2 WHERE id = $1 AND code_step < $2", [.text(id), .integer(step)]) == 1
        }
    }

    func useRecoveryCode(of id: PersonID, digest: String) async throws -> Bool {
        try await driver.write {
            try $0.execute(
                "DELETE FROM account_recovery_code WHERE account_id = $1 AND digest = $2", [.text(id), .text(digest)]) == 1
        }
    }
}
