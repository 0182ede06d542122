public import Vocabulary

/// How one value of a school unit came about: formula, every number it took with its workbook cell, the part of shared
/// resources, and the clause it is held against.
public struct Explanation: Sendable {
    public struct Input: Sendable {
        public var name: String
        public var label: String
        public var unit: String
        /// As reported, for the whole school where the number is shared.
        public var reported: Double?
        /// As used for this unit.
        public var used: Double?
        public var absence: Absence?
        public var cell: Diagnostic.Place?
        public var file: String
        /// Divided between the stages of the school.
        public var isShared: Bool
        /// Both divisions of a shared number, with the one that was used; nil for what is not divided.
        public var split: ResourceSplit?
    }

    public var indicator: Indicator
    public var item: Standard.Item
    public var part: Standard.Part
    public var inputs: [Input]
    public var numerator: Double?
    public var denominator: Double?
    public var value: Double?
    public var threshold: Double?
    public var floor: Double?
    /// Pupils and weights by which shared resources were divided; empty where nothing is.
    public var weights: [(stage: Stage, weight: Double, pupils: Double?)]
    public var share: Double?
}

extension Evaluation {
    /// Explains the value of one item for one unit; nil when there is no such unit or item.
    public func explain(_ code: String, _ unit: UnitResult) -> Explanation? {
        guard let (part, item) = standard.measured.first(where: { $0.item.code == code }),
            let indicator = item.indicator.flatMap({ catalogue.indicators[$0] }),
            let place = units.units.first(where: { $0.row == unit.row && $0.stage == unit.stage })
        else { return nil }
        var names: [String] = []
        for name in indicator.numerator.variables + indicator.denominator.variables where !names.contains(name) { names.append(name) }
        let lookup = { (name: String) in units.operand(name, place) }
        let top = indicator.numerator.evaluate(lookup) * indicator.factor
        let bottom = indicator.denominator.evaluate(lookup)
        let weights = place.isDivided ? standard.apportionment[unit.kind] ?? [:] : [:]
        return Explanation(
            indicator: indicator, item: item, part: part, inputs: names.map { input($0, place) }, numerator: top.isNaN ? nil : top,
            denominator: bottom.isNaN ? nil : bottom, value: unit.values[code], threshold: item.threshold[unit.stage],
            floor: UnitRuling.floor(part, item, unit.stage),
            weights: weights.sorted { $0.key < $1.key }.map {
                ($0.key, $0.value, schools.fact(FactKey("pupils", $0.key), unit.row).number)
            },
            share: place.isDivided ? unit.share : nil)
    }

    private func input(_ name: String, _ unit: SchoolUnit) -> Explanation.Input {
        let element = catalogue.elements[FactKey(name)?.element ?? name]
        let isOfStage = element?.scope == .stage && FactKey(name)?.stage == nil
        let key = isOfStage ? FactKey(element?.id ?? name, unit.stage) : FactKey(name) ?? FactKey(name, nil)
        let used = units.operand(name, unit).value
        return Explanation.Input(
            name: key.description, label: (isOfStage ? unit.stage.label.zh : "") + (element?.label.zh ?? name), unit: element?.unit ?? "",
            reported: schools.fact(key, unit.row).number, used: used.isNaN ? nil : used, absence: units.absence(name, unit),
            cell: schools.cell(key.description, unit.row), file: schools.origin(unit.row)?.file ?? "",
            isShared: element?.scope == .shared && unit.isDivided, split: units.split(name, unit))
    }
}
