internal import Indicators
internal import Planning
internal import Vocabulary

/// Takes the written words of one roster row as numbers, days and places, and says of each cell what is wrong with it.
struct RosterFields {
    let roster: ReturnTable
    let form: ReturnForm
    let year: SchoolYear
    private(set) var complaints: [Diagnostic] = []

    init(roster: ReturnTable, form: ReturnForm, year: SchoolYear) {
        self.roster = roster
        self.form = form
        self.year = year
    }

    func text(_ id: AttributeID, _ row: Int) -> String { roster.attribute(id, row) }

    mutating func complain(_ id: AttributeID, _ row: Int, _ message: String) {
        let place = roster.cell(id, row) ?? .file(form.sheet)
        complaints.append(Diagnostic(.error, "roster.\(id)", at: place, message))
    }

    private func header(_ id: AttributeID) -> String { form.column(.attribute(id))?.header ?? id }

    /// One of the column's choices, or empty where it may be. Anything else would silently count as none.
    mutating func choice(_ id: AttributeID, _ row: Int) -> String {
        let written = text(id, row)
        let choices = form.column(.attribute(id))?.choices ?? []
        if written.isEmpty || choices.contains(written) { return written }
        complain(id, row, "\(header(id))“\(written.prefix(20))”不在可选项中。请填：\(choices.joined(separator: "、"))")
        return ""
    }

    mutating func number(_ id: AttributeID, _ row: Int, _ range: ClosedRange<Int>) -> Int? {
        let written = text(id, row)
        if written.isEmpty { return nil }
        if let value = Double(written), value == value.rounded(), range.contains(Int(value)) { return Int(value) }
        complain(id, row, "\(header(id))“\(written.prefix(20))”不是\(range.lowerBound)到\(range.upperBound)之间的整数")
        return nil
    }

    /// The first calendar year of a school year written in any usual way.
    mutating func schoolYear(_ id: AttributeID, _ row: Int) -> Int? {
        let written = text(id, row)
        if written.isEmpty { return nil }
        if let found = SchoolYear(text: written), found <= year { return found.start }
        complain(id, row, "\(header(id))“\(written.prefix(20))”不是过去的学年，如 2022")
        return nil
    }

    /// Whole years from a month (2016-09, 2016年9月, 201609) to 1 September of the school year.
    mutating func yearsSince(_ id: AttributeID, _ row: Int, most: Int) -> Int? {
        let written = text(id, row)
        if written.isEmpty { return nil }
        let runs = written.split { !$0.isASCII || !$0.isNumber }
        if let first = runs.first, let start = Int(first.prefix(4)), first.count == 4 || first.count >= 6 {
            let second = first.count >= 6 ? first.dropFirst(4).prefix(2) : runs.dropFirst().first ?? "9"
            if let month = Int(second), (1...12).contains(month) {
                let months = (year.start * 12 + 9) - (start * 12 + month)
                if (0...most * 12).contains(months) { return months / 12 }
            }
        }
        complain(id, row, "\(header(id))“\(written.prefix(20))”不是合理的年月，如 2016-09")
        return nil
    }

    mutating func place(_ longitude: AttributeID, _ latitude: AttributeID, _ row: Int) -> RotationProblem.Place? {
        let (along, up) = (text(longitude, row), text(latitude, row))
        if along.isEmpty, up.isEmpty { return nil }
        if let place = RotationProblem.Place(longitude: along, latitude: up) { return place }
        complain(longitude, row, "\(header(longitude))、\(header(latitude))“\(along.prefix(12))，\(up.prefix(12))”不是我国境内的度数")
        return nil
    }
}

extension GroundPoint {
    /// Degrees as written; nil for what lies outside the country or is no number.
    init?(longitude: String, latitude: String) {
        guard let along = Double(longitude), let up = Double(latitude), (73...136).contains(along), (3...54).contains(up) else {
            return nil
        }
        self.init(latitude: Int((up * 1e6).rounded()), longitude: Int((along * 1e6).rounded()))
    }
}
