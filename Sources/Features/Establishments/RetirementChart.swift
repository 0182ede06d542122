internal import Pages
internal import Staffing

/// Retirements by year as columns: solid by law, hollow on top who could choose to go before.
enum RetirementChart {
    static func svg(_ rows: [UnitStaffing.Leaving], _ years: [Int]) -> String {
        let counts = years.map { year in rows.reduce(0) { $1.year == year ? $0 + $1.count : $0 } }
        let early = years.map { year in rows.reduce(0) { $1.year == year ? $0 + $1.early : $0 } }
        let most = zip(counts, early).map { Swift.max($0, $1) }.max() ?? 0
        guard most > 0 else { return "" }
        let (step, height, ground) = (96.0, 150.0, 182.0)
        var shapes = Svg.line("rule", 20, ground, 30 + Double(years.count) * step, ground)
        for (place, year) in years.enumerated() {
            let left = 34 + Double(place) * step
            shapes += bar("met", left, counts[place], most, height, ground, "\(year)年按法定年龄退休\(counts[place])人")
            shapes += bar("before", left + 34, early[place], most, height, ground, "\(year)年起可以弹性提前退休\(early[place])人")
            shapes += Svg.text(left + 32, ground + 18, "\(year)年", anchor: "middle", style: "soft")
        }
        return Svg.chart(40 + Double(years.count) * step, 208, "各年退休人数", shapes)
    }

    private static func bar(
        _ style: String, _ x: Double, _ count: Int, _ most: Int, _ height: Double, _ ground: Double, _ title: String
    ) -> String {
        let tall = height * Double(count) / Double(most)
        let y = ground - tall
        let shape =
            "<rect class=\"\(style)\" x=\"\(Svg.plain(x))\" y=\"\(Svg.plain(y))\" width=\"30\" height=\"\(Svg.plain(tall))\"><title>\(Svg.escaped(title))</title></rect>"
        return shape + Svg.text(x + 15, y - 5, "\(count)", anchor: "middle", style: "tiny")
    }
}
