internal import Exchanges
internal import Registry

/// Teachers' names of the register of exchanges under the keys of the personal data.
struct SealedNames: NameSeal {
    let fields: any PersonalFields

    static let column = FieldColumn("teacher_exchange", "sealed_name")

    func sealed(_ name: String, of subject: String) throws -> String { try fields.seal(name, at: SealedNames.column.row(subject)) }

    func opened(_ sealed: String, of subject: String) throws -> String { try fields.open(sealed, at: SealedNames.column.row(subject)) }
}
