internal import Pages
internal import Vocabulary

/// One school unit against every threshold: each value as a share of what is asked, with the floor no value may fall under.
struct StandingChart {
    struct Row {
        var label: String
        /// Value ÷ threshold; nil when the value is not there.
        var ratio: Double?
        var floor: Double?
        var light: Light
        var url: String
        var title: String
    }

    let rows: [Row]
    private let width = 560.0
    private let left = 122.0

    /// Values beyond twice the threshold are drawn at the edge.
    private func x(_ ratio: Double) -> Double { left + Swift.min(ratio, 2.05) * (width - left - 60) / 2.05 }

    func svg(_ label: String) -> String {
        let height = Double(rows.count) * 27 + 34
        let floor = rows.compactMap(\.floor).first
        var shapes =
            Svg.line("limit", x(1), 22, x(1), height - 6)
            + Svg.text(x(1) + 2, 14, "标准 100%", anchor: floor == nil ? "middle" : "start", style: "tiny")
        if let floor {
            shapes += Svg.line("floor", x(floor), 22, x(floor), height - 6)
            shapes += Svg.text(x(floor) - 2, 14, "底线 \(Figure.fixed(floor * 100, 0))%", anchor: "end", style: "tiny")
        }
        for (place, row) in rows.enumerated() { shapes += draw(row, 38 + Double(place) * 27) }
        return Svg.chart(width, height, label, shapes)
    }

    private func draw(_ row: Row, _ y: Double) -> String {
        let ground = Svg.line("rule", left, y, width - 40, y) + Svg.text(left - 10, y + 4, row.label, anchor: "end")
        guard let ratio = row.ratio else { return ground + Svg.link(row.url, Svg.text(left + 4, y + 4, "○ \(row.title)", style: "soft")) }
        let far = ratio > 2.05
        let text = "\(Figure.fixed(ratio * 100, 0))%\(far ? " →" : "")"
        // Beside the mark, away from the line that joins it to the standard.
        let isShort = ratio < 1
        let label = Svg.text(
            x(ratio) + (isShort ? -10 : 10), y + 4, text, anchor: isShort ? "end" : "start",
            style: row.light.style == "notmet" ? "notmet" : "soft")
        return ground + Svg.line("link", x(1), y, x(ratio), y)
            + Svg.link(row.url, Svg.mark(row.light, x(ratio), y, 5.5, title: row.title) + label)
    }
}
