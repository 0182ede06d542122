public import Indicators
public import Staffing
public import Vocabulary

/// A county's units and staff out of its school returns, its staffing sheet and its roster.
public struct StaffReading: Sendable {
    /// A filled-in sheet with the form it was read by.
    public struct Sheet: Sendable {
        public var table: ReturnTable
        public var form: ReturnForm

        public init(_ table: ReturnTable, _ form: ReturnForm) {
            self.table = table
            self.form = form
        }
    }

    public private(set) var units: [StaffUnit]
    /// Nil without a roster.
    public private(set) var members: [StaffMember]?
    /// Names by code, for the named list alone.
    public private(set) var names: [String: String] = [:]
    public private(set) var diagnostics: [Diagnostic] = []

    public static let stages: [Stage] = [.primary, .junior, .senior]

    /// The survey and the people behind it; nil where anything had to be complained of.
    public func survey(_ county: String, _ year: SchoolYear, _ rules: StaffingRules) -> StaffingSurvey? {
        diagnostics.contains { $0.severity == .error }
            ? nil : StaffingSurvey(county: county, year: year, units: units, members: members, rules: rules)
    }

    public init(schools: ReturnTable, sheet: Sheet?, roster: Sheet?, kinds: [SchoolKind], county: String, year: SchoolYear) {
        units = StaffReading.units(schools, kinds, county)
        var places = Dictionary(units.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let counties = Dictionary((0..<schools.count).map { (schools.attribute("code", $0), schools.attribute("county", $0)) }) {
            first, _ in
            first
        }
        if let sheet { fill(sheet, places, counties, county) }
        if let roster { read(roster, &places, counties, county, year) }
    }

    private static func units(_ table: ReturnTable, _ kinds: [SchoolKind], _ county: String) -> [StaffUnit] {
        var units: [StaffUnit] = []
        for row in 0..<table.count where table.attribute("county", row) == county {
            let code = table.attribute("code", row)
            let of = (kinds.first { $0.id == table.attribute("kind", row) }?.stages ?? []).filter(stages.contains)
            for stage in of {
                let name = table.attribute("name", row)
                func number(_ element: String) -> Int? { table.fact(FactKey(element, stage), row).number.map { Int($0) } }
                if number("pupils") == 0 { continue }
                var unit = StaffUnit(
                    id: "\(code)/\(stage.rawValue)", school: code, title: of.count > 1 ? "\(name)（\(stage.label.zh)）" : name, stage: stage,
                    setting: table.attribute("setting", row), sponsor: table.attribute("sponsor", row), pupils: number("pupils"),
                    classes: number("classes"))
                let (along, up) = (Double(table.attribute("longitude", row)), Double(table.attribute("latitude", row)))
                if let along, let up, (73...136).contains(along), (3...54).contains(up) {
                    (unit.longitude, unit.latitude) = (Int((along * 1e6).rounded()), Int((up * 1e6).rounded()))
                }
                units.append(unit)
            }
        }
        return units
    }

    private mutating func fill(_ sheet: Sheet, _ places: [String: Int], _ counties: [String: String], _ county: String) {
        var fields = StaffFields(sheet.table, sheet.form)
        for row in 0..<sheet.table.count {
            let code = fields.text("code", row)
            guard let owner = counties[code] else {
                fields.complain("code", row, "学校数据表里没有学校“\(code.prefix(32))”。请核对学校标识码")
                continue
            }
            guard owner == county else { continue }
            for stage in StaffReading.stages {
                guard let place = places["\(code)/\(stage.rawValue)"] else { continue }
                let name = stage.rawValue
                units[place].approved = fields.count("approved_\(name)", row)
                units[place].boarders = fields.count("boarders_\(name)", row)
                units[place].extra = fields.count("extra_\(name)", row)
                func many(_ kind: String, _ most: Int) -> [Int?] { (1...most).map { fields.count("\(kind)_\(name)_\($0)", row) } }
                let grades = many("grade", stage == .primary ? 6 : 3)
                if grades.contains(where: { $0 != nil }) {
                    if grades.contains(where: { $0 == nil }) {
                        fields.complain("code", row, "\(units[place].title)的各年级人数没有填全：要么每个年级都填（没有的填 0），要么都不填")
                    } else {
                        units[place].grades = grades.compactMap { $0 }
                    }
                }
                units[place].intakes = stage == .senior ? [] : many("intake", 5)
                units[place].foreseen = many("foreseen", 5)
            }
        }
        diagnostics += fields.complaints
    }

    private mutating func read(
        _ sheet: Sheet, _ places: inout [String: Int], _ counties: [String: String], _ county: String, _ year: SchoolYear
    ) {
        var fields = StaffFields(sheet.table, sheet.form)
        var found: [StaffMember] = []
        for row in 0..<sheet.table.count {
            let school = fields.text("school", row)
            let owner = counties[school]
            if let owner, owner != county { continue }
            if owner == nil {
                fields.complain("school", row, "学校数据表里没有学校“\(school.prefix(32))”。请核对学校标识码")
                continue
            }
            let written = fields.choice("stage", row)
            guard let stage = StaffReading.stages.first(where: { $0.label.zh == written }) else { continue }
            guard let unit = places["\(school)/\(stage.rawValue)"] else {
                fields.complain("stage", row, "学校“\(school)”没有\(stage.label.zh)段，或在校生数填的是 0")
                continue
            }
            found.append(StaffReading.member(row, unit, year, &fields))
            let name = fields.text("name", row)
            if !name.isEmpty { names[fields.text("code", row)] = name }
        }
        diagnostics += fields.complaints
        if found.isEmpty, fields.complaints.isEmpty {
            diagnostics.append(Diagnostic(.error, "staffing.none", at: .file(sheet.form.sheet), "名册里没有\(county)的教职工"))
        }
        members = found
    }

    private static func member(_ row: Int, _ unit: Int, _ year: SchoolYear, _ fields: inout StaffFields) -> StaffMember {
        var member = StaffMember(
            id: fields.text("code", row), unit: unit, category: fields.choice("category", row), subject: fields.text("post", row))
        member.title = fields.choice("title", row)
        member.sex = fields.choice("sex", row)
        member.born = fields.born("born", row, year)
        member.tenure = fields.choice("tenure", row)
        member.subjects = fields.list("subjects", row)
        let qualified = fields.choice("qualified", row)
        member.qualified = stages.first { $0.label.zh == qualified }
        member.pool = fields.choice("pool", row)
        member.exempt = fields.text("exempt", row)
        member.isHardship = fields.choice("hardship", row) == "是"
        member.wishes = fields.list("wishes", row)
        return member
    }
}
