internal import Foundation
internal import Registry

/// Who saw what in clear, what people agreed to, and holds.
extension StoredPersonal {
    func begin(_ unmasking: Unmasking) async throws {
        _ = try await driver.write {
            try $0.execute(
                "INSERT INTO unmasking (id, viewer, session, person, purpose, begun_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                [
                    .text(unmasking.id), .text(unmasking.viewer), .text(unmasking.session), .text(unmasking.person),
                    .text(unmasking.purpose), .time(unmasking.begunAt), .time(unmasking.endsAt),
                ])
        }
    }

    func unmasking(of person: PersonID, by viewer: PersonID, session: String, at: Date) async throws -> Unmasking? {
        try await driver.read {
            try StoredPersonal.unmaskings(
                "person = $1 AND viewer = $2 AND session = $3 AND begun_at <= $4 AND ends_at > $4",
                [.text(person), .text(viewer), .text(session), .time(at)], $0
            ).first
        }
    }

    func unmaskings(of person: PersonID) async throws -> [Unmasking] {
        try await driver.read { try StoredPersonal.unmaskings("person = $1", [.text(person)], $0) }
    }

    private static func unmaskings(_ condition: String, _ values: [SQLValue], _ connection: any SQLConnection) throws -> [Unmasking] {
        try connection.rows(
            """
            SELECT id, viewer, session, person, purpose, begun_at, ends_at FROM unmasking
            WHERE \(condition) ORDER BY begun_at DESC, id
            """, values
        ) {
            Unmasking(
                id: try $0.text(0), viewer: try $0.text(1), session: try $0.text(2), person: try $0.text(3), purpose: try $0.text(4),
                begunAt: try $0.time(5), endsAt: try $0.time(6))
        }
    }

    // MARK: Consent

    func consents(of person: PersonID) async throws -> [Consent] {
        try await driver.read {
            try $0.rows(
                """
                SELECT id, person, notice, notice_version, notice_digest, given_at, withdrawn_at FROM consent
                WHERE person = $1 ORDER BY given_at DESC, id
                """, [.text(person)]
            ) {
                Consent(
                    id: try $0.text(0), person: try $0.text(1), notice: try $0.text(2), version: try $0.text(3), digest: try $0.text(4),
                    givenAt: try $0.time(5), withdrawnAt: $0.isNull(6) ? nil : try $0.time(6))
            }
        }
    }

    func give(_ consent: Consent) async throws {
        _ = try await driver.write { connection in
            let standing = try connection.integer(
                "SELECT COUNT(*) FROM consent WHERE person = $1 AND notice = $2 AND notice_version = $3 AND withdrawn_at IS NULL",
                [.text(consent.person), .text(consent.notice), .text(consent.version)])
            guard standing == 0 else { return }
            try connection.execute(
                "INSERT INTO consent (id, person, notice, notice_version, notice_digest, given_at) VALUES ($1, $2, $3, $4, $5, $6)",
                [
                    .text(consent.id), .text(consent.person), .text(consent.notice), .text(consent.version), .text(consent.digest),
                    .time(consent.givenAt),
                ])
        }
    }

    func withdraw(_ id: String, of person: PersonID, at: Date) async throws {
        _ = try await driver.write {
            try $0.execute(
                "UPDATE consent SET withdrawn_at = $3 WHERE id = $1 AND person = $2 AND withdrawn_at IS NULL",
                [.text(id), .text(person), .time(at)])
        }
    }

    // MARK: Holds

    func hold(on person: PersonID) async throws -> LegalHold? { try await driver.read { try StoredPersonal.hold(on: person, $0) } }

    static func hold(on person: PersonID, _ connection: any SQLConnection) throws -> LegalHold? {
        try connection.first("SELECT person, reason, set_by, set_at FROM legal_hold WHERE person = $1", [.text(person)]) {
            LegalHold(person: try $0.text(0), reason: try $0.text(1), setBy: try $0.text(2), setAt: try $0.time(3))
        }
    }

    func setHold(_ hold: LegalHold) async throws {
        _ = try await driver.write { connection in
            _ = try AccountTable.existing(hold.person, connection)
            try connection.execute("DELETE FROM legal_hold WHERE person = $1", [.text(hold.person)])
            try connection.execute(
                "INSERT INTO legal_hold (person, reason, set_by, set_at) VALUES ($1, $2, $3, $4)",
                [.text(hold.person), .text(hold.reason), .text(hold.setBy), .time(hold.setAt)])
        }
    }

    func liftHold(on person: PersonID) async throws {
        _ = try await driver.write { try $0.execute("DELETE FROM legal_hold WHERE person = $1", [.text(person)]) }
    }
}
