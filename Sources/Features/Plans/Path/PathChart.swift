internal import Pages
internal import Vocabulary

/// Coefficients of variation of one stage before a plan (hollow) and after it (solid), with the ceiling as a line; what is over it is a
/// square.
struct PathChart {
    let title: String
    let rows: [PathSheet.Spread]
    let width: Double
    private let step = 38.0

    private var height: Double { Double(rows.count) * step + 46 }
    private func y(_ place: Int) -> Double { 60 + Double(place) * step }

    private var scale: Double {
        let largest = rows.flatMap { [$0.before, $0.after].compactMap { $0 } }.max() ?? 0
        return (width - 24) / Swift.max((rows.first?.ceiling ?? 0) * 1.25, largest * 1.12, 1e-9)
    }

    var labels: String {
        Svg.chart(118, height, "指标", rows.enumerated().map { Svg.text(108, y($0) + 4, $1.item, anchor: "end") }.joined())
    }

    var dots: String {
        var shapes = Svg.text(4, 15, title, style: "strong")
        if let ceiling = rows.first?.ceiling {
            let limit = 4 + ceiling * scale
            shapes +=
                Svg.line("limit", limit, 34, limit, height - 6)
                + Svg.text(limit, 28, "上限 \(Figure.fixed(ceiling, 2))", anchor: "middle", style: "tiny")
        }
        for (place, row) in rows.enumerated() { shapes += draw(row, y(place)) }
        return Svg.chart(width, height, "\(title)各项差异系数，方案前后", shapes)
    }

    private func draw(_ row: PathSheet.Spread, _ y: Double) -> String {
        let ground = Svg.line("rule", 4, y, width - 6, y)
        guard let before = row.before, let after = row.after else { return ground }
        let (old, new) = (4 + before * scale, 4 + after * scale)
        let words = "\(row.item)：现在 \(Figure.fixed(before, 4))，方案后 \(Figure.fixed(after, 4))"
        let end = Swift.min(Swift.max(new, 18), width - 20)
        return ground + Svg.line("link", old, y, new, y)
            + (row.isOver ? Svg.mark(Light(.notMet), old, y, 5, title: words) : Svg.circle("before", old, y, 4, title: words))
            + (row.isStillOver ? Svg.mark(Light(.notMet), new, y, 6.5, title: words) : Svg.circle("met", new, y, 5.5, title: words))
            + Svg.text(end, y - 10, Figure.fixed(after, 3), anchor: "middle", style: row.isStillOver ? "notmet" : "met")
    }
}

extension PathChart {
    /// One chart for each stage, side by side on a wide screen.
    struct Drawn: Sendable {
        var labels: String
        var dots: String
        /// The labels stand to the left already.
        var isAgain: Bool
    }

    static func all(_ spreads: [PathSheet.Spread]) -> [Drawn] {
        let stages = spreads.reduce(into: [String]()) { if !$0.contains($1.stage) { $0.append($1.stage) } }
        return stages.enumerated().map { place, stage in
            let chart = PathChart(title: stage, rows: spreads.filter { $0.stage == stage }, width: stages.count == 1 ? 502 : 251)
            return Drawn(labels: chart.labels, dots: chart.dots, isAgain: place > 0)
        }
    }

    /// In one sentence.
    static func headline(_ spreads: [PathSheet.Spread]) -> String {
        let (before, after) = (spreads.count(where: \.isOver), spreads.count(where: \.isStillOver))
        if after == 0 { return before == 0 ? "差异系数都在上限以内" : "差异系数都降到上限以内" }
        return before == after ? "超过上限的差异系数还是\(after)项" : "超过上限的差异系数由\(before)项变为\(after)项"
    }
}

extension PathSheet.Spread {
    /// Above the ceiling before the plan.
    var isOver: Bool { before.map { before in ceiling.map { before > $0 } ?? false } ?? false }
    /// Above the ceiling after it.
    var isStillOver: Bool { after.map { after in ceiling.map { after > $0 } ?? false } ?? false }
}
