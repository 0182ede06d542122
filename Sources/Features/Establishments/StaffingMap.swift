internal import Geography
internal import Pages
internal import SiteMap
internal import Staffing

/// 超编 and 缺编 on the bureau's own outlines.
struct StaffingMap {
    let outlines: [Boundary]
    let system: CoordinateSystem
    let site: SiteMap

    init(_ desk: EstablishmentDesk, _ site: SiteMap) {
        outlines = desk.boundaries.boundaries()
        system = desk.boundaries.schoolCoordinates
        self.site = site
    }

    /// Counties by the sum of their staff; empty without outlines.
    func city(_ surveys: [StaffingSurvey]) -> String {
        let areas = outlines.map { outline in
            guard let survey = surveys.first(where: { $0.county == outline.name }) else {
                return AreaMap.Area(outline, style: "plain", lines: [outline.name])
            }
            let light = StaffingWords.light(survey.standing)
            let words = survey.balance.map { StaffingWords.balance($0) } ?? light.word
            return AreaMap.Area(
                outline, style: light.style, lines: [survey.county, "\(light.shape) \(words)"], url: site.staffing(survey.county),
                title: StaffingWords.headline(survey))
        }
        return AreaMap(areas: areas, width: 560, tallest: 430).svg("各县（市、区）超编缺编")
    }

    /// The schools of a county. A school of two stages shows the worse of the two.
    func schools(_ survey: StaffingSurvey) -> (svg: String, unplaced: Int) {
        let grouped = Dictionary(grouping: survey.units, by: \.school).sorted { $0.key < $1.key }
        let places = grouped.compactMap { code, units in place(survey.county, code, units) }
        let areas = outlines.map { outline in
            AreaMap.Area(
                outline, style: outline.name == survey.county ? "home" : "plain",
                url: outline.name == survey.county ? nil : site.staffing(outline.name), title: outline.name)
        }
        let home = outlines.first { $0.name == survey.county }?.polygons.flatMap(\.outer) ?? []
        let map = AreaMap(areas: areas, places: places, focus: home + places.map(\.point), width: 760, tallest: 560)
        return (
            places.isEmpty && home.isEmpty ? "" : map.svg("\(survey.county)各校超编缺编", style: "wide"), grouped.count - places.count
        )
    }

    private func place(_ county: String, _ code: String, _ units: [UnitStaffing]) -> AreaMap.Place? {
        guard let unit = units.first, let up = unit.latitude, let along = unit.longitude else { return nil }
        let point = system.toWGS84(GeoPoint(longitude: Double(along) / 1e6, latitude: Double(up) / 1e6))
        let order: [StaffStanding] = [.short, .over, .unknown, .even]
        let standing = order.first { wanted in units.contains { $0.standing == wanted } } ?? .unknown
        let words = units.map { "\($0.title)：编制\($0.establishment.map(String.init) ?? "不知")，\(StaffingWords.balance($0.balance))" }
        let extremes = units.contains { abs($0.balance ?? 0) >= 8 }
        return AreaMap.Place(
            unit.title, at: point, size: units.reduce(0) { $0 + Double($1.pupils ?? 0) }, light: StaffingWords.light(standing),
            url: site.staffingSchool(county, code), title: words.joined(separator: "；"), isLabelled: extremes)
    }
}
