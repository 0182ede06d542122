public import Casework
internal import Foundation
internal import Vocabulary

/// Lines of published lists as rows.
enum CasePublicRows {
    static let columns = [
        "case_id", "definition", "version", "number", "title", "place", "year", "first_day", "last_day", "is_listed", "county", "body",
    ]
    static let schoolColumns = ["case_id", "school", "name"]

    static func lines(_ entry: CaseEntry?) -> Set<[SQLValue]> {
        guard let entry else { return [] }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = (try? encoder.encode(entry.words)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
        return [
            [
                .text(entry.id), .text(entry.definition.id), .text(entry.definition.version), .text(entry.number), .text(entry.title),
                .text(entry.place), .integer(entry.year), .integer(entry.from.ordinal), .integer(entry.until?.ordinal ?? CaseDays.none),
                .integer(entry.isListed ? 1 : 0), .text(entry.county), .text(body),
            ]
        ]
    }

    static func schools(_ entry: CaseEntry?) -> Set<[SQLValue]> {
        guard let entry else { return [] }
        return Set(entry.schools.map { [.text(entry.id), .text($0.key), .text($0.value)] })
    }

    static func entry(_ row: any SQLRow) throws -> CaseEntry {
        let last = try row.integer(7)
        let words = try JSONDecoder().decode([CaseEntry.Word].self, from: Data(try row.text(10).utf8))
        return CaseEntry(
            id: try row.text(0), definition: CaseDefinitionKey(id: try row.text(1), version: try row.text(2)), number: try row.text(3),
            title: try row.text(4), place: try row.text(5), from: Day(ordinal: try row.integer(6)),
            until: last == CaseDays.none ? nil : Day(ordinal: last), isListed: try row.integer(8) == 1, county: try row.optionalText(9),
            schools: [:], words: words)
    }
}

extension StoredCases {
    public func published(_ filter: CasePublicFilter) async throws -> [CaseEntry] {
        let (condition, values) = StoredCases.condition(filter)
        return try await driver.read { connection in
            var entries = try connection.rows(
                """
                SELECT p.case_id, p.definition, p.version, p.number, p.title, p.place, p.first_day, p.last_day, p.is_listed, p.county, p.body
                FROM case_public p WHERE \(condition) ORDER BY p.first_day, LENGTH(p.number), p.number LIMIT \(Swift.min(Swift.max(filter.limit, 1), 5_000))
                """, values, CasePublicRows.entry)
            let places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.id, $0) })
            try connection.query(
                """
                SELECT s.case_id, s.school, s.name FROM case_public_school s JOIN case_public p ON p.case_id = s.case_id WHERE \(condition)
                """, values
            ) { row in
                if let place = places[try row.text(0)] { entries[place].schools[try row.text(1)] = try row.text(2) }
            }
            return entries
        }
    }

    public func publishedCounts(_ definition: String, year: Int, besides: CaseID?) async throws -> CasePublicCounts {
        let values: [SQLValue] = [.text(definition), .integer(year), .text(besides ?? "")]
        let condition = "p.definition = $1 AND p.year = $2 AND p.case_id <> $3"
        return try await driver.read { connection in
            let all = try connection.integer("SELECT COUNT(*) FROM case_public p WHERE \(condition)", values)
            let rows = try connection.rows(
                """
                SELECT p.county, COALESCE(s.school, ''), COALESCE(MAX(s.name), ''), COUNT(*)
                FROM case_public p LEFT JOIN case_public_school s ON s.case_id = p.case_id
                WHERE \(condition) GROUP BY p.county, COALESCE(s.school, '') ORDER BY 1, 2
                """, values
            ) { row in
                CasePublicCounts.Row(
                    county: try row.optionalText(0), school: try row.text(1), name: try row.text(2), count: try row.integer(3))
            }
            return CasePublicCounts(cases: all, rows: rows)
        }
    }

    public func publishedYears(_ definition: String) async throws -> [Int] {
        try await driver.read {
            try $0.rows("SELECT DISTINCT year FROM case_public WHERE definition = $1 ORDER BY year DESC", [.text(definition)]) {
                try $0.integer(0)
            }
        }
    }

    private static func condition(_ filter: CasePublicFilter) -> (String, [SQLValue]) {
        var (parts, values): ([String], [SQLValue]) = ([], [])
        func value(_ value: SQLValue) -> String {
            values.append(value)
            return "$\(values.count)"
        }
        parts.append("p.definition = \(value(.text(filter.definition)))")
        let today = filter.phase == nil ? "" : value(.integer(filter.today.ordinal))
        switch filter.phase {
        case .valid: parts.append("p.is_listed = 1 AND p.last_day >= \(today) AND p.first_day <= \(today)")
        case .coming: parts.append("p.is_listed = 1 AND p.last_day >= \(today) AND p.first_day > \(today)")
        case .over: parts.append("(p.is_listed = 0 OR p.last_day < \(today))")
        case nil: break
        }
        if let year = filter.year { parts.append("p.year = \(value(.integer(year)))") }
        if let county = filter.county { parts.append("(p.county = \(value(.text(county))) OR p.county IS NULL)") }
        if let school = filter.school {
            let named = "SELECT case_id FROM case_public_school"
            parts.append("(p.case_id IN (\(named) WHERE school = \(value(.text(school)))) OR p.case_id NOT IN (\(named)))")
        }
        return (parts.joined(separator: " AND "), values)
    }
}
