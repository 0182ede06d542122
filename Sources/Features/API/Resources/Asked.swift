internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// The evaluation a request asks for. Unlike a page it never answers for another year or standard than the one named.
struct Asked: Sendable {
    let evaluated: Evaluated
    let standard: Standard
    let year: SchoolYear
    let catalogue: IndicatorCatalogue

    /// Throws `notFound` where the year has no data for the standard.
    init(_ call: Call, _ desk: ApiDesk, year given: SchoolYear? = nil, standard named: String? = nil) async throws {
        let available = try await desk.evaluations.availability()
        let usual = available[Scope.usualStandard] == nil ? available.keys.sorted().first ?? Scope.usualStandard : Scope.usualStandard
        let id = named ?? call.text("standard") ?? usual
        guard let rules = desk.catalogue.standards[id] else {
            throw Problem(.notFound, "没有标准“\(id)”，可用的见 /api/v1/standards", "There is no standard of that id, see /api/v1/standards")
        }
        let asked = given ?? call.integer("year").map { SchoolYear($0) }
        guard let year = asked ?? available[id]?.first else {
            throw Problem(.notFound, "“\(rules.label.zh)”还没有数据", "There are no data for this standard yet")
        }
        let view = call.text("view").flatMap { DataView(rawValue: $0) } ?? .official
        guard available[id]?.contains(year) == true, let found = try await desk.evaluations.evaluated(id, year, view) else {
            throw Problem(.notFound, "\(year.label.zh)没有“\(rules.label.zh)”的数据", "There are no data for this standard and year")
        }
        evaluated = call.visit.seen(found)
        standard = rules
        self.year = year
        catalogue = desk.catalogue
    }

    /// The counties all of which the caller may look at: whoever sees some of the schools gets no sums over them.
    func wholeCounties(_ call: Call) -> [CountyResult] {
        evaluated.result.counties.filter { call.visit.may(.look, in: $0.county) }
    }

    /// The county named in the path, whole. Throws a 403 where not all of it is for the caller to look at.
    func county(_ call: Call) throws -> CountyResult {
        try call.require(.look, in: call.segment("county"))
        return try found(call)
    }

    /// The county named in the path with the schools the caller may see, for rows of schools and nothing that sums over them.
    func seenCounty(_ call: Call) throws -> CountyResult {
        try call.requireSight(of: call.segment("county"))
        return try found(call)
    }

    private func found(_ call: Call) throws -> CountyResult {
        let name = call.segment("county")
        guard let county = evaluated.result.county(name) else {
            throw Problem(.notFound, "\(year.label.zh)没有“\(name)”的数据", "There are no data of this county and year")
        }
        return county
    }

    /// The units a caller may see: all of the county, or those of the one school its token is for.
    func units(_ call: Call, of county: CountyResult) -> [UnitResult] {
        call.onlySchool.map { county.units(of: $0) } ?? county.units
    }

    /// The school named in the path. Throws where a token is for another one.
    func school(_ call: Call, of county: CountyResult) throws -> [UnitResult] {
        let code = call.segment("school")
        if let only = call.onlySchool, only != code { throw Problem(.scope, "这个令牌只限另一所学校", "The token is for another school") }
        let units = county.units(of: code)
        guard !units.isEmpty || county.excluded.contains(where: { $0.school == code }) else {
            throw Problem(.notFound, "这个县没有这所学校，或这一学年没有它的数据", "There is no such school in this county and year")
        }
        return units
    }

    func label(_ code: String) -> LocalizedText {
        let item = standard.item(code)
        if let label = item?.label, !label.zh.isEmpty { return label }
        return item?.indicator.flatMap { catalogue.indicators[$0]?.label } ?? LocalizedText(zh: code)
    }
}
