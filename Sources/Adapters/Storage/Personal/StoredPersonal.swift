internal import Foundation
internal import Registry
internal import Vocabulary

/// Personal details in the database; what each question promises stands at the port.
struct StoredPersonal: PersonalStore {
    static let mobile = FieldColumn("person_detail", "mobile")
    static let idNumber = FieldColumn("person_detail", "id_number")

    let driver: any SQLDriver
    let fields: any PersonalFields
    let inventory: PersonalInventory

    // MARK: Details

    func detail(of person: PersonID) async throws -> PersonDetail? { try await details("account_id = $1", [.text(person)]).first }
    func details() async throws -> [PersonDetail] { try await details("1 = 1", []) }

    private func details(_ condition: String, _ values: [SQLValue]) async throws -> [PersonDetail] {
        let fields = fields
        return try await driver.read { connection in
            try connection.rows(
                "SELECT account_id, mobile, id_number, changed_at, changed_by FROM person_detail WHERE \(condition) ORDER BY account_id",
                values
            ) { row in
                let id = try row.text(0)
                return PersonDetail(
                    person: id, mobile: try fields.open(row.optionalText(1), at: StoredPersonal.mobile.row(id)) ?? "",
                    idNumber: try fields.open(row.optionalText(2), at: StoredPersonal.idNumber.row(id)) ?? "",
                    changedAt: try row.time(3), changedBy: try row.text(4))
            }
        }
    }

    func setDetail(_ detail: PersonDetail) async throws {
        let id = detail.person
        let mobile = try sealed(detail.mobile, StoredPersonal.mobile.row(id))
        let idNumber = try sealed(detail.idNumber, StoredPersonal.idNumber.row(id))
        let mobileIndex = try index(detail.mobile, .mobile, StoredPersonal.mobile)
        let idIndex = try index(detail.idNumber, .idNumber, StoredPersonal.idNumber)
        let taken = [
            (try places(detail.mobile, .mobile), "mobile_index", AccountRefusal.mobileTaken),
            (try places(detail.idNumber, .idNumber), "id_number_index", AccountRefusal.idNumberTaken),
        ]
        _ = try await driver.write { connection in
            guard try connection.integer("SELECT COUNT(*) FROM account WHERE id = $1", [.text(id)]) == 1 else {
                throw AccountRefusal.unknown
            }
            for (indexes, column, refusal) in taken {
                for index in indexes
                where try connection.integer(
                    "SELECT COUNT(*) FROM person_detail WHERE \(column) = $1 AND account_id <> $2", [.text(index), .text(id)]) > 0
                { throw refusal }
            }
            try connection.execute("DELETE FROM person_detail WHERE account_id = $1", [.text(id)])
            try connection.execute(
                """
                INSERT INTO person_detail (account_id, mobile, mobile_index, id_number, id_number_index, changed_at, changed_by)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                """,
                [
                    .text(id), .text(mobile), .text(mobileIndex), .text(idNumber), .text(idIndex), .time(detail.changedAt),
                    .text(detail.changedBy),
                ])
        }
    }

    func people(with value: String, _ kind: PersonalKind) async throws -> [PersonID] {
        guard kind == .mobile || kind == .idNumber else { return [] }
        let column = kind == .mobile ? "mobile_index" : "id_number_index"
        let indexes = try places(value, kind)
        return try await driver.read { connection in
            var found: [PersonID] = []
            for index in indexes {
                found += try connection.rows(
                    "SELECT account_id FROM person_detail WHERE \(column) = $1 ORDER BY account_id", [.text(index)]
                ) { try $0.text(0) }
            }
            return found
        }
    }

    private func sealed(_ value: String, _ place: FieldPlace) throws -> String? {
        value.isEmpty ? nil : try fields.seal(value, at: place)
    }

    private func index(_ value: String, _ kind: PersonalKind, _ column: FieldColumn) throws -> String? {
        value.isEmpty ? nil : try fields.index(value, kind, in: column)
    }

    private func places(_ value: String, _ kind: PersonalKind) throws -> [String] {
        guard !kind.normal(value).isEmpty else { return [] }
        return try fields.indexes(value, kind, in: kind == .mobile ? StoredPersonal.mobile : StoredPersonal.idNumber)
    }
}
