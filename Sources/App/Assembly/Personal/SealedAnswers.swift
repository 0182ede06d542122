internal import Casework
internal import Foundation
internal import Registry

/// Private answers of cases under the keys of the personal data. They stand inside events, which are never written again: a key
/// that sealed one is kept as long as the event.
struct SealedAnswers: PrivateFields {
    let fields: any PersonalFields

    static let column = FieldColumn("case_event", "answers")

    func seal(_ bytes: [UInt8], context: String) throws -> String {
        try fields.seal(Data(bytes).base64EncodedString(), at: SealedAnswers.column.row(context))
    }

    func open(_ sealed: String, context: String) throws -> [UInt8] {
        let text: String = try fields.open(sealed, at: SealedAnswers.column.row(context))
        guard let data = Data(base64Encoded: text) else { throw SealRefusal("加密内容不完整，打不开") }
        return Array(data)
    }
}
