public import Vocabulary

/// An attribute of the thing a row speaks of, such as its code, name, county, kind or setting. The form declares which exist.
public typealias AttributeID = String

/// Where the rows of a table were read: one per imported sheet.
public struct ReturnOrigin: Hashable, Sendable, Codable {
    /// The import's id, or empty for a file read without a database.
    public var importID: String
    public var file: String
    public var sheet: String
    /// Column numbers (from 1) of the sheet by fact key or attribute id.
    public var columns: [String: Int]

    public init(importID: String = "", file: String, sheet: String, columns: [String: Int] = [:]) {
        self.importID = importID
        self.file = file
        self.sheet = sheet
        self.columns = columns
    }
}

/// One row of a return as read, in the order of the form's columns.
public struct ReturnRow: Sendable, Equatable {
    /// Row of the sheet, counted from 1.
    public var number: Int
    public var attributes: [AttributeID: String]
    public var facts: [FactKey: Fact]

    public init(number: Int, attributes: [AttributeID: String], facts: [FactKey: Fact]) {
        self.number = number
        self.attributes = attributes
        self.facts = facts
    }
}

/// Returns of one form and one school year as columns: a row per school (or per county, per kindergarten).
/// All columns have `count` rows.
public struct ReturnTable: Sendable {
    public let form: String
    public private(set) var schoolYear: SchoolYear
    public private(set) var count = 0
    public private(set) var attributes: [AttributeID: [String]]
    public private(set) var facts: [FactKey: FactColumn]
    public private(set) var origins: [ReturnOrigin] = []
    // Held apart: walking over a dictionary's own keys while appending would copy every column for every row.
    private let attributeIDs: [AttributeID]
    private let factKeys: [FactKey]
    private var rowOrigin: [Int32] = []
    private var rowNumber: [Int32] = []

    /// An empty table with the columns of a form.
    public init(form: ReturnForm, schoolYear: SchoolYear) {
        self.form = form.id
        self.schoolYear = schoolYear
        attributeIDs = form.attributeIDs
        factKeys = form.factKeys
        attributes = Dictionary(uniqueKeysWithValues: form.attributeIDs.map { ($0, []) })
        facts = Dictionary(uniqueKeysWithValues: form.factKeys.map { ($0, FactColumn()) })
    }

    /// Adds an origin for the rows appended next.
    public mutating func begin(_ origin: ReturnOrigin) { origins.append(origin) }

    /// Appends one row under the latest origin. A column the origin lacks is absent, not blank.
    public mutating func append(_ row: ReturnRow) {
        let known = origins.last?.columns ?? [:]
        for id in attributeIDs { attributes[id, default: []].append(row.attributes[id] ?? "") }
        for key in factKeys {
            let fallback: Absence = known.isEmpty || known[key.description] != nil ? .blank : .noColumn
            facts[key]?.append(row.facts[key] ?? .absent(fallback))
        }
        rowOrigin.append(Int32(origins.count - 1))
        rowNumber.append(Int32(row.number))
        count += 1
    }

    public func attribute(_ id: AttributeID, _ row: Int) -> String { attributes[id]?[row] ?? "" }
    public func fact(_ key: FactKey, _ row: Int) -> Fact { facts[key]?[row] ?? .absent(.noColumn) }
    public func origin(_ row: Int) -> ReturnOrigin? { rowOrigin[row] >= 0 ? origins[Int(rowOrigin[row])] : nil }
    /// The row's number in its sheet, counted from 1.
    public func sheetRow(_ row: Int) -> Int { Int(rowNumber[row]) }

    /// The sheet cell a number or attribute was read from, if its sheet had such a column.
    public func cell(_ field: String, _ row: Int) -> Diagnostic.Place? {
        guard let origin = origin(row), let column = origin.columns[field] else { return nil }
        return .cell(sheet: origin.sheet, row: sheetRow(row), column: column)
    }

    /// The same rows taken for another school year.
    public func of(_ year: SchoolYear) -> ReturnTable {
        var copy = self
        copy.schoolYear = year
        return copy
    }

    /// The rows of one table as rows again, for storing or comparing.
    public func row(_ index: Int) -> ReturnRow {
        ReturnRow(
            number: sheetRow(index), attributes: attributes.mapValues { $0[index] }, facts: facts.mapValues { $0[index] })
    }

    /// Adds the rows of another table of the same form behind the own, with their origins.
    public mutating func append(contentsOf other: ReturnTable) {
        let shift = Int32(origins.count)
        origins += other.origins
        for id in attributeIDs { attributes[id, default: []] += other.attributes[id] ?? Array(repeating: "", count: other.count) }
        for key in factKeys {
            for row in 0..<other.count { facts[key]?.append(other.fact(key, row)) }
        }
        rowOrigin += other.rowOrigin.map { $0 < 0 ? $0 : $0 + shift }
        rowNumber += other.rowNumber
        count += other.count
    }

    /// The rows for which `keep` is true, in order, with their origins.
    public func filtered(_ keep: (Int) -> Bool) -> ReturnTable {
        let rows = (0..<count).filter(keep)
        var copy = self
        copy.count = rows.count
        copy.attributes = attributes.mapValues { column in rows.map { column[$0] } }
        copy.facts = facts.mapValues { column in
            var picked = FactColumn()
            for row in rows { picked.append(column[row]) }
            return picked
        }
        copy.rowOrigin = rows.map { rowOrigin[$0] }
        copy.rowNumber = rows.map { rowNumber[$0] }
        return copy
    }
}
