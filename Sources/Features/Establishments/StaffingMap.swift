internal import Geography
internal import Pages
internal import SiteMap
internal import Staffing

/// 超编 and 缺编 on the bureau's own outlines.
struct StaffingMap {
    let boundaries: any Boundaries
    let site: SiteMap

    init(_ desk: EstablishmentDesk, _ site: SiteMap) {
        boundaries = desk.boundaries
        self.site = site
    }

    /// Counties by the sum of their staff; empty without outlines.
    func city(_ surveys: [StaffingSurvey]) -> String {
        let areas = boundaries.boundaries().map { outline in
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
        let map = CountyMap(survey.county, boundaries)
        let places = grouped.compactMap { code, units in place(survey.county, code, units, map) }
        let svg = map.svg("\(survey.county)各校超编缺编", places) { site.staffing($0) }
        return (svg, grouped.count - places.count)
    }

    private func place(_ county: String, _ code: String, _ units: [UnitStaffing], _ map: CountyMap) -> AreaMap.Place? {
        guard let unit = units.first, let point = map.point(latitude: unit.latitude, longitude: unit.longitude) else { return nil }
        let order: [StaffStanding] = [.short, .over, .unknown, .even]
        let standing = order.first { wanted in units.contains { $0.standing == wanted } } ?? .unknown
        let words = units.map { "\($0.title)：编制\($0.establishment.map(String.init) ?? "不知")，\(StaffingWords.balance($0.balance))" }
        let extremes = units.contains { abs($0.balance ?? 0) >= 8 }
        return AreaMap.Place(
            unit.title, at: point, size: units.reduce(0) { $0 + Double($1.pupils ?? 0) }, light: StaffingWords.light(standing),
            url: site.staffingSchool(county, code), title: words.joined(separator: "；"), isLabelled: extremes)
    }
}
