internal import Exchanges
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// Every county's rate of exchange in a school year against the rule.
struct RotationListPage: Sendable {
    let page: PageFrame
    let rule: String
    let counties: ShownTable

    init(
        _ desk: RotationDesk, counties names: [String], _ turns: [Exchange], _ bases: [ExchangeBase], _ query: PageQuery, _ visit: Visit,
        _ scope: Scope, _ years: [SchoolYear]
    ) {
        let site = SiteMap(scope)
        let rules = desk.rules
        let rates = desk.rates(names, turns, bases, scope.year, visit).map { ($0.county, $0.rates) }
        let met = rates.count { $0.1.rate.verdict == .met && $0.1.backbone.verdict == .met }
        let title =
            rates.isEmpty
            ? "\(scope.year.label.zh)还没有交流记录" : "\(rates.count)个县中\(met)个交流比例和骨干比例都达到规定"
        page = desk.frame(
            title, lead: "只算已经到岗的交流；拟交流的另列。基数来自做方案时的教师名册，没有基数的不下结论。", visit, scope, years: years, place: "全市")
        rule =
            "规定：每学年交流人数不低于\(rules.basis.label.zh)的\(rules.rate)，其中骨干教师不低于\(rules.backboneShare)（\(rules.document)）。"
        counties = DataTable(
            "counties", "各县交流比例",
            columns: [
                .init("county", "县（市、区）", isTight: true), .init("verdict", "交流比例", isTight: true), .init("rate", "占基数", .figure),
                .init("moved", "已交流", .number(0), total: .sum), .init("base", "基数", .number(0), total: .sum),
                .init("backboneVerdict", "骨干比例", isTight: true), .init("backbones", "其中骨干", .number(0), total: .sum),
                .init("planned", "拟交流", .number(0), total: .sum),
            ],
            rows: rates.map { county, rates in
                [
                    .init(county, url: site.rotation(county)), .init(Light(rates.rate.verdict)),
                    .init(rates.rate.value, rates.rate.value.map { RotationFigures.percent($0) }), .init(Double(rates.moved)),
                    .init(rates.rate.whole.map(Double.init)), .init(Light(rates.backbone.verdict)), .init(Double(rates.backbones)),
                    .init(Double(rates.planned)),
                ]
            }
        ).shown(query)
    }
}
