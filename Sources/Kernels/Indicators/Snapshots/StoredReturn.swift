public import Vocabulary

/// Rows of one form as a store keeps them: verbatim canonical text with where each came from.
public struct StoredReturn: Sendable, Equatable {
    public struct Row: Sendable, Equatable {
        public var key: String
        /// Place in `origins`.
        public var origin: Int
        /// Row of the sheet, counted from 1.
        public var sheetRow: Int
        /// As a `RowWriter` wrote it.
        public var text: String

        public init(key: String, origin: Int, sheetRow: Int, text: String) {
            self.key = key
            self.origin = origin
            self.sheetRow = sheetRow
            self.text = text
        }
    }

    public var form: String
    public var schoolYear: SchoolYear
    public var origins: [ReturnOrigin]
    public var rows: [Row]

    public init(form: String, schoolYear: SchoolYear, origins: [ReturnOrigin] = [], rows: [Row] = []) {
        self.form = form
        self.schoolYear = schoolYear
        self.origins = origins
        self.rows = rows
    }

    /// The rows as columns, grouped by origin and in the order of the sheets. Throws `StoreRefusal` when a text is damaged.
    public func table(_ form: ReturnForm) throws(StoreRefusal) -> ReturnTable {
        var table = ReturnTable(form: form, schoolYear: schoolYear)
        var reader = RowReader()
        let order = rows.indices.sorted { (rows[$0].origin, rows[$0].sheetRow, $0) < (rows[$1].origin, rows[$1].sheetRow, $1) }
        var latest = -1
        for place in order {
            let stored = rows[place]
            let row = try reader.row(stored.text, number: stored.sheetRow)
            if stored.origin != latest, origins.indices.contains(stored.origin) {
                table.begin(origins[stored.origin])
                latest = stored.origin
            }
            table.append(row)
        }
        return table
    }
}
