internal import Foundation
internal import Registry

/// Identities of other login services, and logins under way, in the database.
struct StoredIdentities: IdentityStore {
    let driver: any SQLDriver

    func identities(of account: PersonID) async throws -> [Identity] {
        try await driver.read { try StoredIdentities.find("account_id = $1", [.text(account)], $0) }
    }

    func identity(provider: String, subject: String) async throws -> Identity? {
        try await driver.read { try StoredIdentities.find("provider = $1 AND subject = $2", [.text(provider), .text(subject)], $0).first }
    }

    func identity(provider: String, name: String) async throws -> Identity? {
        try await driver.read { try StoredIdentities.find("provider = $1 AND name = $2", [.text(provider), .text(name)], $0).first }
    }

    func bind(_ identity: Identity) async throws {
        try await driver.write { connection in
            guard try connection.integer("SELECT COUNT(*) FROM account WHERE id = $1", [.text(identity.account)]) == 1 else {
                throw AccountRefusal.unknown
            }
            let key: [SQLValue] = [.text(identity.provider), .text(identity.name), .text(identity.subject)]
            let taken = try connection.integer(
                "SELECT COUNT(*) FROM account_identity WHERE provider = $1 AND (name = $2 OR subject = $3)", key)
            guard taken == 0 else { throw AccountRefusal.identityTaken }
            try connection.execute(
                "INSERT INTO account_identity (provider, name, subject, account_id, bound_at) VALUES ($1, $2, $3, $4, $5)",
                key + [.text(identity.account), .time(identity.boundAt)])
        }
    }

    func note(subject: String, provider: String, name: String) async throws -> Bool {
        try await driver.write {
            try $0.execute(
                """
                UPDATE account_identity SET subject = $3
                WHERE provider = $1 AND name = $2 AND (subject IS NULL OR subject = $3)
                """, [.text(provider), .text(name), .text(subject)]) == 1
        }
    }

    func unbind(provider: String, name: String, of account: PersonID) async throws {
        _ = try await driver.write {
            try $0.execute(
                "DELETE FROM account_identity WHERE provider = $1 AND name = $2 AND account_id = $3",
                [.text(provider), .text(name), .text(account)])
        }
    }

    func begin(_ round: LoginRound) async throws {
        try await driver.write { connection in
            let old = round.begunAt.addingTimeInterval(-Double(LoginRound.minutes) * 60)
            try connection.execute("DELETE FROM login_round WHERE begun_at < $1", [.time(old)])
            try connection.execute(
                """
                INSERT INTO login_round (state_digest, browser_digest, provider, nonce, verifier, target, begun_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                """,
                [
                    .text(round.stateDigest), .text(round.browserDigest), .text(round.provider), .text(round.nonce), .text(round.verifier),
                    .text(round.target), .time(round.begunAt),
                ])
        }
    }

    func takeRound(stateDigest: String) async throws -> LoginRound? {
        try await driver.write { connection in
            let found = try connection.first(
                """
                SELECT browser_digest, provider, nonce, verifier, target, begun_at FROM login_round WHERE state_digest = $1
                """, [.text(stateDigest)]
            ) {
                LoginRound(
                    stateDigest: stateDigest, browserDigest: try $0.text(0), provider: try $0.text(1), nonce: try $0.text(2),
                    verifier: try $0.text(3), target: try $0.text(4), begunAt: try $0.time(5))
            }
            // Of two who come with the same state only the one whose deletion counts has it.
            let taken = try connection.execute("DELETE FROM login_round WHERE state_digest = $1", [.text(stateDigest)])
            return taken == 1 ? found : nil
        }
    }

    private static func find(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [Identity] {
        try connection.rows(
            "SELECT provider, name, subject, account_id, bound_at FROM account_identity WHERE \(condition) ORDER BY provider, name", values
        ) {
            Identity(
                provider: try $0.text(0), name: try $0.text(1), subject: try $0.optionalText(2), account: try $0.text(3),
                boundAt: try $0.time(4))
        }
    }
}
