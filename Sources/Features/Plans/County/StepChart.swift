internal import Pages

/// What more brings, as a curve with the plan on it.
struct StepChart {
    let chart: MethodSheet.Chart
    private let width = 520.0
    private let height = 240.0
    private let left = 46.0
    private let bottom = 40.0

    private func x(_ value: Double) -> Double {
        left + (width - left - 20) * value / Swift.max(chart.points.map(\.x).max() ?? 1, 1e-9)
    }

    private var range: (low: Double, high: Double) {
        let (low, high) = (chart.points.map(\.y).min() ?? 0, chart.points.map(\.y).max() ?? 1)
        return (low, Swift.max(high, low + 1))
    }

    private func y(_ value: Double) -> Double {
        20 + (height - bottom - 34) * (1 - (value - range.low) / (range.high - range.low))
    }

    var svg: String {
        var shapes = Svg.line("rule", left, y(range.low), width - 12, y(range.low)) + Svg.text(4, 12, chart.up, style: "tiny")
        shapes += Svg.text(width - 12, height - 4, chart.across, anchor: "end", style: "tiny")
        for (from, to) in zip(chart.points, chart.points.dropFirst()) { shapes += Svg.line("link", x(from.x), y(from.y), x(to.x), y(to.y)) }
        for point in chart.points {
            let words = "\(chart.across)\(MethodNumber.plain((point.x * 10).rounded() / 10))：\(chart.up)\(Int(point.y))"
            shapes += Svg.circle("before", x(point.x), y(point.y), 4, title: words)
            shapes += Svg.text(x(point.x), y(range.low) + 16, MethodNumber.plain(point.x.rounded()), anchor: "middle", style: "tiny")
        }
        for value in Set([range.low, range.high]) {
            shapes += Svg.text(left - 8, y(value) + 4, "\(Int(value))", anchor: "end", style: "tiny")
        }
        let here = "这份方案：\(chart.up)\(Int(chart.here.y))"
        shapes += Svg.circle("met", x(chart.here.x), y(chart.here.y), 6, title: here)
        shapes += Svg.text(x(chart.here.x), y(chart.here.y) - 10, "\(Int(chart.here.y))", anchor: "middle", style: "met")
        return Svg.chart(width, height, chart.title, shapes)
    }
}
