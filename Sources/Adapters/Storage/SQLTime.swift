internal import Foundation
internal import Indicators

/// Times as milliseconds since 1970 UTC.
extension SQLValue {
    static func time(_ date: Date?) -> SQLValue { .integer(date.map { Int(($0.timeIntervalSince1970 * 1000).rounded()) }) }
}

extension SQLRow {
    func optionalText(_ column: Int) throws -> String? { isNull(column) ? nil : try text(column) }
    func optionalInteger(_ column: Int) throws -> Int? { isNull(column) ? nil : try integer(column) }
    func time(_ column: Int) throws -> Date { Date(timeIntervalSince1970: Double(try integer(column)) / 1000) }

    /// Who, name and when in three columns next to each other.
    func signature(_ column: Int) throws -> Signature? {
        isNull(column) ? nil : Signature(by: try text(column), name: try text(column + 1), at: try time(column + 2))
    }
}
