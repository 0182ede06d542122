internal import Pages
internal import Vocabulary

/// Coefficients of variation of one stage as dumbbells: this year solid, the year before hollow, the ceiling as a line.
/// Labels and dots are two drawings side by side, so that stages share their labels on a wide screen.
struct SpreadChart {
    struct Row {
        var label: String
        var value: Double?
        var before: Double?
        var verdict: Verdict
        /// Where the schools stand, and how the coefficient came about.
        var url: String
        var explanation: String
    }

    let title: String
    let rows: [Row]
    let ceiling: Double?
    var width = 251.0
    private let step = 38.0

    private var height: Double { Double(rows.count) * step + 46 }
    private func y(_ place: Int) -> Double { 60 + Double(place) * step }

    private var scale: Double {
        let largest = rows.flatMap { [$0.value, $0.before].compactMap { $0 } }.max() ?? 0
        return (width - 24) / Swift.max((ceiling ?? 0) * 1.25, largest * 1.12, 1e-9)
    }

    /// The labels of the rows.
    var labels: String {
        let texts = rows.enumerated().map { place, row in
            Svg.link(row.url, Svg.text(108, y(place) + 4, row.label, anchor: "end"))
        }
        return Svg.chart(118, height, "指标", texts.joined())
    }

    var dots: String {
        var shapes = Svg.text(4, 15, title, style: "strong")
        if let ceiling {
            let limit = 4 + ceiling * scale
            shapes +=
                Svg.line("limit", limit, 34, limit, height - 6)
                + Svg.text(limit, 28, "上限 \(Figure.fixed(ceiling, 2))", anchor: "middle", style: "tiny")
        }
        for (place, row) in rows.enumerated() { shapes += draw(row, y(place)) }
        return Svg.chart(width, height, "\(title)各项差异系数与上限", shapes)
    }

    private func draw(_ row: Row, _ y: Double) -> String {
        let ground = Svg.line("rule", 4, y, width - 6, y)
        guard let value = row.value else {
            return ground + Svg.link(row.url, Svg.text(10, y - 6, "○ 资料不足", style: "soft"))
        }
        let x = 4 + value * scale
        var shapes = ground
        if let before = row.before {
            let old = 4 + before * scale
            shapes += Svg.line("link", old, y, x, y) + Svg.circle("before", old, y, 4, title: "\(row.label)：上一次 \(Figure.fixed(before, 4))")
        }
        let style = row.verdict == .notMet ? "notmet" : "met"
        let words = "\(row.label)：差异系数 \(Figure.fixed(value, 4))，\(row.verdict.label.zh)"
        let mark = row.verdict == .notMet ? Svg.mark(Light(.notMet), x, y, 6, title: words) : Svg.circle(style, x, y, 5.5, title: words)
        let end = Swift.min(Swift.max(x, 18), width - 20)
        return shapes + Svg.link(row.url, mark)
            + Svg.link(row.explanation, Svg.text(end, y - 10, Figure.fixed(value, 3), anchor: "middle", style: style))
    }
}
