internal import Indicators
internal import Staffing
internal import Vocabulary

/// Takes the written words of a sheet's rows as numbers, months and choices, and says of each cell what is wrong with it.
struct StaffFields {
    let table: ReturnTable
    let form: ReturnForm
    private(set) var complaints: [Diagnostic] = []

    init(_ table: ReturnTable, _ form: ReturnForm) {
        self.table = table
        self.form = form
    }

    func text(_ id: AttributeID, _ row: Int) -> String { table.attribute(id, row) }

    mutating func complain(_ id: AttributeID, _ row: Int, _ message: String) {
        complaints.append(Diagnostic(.error, "staffing.\(id)", at: table.cell(id, row) ?? .file(form.sheet), message))
    }

    private func header(_ id: AttributeID) -> String { form.column(.attribute(id))?.header ?? id }

    /// One of the column's choices, or empty where it may be.
    mutating func choice(_ id: AttributeID, _ row: Int) -> String {
        let written = text(id, row)
        let choices = form.column(.attribute(id))?.choices ?? []
        if written.isEmpty || choices.contains(written) { return written }
        complain(id, row, "\(header(id))“\(written.prefix(20))”不在可选项中。请填：\(choices.joined(separator: "、"))")
        return ""
    }

    mutating func count(_ id: AttributeID, _ row: Int) -> Int? {
        let written = text(id, row)
        if written.isEmpty { return nil }
        if let value = Double(written), value == value.rounded(), (0...100_000).contains(value) { return Int(value) }
        complain(id, row, "\(header(id))“\(written.prefix(20))”不是不小于 0 的整数")
        return nil
    }

    /// A month of birth of somebody who can be on the staff.
    mutating func born(_ id: AttributeID, _ row: Int, _ year: SchoolYear) -> Month? {
        let written = text(id, row)
        if written.isEmpty { return nil }
        if let month = Month(text: written), (15 * 12...80 * 12).contains(Month(year.start, 9) - month) { return month }
        complain(id, row, "\(header(id))“\(written.prefix(20))”不是合理的年月，如 1985-03")
        return nil
    }

    func list(_ id: AttributeID, _ row: Int) -> [String] {
        let isBreak: (Character) -> Bool = { "、,，;； ".contains($0) }
        return text(id, row).split(whereSeparator: isBreak).map(String.init)
    }
}
