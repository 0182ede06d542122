internal import Alliances
internal import Pages
internal import Vocabulary

/// A member's changes beside those of the county's other schools: one line for each item, in per cent of the value before.
struct EffectChart {
    let title: String
    let svg: String
    private static let (width, left, right, row) = (460.0, 150.0, 430.0, 24.0)

    /// `rows` are of one member's stage and one year.
    init(_ rows: [AllianceEffect.Row], _ items: [EffectItem]) {
        let first = rows[0]
        title = "\(first.member.school.name)（\(first.stage.label.zh)）\(first.base.description)至\(first.year.description)"
        let shares = rows.flatMap { [$0.relative, $0.othersRelative] }.compactMap { $0 }.map { abs($0) }
        let most = Swift.max(shares.max() ?? 0, 0.01)
        let middle = (EffectChart.left + EffectChart.right) / 2
        func x(_ share: Double) -> Double { middle + share / most * (EffectChart.right - EffectChart.left) / 2 }
        let height = Double(rows.count) * EffectChart.row + 30
        var shapes = Svg.line("rule", middle, 6, middle, height - 24)
        for (place, row) in rows.enumerated() {
            let y = 16 + Double(place) * EffectChart.row
            let label = items.first { $0.code == row.code }?.label.zh ?? row.code
            shapes += Svg.text(EffectChart.left - 14, y + 4, String(label.prefix(11)), anchor: "end", style: "tiny")
            guard let own = row.relative else {
                // A share of nothing is no share; the change itself stands in the table.
                shapes += Svg.text(middle + 6, y + 4, row.change == nil ? "资料不足" : "加入前为0，见下表", style: "soft tiny")
                continue
            }
            if let others = row.othersRelative {
                shapes += Svg.line("link", x(others), y, x(own), y)
                shapes += Svg.circle("before", x(others), y, 5, title: "县内其他\(row.others)所学校平均：\(EffectChart.percent(others))")
            }
            shapes += Svg.circle("met", x(own), y, 5, title: "\(first.member.school.name)：\(EffectChart.percent(own))")
        }
        for share in [-most, 0, most] {
            shapes += Svg.text(x(share), height - 6, EffectChart.percent(share), anchor: "middle", style: "soft tiny")
        }
        svg = Svg.chart(EffectChart.width, height, "\(title)各项指标的变化：实心是这所学校，空心是县内其他学校平均", shapes, style: "burn")
    }

    private static func percent(_ share: Double) -> String { Figure.change(share * 100, 1) + "%" }

    /// One chart for each supported unit, of its newest year.
    static func all(_ rows: [AllianceEffect.Row], _ items: [EffectItem]) -> [EffectChart] {
        var order: [String] = []
        var groups: [String: [AllianceEffect.Row]] = [:]
        for row in rows {
            let key = "\(row.member.school.code)/\(row.stage.rawValue)/\(row.member.from)"
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(row)
        }
        return order.compactMap { key in
            guard let own = groups[key], let newest = own.map(\.year).max() else { return nil }
            return EffectChart(own.filter { $0.year == newest }, items)
        }
    }
}
