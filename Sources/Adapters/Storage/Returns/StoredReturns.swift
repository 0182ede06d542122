internal import Indicators
internal import Vocabulary

/// The current data in the database.
struct StoredReturns: ReturnStore {
    let driver: any SQLDriver

    func table(_ form: ReturnForm, _ year: SchoolYear, county: String?, preview: ImportID?) async throws -> ReturnTable {
        try await driver.read { try ReadCurrentTable(form: form, year: year, county: county, preview: preview).run($0) }
    }

    func schoolYears(form: String) async throws -> [SchoolYear] {
        try await driver.read { connection in
            try connection.rows(
                "SELECT DISTINCT school_year FROM current_row WHERE form = $1 ORDER BY school_year DESC", [.text(form)]
            ) { SchoolYear(try $0.integer(0)) }
        }
    }

    func counties(form: String, _ year: SchoolYear) async throws -> [String] {
        try await counts(form: form, year).keys.sorted()
    }

    func counts(form: String, _ year: SchoolYear) async throws -> [String: Int] {
        try await driver.read { connection in
            let counts = try connection.rows(
                "SELECT county, COUNT(*) FROM current_row WHERE form = $1 AND school_year = $2 GROUP BY county",
                [.text(form), .integer(year.start)]
            ) { (try $0.text(0), try $0.integer(1)) }
            return Dictionary(uniqueKeysWithValues: counts)
        }
    }

    func revision(form: String?, _ year: SchoolYear?) async throws -> Int {
        try await driver.read { connection in
            guard form != nil || year != nil else { return try connection.integer("SELECT number FROM revision_counter") }
            var values: [SQLValue] = []
            var conditions: [String] = []
            if let form {
                values.append(.text(form))
                conditions.append("form = $\(values.count)")
            }
            if let year {
                values.append(.integer(year.start))
                conditions.append("school_year = $\(values.count)")
            }
            return try connection.integer("SELECT MAX(number) FROM data_revision WHERE \(conditions.joined(separator: " AND "))", values)
        }
    }

    func owners(of keys: [String], form: String, _ year: SchoolYear) async throws -> [String: String] {
        try await driver.read { connection in
            var owners: [String: String] = [:]
            for start in stride(from: 0, to: keys.count, by: 500) {
                let part = keys[start..<min(start + 500, keys.count)]
                let places = part.indices.map { "$\($0 - start + 3)" }.joined(separator: ", ")
                try connection.query(
                    "SELECT row_key, county FROM current_row WHERE form = $1 AND school_year = $2 AND row_key IN (\(places))",
                    [.text(form), .integer(year.start)] + part.map { SQLValue.text($0) }
                ) { owners[try $0.text(0)] = try $0.text(1) }
            }
            return owners
        }
    }
}
