public import Exchanges
public import Indicators
public import Vocabulary

/// A county's problem out of its schools' returns and its roster of teachers.
public struct RosterReading: Sendable {
    /// Nil where anything had to be complained of.
    public private(set) var problem: RotationProblem?
    /// Names by teacher's code, for the named list alone; they are no part of the problem.
    public private(set) var names: [String: String] = [:]
    public private(set) var diagnostics: [Diagnostic] = []

    /// What the roster calls those who are exchanged.
    static let teaching = "专任教师"
    /// The stages between whose schools teachers are exchanged.
    public static let stages: [Stage] = [.primary, .junior]

    public init(
        schools: ReturnTable, roster: ReturnTable, form: ReturnForm, kinds: [SchoolKind], county: String, year: SchoolYear,
        rules: RotationRules
    ) {
        var read = UnitReading(schools, kinds, county)
        var fields = RosterFields(roster: roster, form: form, year: year)
        var teachers: [RotationProblem.Teacher] = []
        for row in 0..<roster.count {
            let school = fields.text("school", row)
            let owner = read.counties[school]
            if let owner, owner != county { continue }
            // A roster of the whole staff also names others than teachers, and those of senior schools.
            let written = fields.choice("stage", row)
            let category = fields.choice("category", row)
            if written == Stage.senior.label.zh || !category.isEmpty && category != RosterReading.teaching { continue }
            let stage = written == Stage.junior.label.zh ? Stage.junior : .primary
            let teacher = RosterReading.teacher(row, stage, &fields, rules)
            if owner == nil {
                fields.complain("school", row, "学校数据表里没有学校“\(school.prefix(32))”。请核对学校标识码")
                continue
            }
            guard let unit = read.places["\(school)/\(stage.rawValue)"] else {
                fields.complain("stage", row, "学校“\(school)”没有\(stage.label.zh)段，或在校生数没有填写")
                continue
            }
            read.join(fields.text("alliance", row), unit)
            teachers.append(teacher)
            teachers[teachers.count - 1].unit = unit
            let name = fields.text("name", row)
            if !name.isEmpty { names[fields.text("code", row)] = name }
        }
        diagnostics = read.complaints + fields.complaints
        if teachers.isEmpty, diagnostics.isEmpty {
            diagnostics = [Diagnostic(.error, "roster.none", at: .file(form.sheet), "名册里没有\(county)的教师")]
        }
        guard !diagnostics.contains(where: { $0.severity == .error }) else { return }
        problem = RotationProblem(region: county, year: year, units: read.units, teachers: teachers, rules: rules)
    }

    /// A teacher whose unit is not yet known.
    private static func teacher(
        _ row: Int, _ stage: Stage, _ fields: inout RosterFields, _ rules: RotationRules
    ) -> RotationProblem.Teacher {
        var teacher = RotationProblem.Teacher(
            id: fields.text("code", row), unit: 0, post: fields.text("post", row),
            isBackbone: rules.backboneLevels.contains(fields.choice("backbone", row)),
            isQualified: rules.degrees[stage]?.contains(fields.choice("degree", row)) ?? false)
        let since = fields.yearsSince("since", row, most: 50)
        teacher.years = fields.number("years", row, 0...50) ?? since
        teacher.age = fields.yearsSince("born", row, most: 80)
        teacher.sex = fields.choice("sex", row)
        teacher.tenure = fields.choice("tenure", row)
        teacher.exempt = fields.text("exempt", row)
        teacher.isHardship = fields.choice("hardship", row) == "是"
        teacher.couple = fields.text("couple", row)
        teacher.terms = fields.number("terms", row, 0...10)
        teacher.exchanged = fields.schoolYear("exchanged", row)
        teacher.home = fields.place("home_longitude", "home_latitude", row)
        let isBreak: (Character) -> Bool = { "、,，;； ".contains($0) }
        teacher.wishes = fields.text("wishes", row).split(whereSeparator: isBreak).map(String.init)
        return teacher
    }
}

/// The school units of a county out of its returns.
private struct UnitReading {
    var units: [RotationProblem.Unit] = []
    /// Place in `units` by id.
    var places: [String: Int] = [:]
    /// County by school code, of all counties.
    var counties: [String: String] = [:]
    var complaints: [Diagnostic] = []

    init(_ table: ReturnTable, _ kinds: [SchoolKind], _ county: String) {
        for row in 0..<table.count {
            let code = table.attribute("code", row)
            counties[code] = table.attribute("county", row)
            guard counties[code] == county else { continue }
            let place = RotationProblem.Place(longitude: table.attribute("longitude", row), latitude: table.attribute("latitude", row))
            let stages = kinds.first { $0.id == table.attribute("kind", row) }?.stages ?? []
            for stage in RosterReading.stages where stages.contains(stage) {
                guard let pupils = table.fact(FactKey("pupils", stage), row).number, pupils >= 1 else { continue }
                let id = "\(code)/\(stage.rawValue)"
                places[id] = units.count
                let name = table.attribute("name", row)
                units.append(
                    RotationProblem.Unit(
                        id: id, school: code, title: stages.count > 1 ? "\(name)（\(stage.label.zh)）" : name, stage: stage,
                        pupils: Int(pupils),
                        sponsor: table.attribute("sponsor", row), setting: table.attribute("setting", row), place: place))
            }
        }
    }

    /// What a teacher's row says of the school's alliance.
    mutating func join(_ alliance: String, _ unit: Int) {
        guard !alliance.isEmpty else { return }
        for place in units.indices where units[place].school == units[unit].school && units[place].alliance.isEmpty {
            units[place].alliance = alliance
        }
    }
}
