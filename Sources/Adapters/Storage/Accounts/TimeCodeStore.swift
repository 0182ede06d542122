internal import Foundation
internal import Registry

/// The second factor of accounts in the database.
extension StoredAccounts {
    func setTimeCodes(of id: PersonID, secret: String?) async throws {
        let sealed = try fields.seal(secret, at: StoredAccounts.secret.row(id))
        try await driver.write { connection in
            try connection.execute(
                "UPDATE account SET code_secret = $2, code_pending = NULL, code_step = 0 WHERE id = $1",
                [.text(id), .text(sealed)])
            try connection.execute("DELETE FROM account_recovery_code WHERE account_id = $1", [.text(id)])
        }
    }

    func setPendingTimeCodes(of id: PersonID, secret: String?) async throws {
        let sealed = try fields.seal(secret, at: StoredAccounts.pending.row(id))
        _ = try await driver.write {
            try $0.execute("UPDATE account SET code_pending = $2 WHERE id = $1", [.text(id), .text(sealed)])
        }
    }

    func confirmTimeCodes(of id: PersonID, step: Int, recovery digests: [String]) async throws -> Bool {
        let fields = fields
        return try await driver.write { connection in
            let kept = try connection.first("SELECT code_pending FROM account WHERE id = $1", [.text(id)]) { try $0.optionalText(0) }
            guard let kept, let pending = kept else { return false }
            // A value is bound to its column: it is sealed anew for the one it moves to.
            let secret: String = try fields.seal(
                try fields.open(pending, at: StoredAccounts.pending.row(id)), at: StoredAccounts.secret.row(id))
            let changed = try connection.execute(
                "UPDATE account SET code_secret = $2, code_pending = NULL, code_step = $3 WHERE id = $1 AND code_pending = $4",
                [.text(id), .text(secret), .integer(step), .text(pending)])
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
