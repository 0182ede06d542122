public import Foundation
public import Indicators
public import Pages
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

    public init(
        evaluations: any Evaluations, templates: TemplateLibrary,
        paper: @escaping @Sendable (Evaluated, String, String) throws -> Data,
        organisation: String, template: @escaping @Sendable (String, SchoolYear) throws -> Data?
    ) {
        self.evaluations = evaluations
        self.templates = templates
        self.paper = paper
        self.organisation = organisation
        self.template = template
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    /// The evaluation a request asks for, with the scope it settled on.
    func look(year: String?, standard: String?) async throws -> Look {
        let years = try await evaluations.schoolYears()
        guard let newest = years.first else { throw PageMissing("还没有数据。请先导入一份学校数据表") }
        let id = standard.flatMap { evaluations.catalogue.standards[$0] }?.id ?? Look.usual
        let chosen = year.flatMap { SchoolYear(text: $0) }.flatMap { wanted in years.first { $0 == wanted } } ?? newest
        guard let evaluated = try await evaluations.evaluated(id, chosen) else { throw PageMissing("\(chosen.label.zh)没有可用的数据") }
        let before = years.contains(chosen.previous) ? try await evaluations.evaluated(id, chosen.previous) : nil
        return Look(evaluated: evaluated, before: before, years: years, scope: Scope(year: chosen, standard: id), desk: self)
    }
}

/// One request's evaluation, the year before it, and the links of its scope.
struct Look: Sendable {
    static let usual = "balance-2017"

    let evaluated: Evaluated
    let before: Evaluated?
    let years: [SchoolYear]
    let scope: Scope
    let desk: BalanceDesk

    var site: SiteMap { SiteMap(scope) }
    var standard: Standard { evaluated.result.standard }

    func county(_ name: String) throws -> CountyResult {
        guard let county = evaluated.result.county(name) else { throw PageMissing("\(scope.year.label.zh)没有“\(name)”的数据") }
        return county
    }

    func label(_ code: String) -> String { standard.item(code)?.label.zh ?? code }

    /// Frame of a page; `current` is the address the menu marks.
    func frame(_ title: String, lead: String, county: String? = nil, current: String, actions: [PageFrame.Link] = []) -> PageFrame {
        var measuring = [PageFrame.Link("全市总览", site.city, isCurrent: current == site.city)]
        var diagnosing: [PageFrame.Link] = []
        if let county {
            measuring += [
                ("县域达标", site.county(county)), ("学校", site.schools(county)), ("学校地图", site.map(county)), ("两年对比", site.comparison(county)),
            ].map { PageFrame.Link($0.0, $0.1, isCurrent: current == $0.1) }
            diagnosing = [PageFrame.Link("短板清单", site.shortfalls(county), isCurrent: current == site.shortfalls(county))]
        }
        let groups =
            [PageFrame.MenuGroup("量 监测", measuring)] + (diagnosing.isEmpty ? [] : [PageFrame.MenuGroup("诊 短板", diagnosing)])
            + [
                PageFrame.MenuGroup("数据", [PageFrame.Link("下载学校表模板", site.template(standard.form))]),
                PageFrame.MenuGroup("系统", [PageFrame.Link("标准与指标", site.rules, isCurrent: current == site.rules)]),
            ]
        return PageFrame(
            title: title, lead: lead, place: county ?? "全市",
            state: evaluated.isFrozen ? "已冻结 · \(evaluated.source)" : "预览 · \(evaluated.source)",
            menu: groups, scope: scope, years: years,
            standards: desk.evaluations.catalogue.standards.values.filter { $0.form == standard.form }.sorted { $0.id > $1.id }.map {
                ($0.id, $0.label.zh)
            },
            crumbs: county == nil ? [] : [PageFrame.Link("全市", site.city)], actions: actions, organisation: desk.organisation)
    }
}
