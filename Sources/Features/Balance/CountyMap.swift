internal import Geography
internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// Maps of the city and of one county, drawn on the bureau's own outlines.
struct CountyMap {
    let look: Look
    private let outlines: [Boundary]
    private let system: CoordinateSystem

    init(_ look: Look) {
        self.look = look
        outlines = look.desk.boundaries.boundaries()
        system = look.desk.boundaries.schoolCoordinates
    }

    /// Counties coloured by verdict; empty without a boundary file.
    func city(_ counties: [CountyResult]) -> String {
        let areas = outlines.map { outline in
            guard let county = counties.first(where: { $0.county == outline.name }) else {
                return AreaMap.Area(outline, style: "plain", lines: [outline.name])
            }
            let light = Light(county.verdict)
            return AreaMap.Area(
                outline, style: light.style, lines: [county.county, "\(light.shape) \(light.word)"], url: look.site.county(county.county),
                title: "\(county.county)：\(light.word)，\(county.units.count { $0.verdict == .met }) / \(county.units.count)个学校单位达标")
        }
        return AreaMap(areas: areas, width: 560, tallest: 430).svg("各县（市、区）的结论")
    }

    /// Counties the boundary file does not name.
    func unmapped(_ counties: [CountyResult]) -> [String] {
        let names = Set(outlines.map(\.name))
        return counties.map(\.county).filter { !names.contains($0) }
    }

    /// The schools of one county over its outline. Nil points are schools without coordinates.
    func schools(_ county: CountyResult) -> (svg: String, unplaced: Int) {
        let grouped = Dictionary(grouping: county.units, by: \.school).sorted { $0.key < $1.key }
        let places = grouped.compactMap { code, units in place(code, units, county) }
        let areas = outlines.map { outline in
            AreaMap.Area(
                outline, style: outline.name == county.county ? "home" : "plain",
                url: outline.name == county.county ? nil : look.site.map(outline.name), title: outline.name)
        }
        let home = outlines.first { $0.name == county.county }?.polygons.flatMap(\.outer) ?? []
        let map = AreaMap(areas: areas, places: places, focus: home + places.map(\.point), width: 760, tallest: 560)
        return (places.isEmpty && home.isEmpty ? "" : map.svg("\(county.county)学校分布", style: "wide"), grouped.count - places.count)
    }

    private func place(_ code: String, _ units: [UnitResult], _ county: CountyResult) -> AreaMap.Place? {
        guard let unit = units.first, let point = look.evaluated.evaluation.schools.point(unit.row, in: system) else { return nil }
        let pupils = units.reduce(0) { $0 + ($1.pupils ?? 0) }
        let verdict = Verdict.all(units.map(\.verdict))
        return AreaMap.Place(
            unit.name, at: point, size: pupils, light: Light(verdict), url: look.site.school(county.county, code),
            title: "\(unit.name)：\(verdict.label.zh)，学生\(Figure.grouped(pupils))人", isLabelled: verdict != .met)
    }
}
