internal import Indicators
internal import Vocabulary

/// One counter for all changes, and the number of the last change of each county's data.
enum DataRevision {
    /// The next number. Whoever takes it holds off the other writers until the end of the transaction.
    static func next(_ connection: any SQLConnection) throws -> Int {
        try connection.integer("UPDATE revision_counter SET number = number + 1 WHERE one = 1 RETURNING number")
    }

    static func mark(
        _ counties: [String], _ record: ImportRecord, _ number: Int, _ by: Signature, _ connection: any SQLConnection
    ) throws {
        for county in counties {
            try connection.execute(
                """
                INSERT INTO data_revision (form, school_year, county, number, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (form, school_year, county)
                DO UPDATE SET number = excluded.number, changed_by = excluded.changed_by, changed_at = excluded.changed_at
                """,
                [
                    .text(record.form), .integer(record.schoolYear.start), .text(county), .integer(number), .text(by.name), .time(by.at),
                ])
        }
    }

    static func changes(
        since base: Int, _ record: ImportRecord, _ connection: any SQLConnection
    ) throws -> [(county: String, by: String)] {
        try connection.rows(
            """
            SELECT county, changed_by FROM data_revision WHERE form = $1 AND school_year = $2 AND number > $3 ORDER BY number DESC
            """, [.text(record.form), .integer(record.schoolYear.start), .integer(base)]
        ) { (try $0.text(0), try $0.text(1)) }
    }
}

/// Data that are being reviewed or are frozen stand still.
enum CountyLocks {
    static func check(_ counties: [String], _ record: ImportRecord, _ connection: any SQLConnection) throws {
        let states = try connection.rows(
            """
            SELECT s.county, s.state FROM snapshot s
            JOIN snapshot_form f ON f.snapshot_id = s.id AND f.form = $1
            WHERE s.school_year = $2
                AND s.number = (SELECT MAX(n.number) FROM snapshot n WHERE n.county = s.county AND n.school_year = s.school_year)
            ORDER BY s.county
            """, [.text(record.form), .integer(record.schoolYear.start)]
        ) { (try $0.text(0), Snapshot.State(rawValue: try $0.text(1))) }
        for (county, state) in states {
            guard let state, !state.isOpen, counties.contains(county) else { continue }
            let advice = state == .frozen ? "需要更正请先另开新版" : "需要改动请审核人先退回"
            throw StoreRefusal(.locked, "\(county)\(record.schoolYear.label.zh)的数据\(state.label.zh)，不能改动。\(advice)")
        }
    }
}
