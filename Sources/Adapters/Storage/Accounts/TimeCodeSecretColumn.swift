/// How the secret of a code generator lies in its column: the one place that reads and writes it.
enum TimeCodeSecretColumn {
    static func written(_ secret: String?) -> SQLValue { .text(secret) }

    static func read(_ row: any SQLRow, _ column: Int) throws -> String? { try row.optionalText(column) }
}
