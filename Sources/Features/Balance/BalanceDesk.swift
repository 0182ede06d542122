public import Foundation
public import Geography
public import Indicators
public import Pages
internal import Registry
public import Reporting
internal import SiteMap
public import Vocabulary

/// What the balance pages work with.
public struct BalanceDesk: Sendable {
    let evaluations: any Evaluations
    let templates: TemplateLibrary
    /// A county's papers: `docx` and `pdf` of the 自评报告, `xlsx` of the 短板清单.
    let paper: @Sendable (Evaluated, _ county: String, _ kind: String) throws -> Data
    /// The bureau's name in the menu.
    let organisation: String
    /// The empty workbook of a form.
    let template: @Sendable (_ form: String, _ year: SchoolYear) throws -> Data?
    let boundaries: any Boundaries
    /// Writes tables as workbooks.
    let books: any SheetBookWriter

    public init(
        evaluations: any Evaluations, templates: TemplateLibrary,
        paper: @escaping @Sendable (Evaluated, String, String) throws -> Data,
        organisation: String, template: @escaping @Sendable (String, SchoolYear) throws -> Data?,
        boundaries: any Boundaries, books: any SheetBookWriter
    ) {
        self.evaluations = evaluations
        self.templates = templates
        self.paper = paper
        self.organisation = organisation
        self.template = template
        self.boundaries = boundaries
        self.books = books
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    /// The evaluation a request asks for, with the scope it settled on.
    func look(year: String?, standard: String?, isLive: Bool, visit: Visit) async throws -> Look {
        let available = try await evaluations.availability()
        let usual = available[Scope.usualStandard] == nil ? available.keys.sorted().first ?? Scope.usualStandard : Scope.usualStandard
        let id = standard.flatMap { available[$0] == nil ? nil : $0 } ?? usual
        let years = available[id] ?? []
        guard let newest = years.first else { throw PageMissing("还没有数据。请先在“数据导入”里导入一份学校数据表") }
        let chosen = year.flatMap { SchoolYear(text: $0) }.flatMap { wanted in years.first { $0 == wanted } } ?? newest
        let view: DataView = isLive ? .live : .official
        guard let evaluated = try await evaluations.evaluated(id, chosen, view) else {
            throw PageMissing("\(chosen.label.zh)没有可用的数据")
        }
        let before = years.contains(chosen.previous) ? try await evaluations.evaluated(id, chosen.previous, view) : nil
        return Look(
            evaluated: visit.seen(evaluated), before: before.map(visit.seen), judged: evaluated.result, years: years,
            standards: available.filter { $0.value.contains(chosen) }.keys.sorted(by: >),
            scope: Scope(year: chosen, standard: id, isLive: isLive), visit: visit, desk: self)
    }
}

/// One request's evaluation, the year before it, and the links of its scope.
struct Look: Sendable {
    let evaluated: Evaluated
    let before: Evaluated?
    /// The result with all schools, for sums over them; `whole` hands it out.
    fileprivate let judged: StandardResult
    let years: [SchoolYear]
    /// Standards with data in this year.
    let standards: [String]
    let scope: Scope
    let visit: Visit
    let desk: BalanceDesk
    /// What the address asks besides the scope: filters, the order of a table.
    var query = PageQuery()

    var site: SiteMap { SiteMap(scope) }
    var standard: Standard { evaluated.result.standard }

    /// The county with the schools the visitor may see. Throws `NotAllowed` where nothing of it may be seen.
    func county(_ name: String) throws -> CountyResult {
        try visit.requireSight(of: name)
        guard let county = evaluated.result.county(name) else { throw PageMissing("\(scope.year.label.zh)没有“\(name)”的数据") }
        return county
    }

    /// Throws `NotAllowed` unless all schools of the county may be seen.
    func wholeCounty(_ name: String) throws -> CountyResult {
        try visit.require(.look, in: name)
        return try county(name)
    }

    /// The county as it was judged, with all of its schools: for numbers over all of them. No row of it is to be shown.
    func whole(_ county: CountyResult) -> CountyResult {
        isPart(county) ? judged.county(county.county) ?? county : county
    }

    /// Whether the visitor sees only some of the county's schools.
    func isPart(_ county: CountyResult) -> Bool { !visit.sight.covers(county: county.county) }

    func maySee(_ unit: UnitResult, in county: CountyResult) -> Bool { visit.sight.covers(school: unit.school, in: county.county) }

    func label(_ code: String) -> String { standard.item(code)?.label.zh ?? code }

    /// Frame of a page; `current` is the address the menu marks.
    func frame(_ title: String, lead: String, county: String? = nil, current: String, actions: [PageFrame.Link] = []) -> PageFrame {
        let standing = county.map(evaluated.standing)
        var frame = PageFrame(
            title: title, lead: lead, place: county ?? "全市", state: standing?.badge ?? cityState,
            menu: MainMenu.groups(site, county: county, visit: visit, form: standard.form, current: current), scope: scope, years: years,
            standards: standards.map { ($0, desk.evaluations.catalogue.standards[$0]?.label.zh ?? $0) },
            crumbs: county == nil ? [] : [PageFrame.Link(visit.sight.isSchoolsOnly ? "本校" : "全市", site.city)], actions: actions,
            organisation: desk.organisation, visit: visit)
        if scope.isLive || standing?.hasCorrection == true {
            var other = scope
            other.isLive.toggle()
            let url = (county.map { SiteMap(other).county($0) }) ?? SiteMap(other).city
            frame.otherView = [PageFrame.Link(scope.isLive ? "看已冻结的数据" : "正在更正，看更正中的数据", url)]
        }
        return frame
    }

    private var cityState: String {
        let frozen = evaluated.frozenCounties
        let all = evaluated.result.counties.count
        return frozen == all ? "全部已冻结" : "已冻结\(frozen)个县，其余\(all - frozen)个为预览"
    }
}
