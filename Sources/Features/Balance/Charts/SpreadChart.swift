internal import Indicators
internal import Vocabulary

/// Coefficients of variation of one stage as dumbbells: this year solid, last year hollow, the ceiling as a line.
struct SpreadChart {
    struct Row {
        var label: String
        var value: Double?
        var before: Double?
        var verdict: Verdict
        var url: String
    }

    let rows: [Row]
    let ceiling: Double
    private let left = 116.0
    private let width = 520.0
    private let step = 31.0

    private var scale: Double {
        let largest = rows.flatMap { [$0.value, $0.before].compactMap { $0 } }.max() ?? 0
        return (width - left - 24) / Swift.max(ceiling * 1.25, largest * 1.1)
    }

    var svg: String {
        let height = Double(rows.count) * step + 40
        let limit = left + ceiling * scale
        var shapes = "<line class=\"limit\" x1=\"\(limit)\" x2=\"\(limit)\" y1=\"22\" y2=\"\(height - 8)\"/>"
        shapes += Svg.text(limit, 15, "上限 \(Figure.fixed(ceiling, 2))", anchor: "middle")
        for (place, row) in rows.enumerated() { shapes += draw(row, 46 + Double(place) * step) }
        return Svg.chart(width, height, "各项差异系数与上限", shapes)
    }

    private func draw(_ row: Row, _ y: Double) -> String {
        var shapes =
            "<line class=\"rule\" x1=\"\(left)\" x2=\"\(width)\" y1=\"\(y)\" y2=\"\(y)\"/>"
            + Svg.text(left - 10, y + 4, row.label, anchor: "end")
        guard let value = row.value else { return shapes + Svg.text(left + 6, y - 5, "资料不足", style: "soft") }
        let x = left + value * scale
        if let before = row.before {
            let old = left + before * scale
            shapes +=
                "<line class=\"link\" x1=\"\(old)\" x2=\"\(x)\" y1=\"\(y)\" y2=\"\(y)\"/><circle class=\"before\" cx=\"\(old)\" cy=\"\(y)\" r=\"4\"/>"
        }
        let style = row.verdict == .notMet ? "notmet" : "met"
        let dot =
            "<circle class=\"\(style)\" cx=\"\(x)\" cy=\"\(y)\" r=\"5.5\"/>" + Svg.text(x, y - 10, Figure.fixed(value, 3), anchor: "middle")
        return shapes + "<a href=\"\(Svg.escaped(row.url))\">\(dot)</a>"
    }
}
