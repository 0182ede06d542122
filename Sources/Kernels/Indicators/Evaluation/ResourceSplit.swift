internal import Vocabulary

/// What a school shares between its stages, divided for one of them in both ways there are: by the standard's weights and
/// as the school itself reports. Both are kept; `used` says which one decided.
public struct ResourceSplit: Sendable, Hashable {
    /// As reported for the whole school.
    public var whole: Double?
    /// Whole × weight × pupils over the sum of the same; nil when a pupil count or the whole is absent.
    public var weighted: Double?
    /// The school's own division; nil where it reports none, or not for every judged stage that has pupils.
    public var reported: Double?
    public var used: Standard.SplitRule

    public var value: Double? { used == .reported ? reported : weighted }
}

extension UnitTable {
    /// Both divisions of one number for a unit; nil for what is not divided.
    func split(_ name: String, _ unit: SchoolUnit) -> ResourceSplit? {
        guard unit.isDivided, let element = catalogue.elements[name], element.scope == .shared else { return nil }
        let whole = table.fact(FactKey(name, nil), unit.row).number
        let reported = isDividedBySchool(name, unit.row) ? table.fact(FactKey(name, unit.stage), unit.row).number : nil
        return ResourceSplit(
            whole: whole, weighted: unit.share.isNaN ? nil : whole.map { $0 * unit.share }, reported: reported,
            used: standard.split == .reported && reported != nil ? .reported : .weights)
    }

    /// Whether the school reports a part for every stage the standard judges that has pupils: half a division is none.
    private func isDividedBySchool(_ name: String, _ row: Int) -> Bool {
        let held = stages(row).filter { standard.stages.contains($0) && table.fact(FactKey("pupils", $0), row).number != 0 }
        return held.allSatisfy { table.fact(FactKey(name, $0), row).number != nil }
    }

    /// The divisions of a unit's numbers for which the school reports its own.
    func splits(_ names: some Sequence<String>, _ unit: SchoolUnit) -> [String: ResourceSplit] {
        guard unit.isDivided else { return [:] }
        var found: [String: ResourceSplit] = [:]
        for name in names { if let split = split(name, unit), split.reported != nil { found[name] = split } }
        return found
    }
}
