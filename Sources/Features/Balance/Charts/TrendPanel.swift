internal import Pages

/// One small panel of lines over the school years, for rows of panels that share their scale.
struct TrendPanel {
    struct Line {
        var values: [Double?]
        /// `main`, `over` or empty for a line in the background.
        var style: String
        var url: String
        var title: String
    }

    let years: [Int]
    let lines: [Line]
    /// Drawn as a ruled line with its number.
    let ceiling: Double?
    /// Greatest value the panel has room for.
    let top: Double
    /// How the value at the end of a `main` line is written.
    let written: (Double) -> String
    private let width = 170.0
    private let height = 92.0

    private func x(_ place: Int) -> Double { 8 + Double(place) * (width - 50) / Double(Swift.max(years.count - 1, 1)) }
    private func y(_ value: Double) -> Double { 70 - 60 * Swift.min(value / Swift.max(top, 1e-9), 1.05) }

    func svg(_ label: String) -> String {
        var shapes = Svg.line("rule", 4, 70, width - 38, 70)
        if let first = years.first, let last = years.last {
            shapes +=
                Svg.text(4, 86, String(first), style: "soft tiny")
                + (first == last ? "" : Svg.text(x(years.count - 1), 86, String(last), anchor: "middle", style: "soft tiny"))
        }
        if let ceiling {
            shapes += Svg.line("limit", 4, y(ceiling), width - 38, y(ceiling))
            shapes += Svg.text(width - 34, y(ceiling) + 4, Figure.fixed(ceiling, 2), style: "soft tiny")
        }
        let ordered = lines.filter { $0.style.isEmpty } + lines.filter { !$0.style.isEmpty }
        return Svg.chart(width, height, label, shapes + ordered.map(draw).joined())
    }

    private func draw(_ line: Line) -> String {
        let known = line.values.enumerated().compactMap { place, value in value.map { (x(place), y($0), $0, place) } }
        guard let last = known.last else { return "" }
        let title = "<title>\(Svg.escaped(line.title))</title>"
        var shape = Svg.polyline(line.style, known.map { ($0.0, $0.1) })
        if !line.style.isEmpty {
            shape += Svg.circle(line.style == "over" ? "notmet" : "met", last.0, last.1, 3)
            if line.style == "main" { shape += Svg.text(last.0 + 7, last.1 + 4, written(last.2), style: "strong") }
        }
        return Svg.link(line.url, title + shape)
    }
}
