internal import Vocabulary

/// A school's stage as a unit of judgement.
struct SchoolUnit: Sendable {
    var row: Int
    var stage: Stage
    var county: Int
    /// Share of the school's common resources; NaN when a pupil count it needs is absent.
    var share: Double
    var isDivided: Bool
}

/// The units a standard looks at, and the schools it leaves out.
struct UnitTable: Sendable {
    var units: [SchoolUnit] = []
    var excluded: [(county: Int, school: ExcludedSchool)] = []
    var counties: [String] = []
    let table: ReturnTable
    let standard: Standard
    let catalogue: IndicatorCatalogue
    private let numbers: UnitNumbers

    init(_ table: ReturnTable, standard: Standard, catalogue: IndicatorCatalogue) {
        self.table = table
        self.standard = standard
        self.catalogue = catalogue
        numbers = UnitNumbers(table, catalogue)
        counties = Set((0..<table.count).map { table.attribute("county", $0) }).sorted()
        // Where the counties' own return is all a standard asks for, its rows are counties and no schools.
        guard standard.form != standard.countyForm else { return }
        let places = Dictionary(uniqueKeysWithValues: counties.enumerated().map { ($1, $0) })
        for row in 0..<table.count { add(row, places[table.attribute("county", row)] ?? 0) }
    }

    func stages(_ row: Int) -> [Stage] { numbers.stages(row) }

    private mutating func add(_ row: Int, _ county: Int) {
        let held = stages(row)
        let judged = standard.stages.filter(held.contains)
        var reasons: [ExcludedSchool] = []
        var kept = 0
        for stage in judged {
            if let reason = exclusion(row, stage) {
                reasons.append(reason)
            } else {
                let share = share(row, stage)
                units.append(SchoolUnit(row: row, stage: stage, county: county, share: share.value, isDivided: share.isDivided))
                kept += 1
            }
        }
        if judged.isEmpty { reasons.append(exclusion(row, nil) ?? excludedSchool(row, "otherStage", "没有本标准评估的学段", "")) }
        // In the order of the stages: the same returns must give the same bytes.
        var named: Set<ExcludedSchool> = []
        for reason in reasons where named.insert(reason).inserted && (kept == 0 || reason.reason != "noPupils") {
            excluded.append((county, reason))
        }
    }

    private func exclusion(_ row: Int, _ stage: Stage?) -> ExcludedSchool? {
        let lookup = { [numbers] (name: String) in numbers.operand(name, row: row, stage: stage, share: 1) }
        if let rule = standard.exclusions.first(where: { $0.when.holds(lookup) }) {
            var school = excludedSchool(row, rule.reason, rule.label.zh, rule.clause)
            school.label = rule.label
            return school
        }
        if let stage, table.fact(FactKey("pupils", stage), row).number == 0 { return excludedSchool(row, "noPupils", "没有在校生", "") }
        return nil
    }

    private func excludedSchool(_ row: Int, _ reason: String, _ label: String, _ clause: String) -> ExcludedSchool {
        ExcludedSchool(
            school: table.attribute("code", row), name: table.attribute("name", row), reason: reason,
            label: LocalizedText(zh: label), clause: clause)
    }

    /// The part of shared resources of one stage: weight × pupils over the sum of the same for all its stages.
    private func share(_ row: Int, _ stage: Stage) -> (value: Double, isDivided: Bool) {
        guard let weights = standard.apportionment[table.attribute("kind", row)], let own = weights[stage] else { return (1, false) }
        var whole = 0.0
        // In the order of the stages: a sum of three depends on it in its last bit.
        for (other, weight) in weights.sorted(by: { $0.key < $1.key }) {
            whole += weight * (table.fact(FactKey("pupils", other), row).number ?? .nan)
        }
        let part = own * (table.fact(FactKey("pupils", stage), row).number ?? .nan)
        return (whole == 0 ? .nan : part / whole, true)
    }

    func operand(_ name: String, row: Int, stage: Stage?, share: Double) -> Operand {
        numbers.operand(name, row: row, stage: stage, share: share)
    }

    func operand(_ name: String, _ unit: SchoolUnit) -> Operand {
        if let split = split(name, unit) { return .number(split.value ?? .nan) }
        return operand(name, row: unit.row, stage: unit.stage, share: unit.share)
    }

    /// One number of every unit.
    func column(_ name: String) -> [Double] { units.map { operand(name, $0).value } }

    /// Why a number of a unit is absent; nil when it is there.
    func absence(_ name: String, _ unit: SchoolUnit) -> Absence? {
        guard operand(name, unit).value.isNaN else { return nil }
        guard let key = FactKey(name), let element = catalogue.elements[key.element] else { return .noColumn }
        let reported = element.scope == .stage && key.stage == nil ? FactKey(key.element, unit.stage) : key
        if case .absent(let reason) = table.fact(reported, unit.row) { return reason }
        return unit.share.isNaN ? .blank : nil
    }
}

/// What the numbers of units are looked up in: one object, so that a formula's look-up holds one reference and not a copy of the whole table.
final class UnitNumbers: Sendable {
    private let table: ReturnTable
    private let elements: [String: DataElement]
    private let kinds: [String: [Stage]]

    init(_ table: ReturnTable, _ catalogue: IndicatorCatalogue) {
        self.table = table
        elements = catalogue.elements
        kinds = Dictionary(catalogue.kinds.map { ($0.id, $0.stages.sorted()) }) { first, _ in first }
    }

    /// Stages a school may hold by its kind; what an unknown kind holds is read off its pupils.
    func stages(_ row: Int) -> [Stage] {
        if let kind = kinds[table.attribute("kind", row)] { return kind }
        return Stage.allCases.filter { (table.fact(FactKey("pupils", $0), row).number ?? 0) > 0 }
    }

    /// What a name in a formula stands for: an attribute, a number of the unit's stage, its part of a shared number,
    /// or a number of the whole school.
    func operand(_ name: String, row: Int, stage: Stage?, share: Double) -> Operand {
        if let column = table.attributes[name] { return .text(column[row]) }
        guard let key = FactKey(name), let element = elements[key.element] else { return .number(.nan) }
        if element.scope == .stage, key.stage == nil {
            return .number(stage.flatMap { table.fact(FactKey(key.element, $0), row).number } ?? .nan)
        }
        if let number = table.fact(key, row).number {
            return .number(element.scope == .shared && key.stage == nil ? number * share : number)
        }
        // A school without a stage has none of its pupils, classes or teachers: that is known, not missing.
        if let other = key.stage, !stages(row).contains(other) { return .number(0) }
        return .number(.nan)
    }
}
