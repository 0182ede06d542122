internal import Pages
internal import Vocabulary

/// Every school unit as a dot along the value of one indicator, sized by pupils, with threshold and floor.
struct StripChart {
    struct Dot {
        var label: String
        var value: Double
        var pupils: Double
        var verdict: Verdict
        var url: String
    }

    let dots: [Dot]
    let threshold: Double?
    let floor: Double?
    private let width = 1_000.0
    private let height = 190.0

    var svg: String {
        let largest = Swift.max((dots.map(\.value).max() ?? 1) * 1.03, (threshold ?? 0) * 1.15)
        let scale = (width - 60) / Swift.max(largest, 1e-9)
        let pupils = Swift.max(dots.map(\.pupils).max() ?? 1, 1)
        var shapes = Svg.line("rule", 30, 150, width - 30, 150) + ticks(largest, scale)
        if let floor { shapes += line("floor", 30 + floor * scale, "底线 \(Figure.short(floor))", anchor: "end") }
        if let threshold { shapes += line("limit", 30 + threshold * scale, "标准 \(Figure.short(threshold))", anchor: "start") }
        var rows: [Int: Int] = [:]
        for dot in dots.sorted(by: { $0.pupils > $1.pupils }) {
            let x = 30 + dot.value * scale
            let column = Int(x / 14)
            let row = rows[column, default: 0]
            rows[column] = row + 1
            let y = 138 - Double(row % 8) * 13
            let radius = 3 + 6 * (dot.pupils / pupils).squareRoot()
            let title = "\(dot.label)：\(Figure.short(dot.value))，学生\(Figure.grouped(dot.pupils))人，\(dot.verdict.label.zh)"
            shapes += Svg.link(dot.url, Svg.mark(Light(dot.verdict), x, y, radius, title: title))
        }
        return Svg.chart(width, height, "各校指标值分布", shapes, style: "wide")
    }

    private func line(_ style: String, _ x: Double, _ label: String, anchor: String) -> String {
        Svg.line(style, x, 24, x, 150)
            + Svg.text(x + (anchor == "end" ? -5 : 5), 22, label, anchor: anchor)
    }

    private func written(_ value: Double) -> String { value >= 1_000 ? Figure.grouped(value) : Figure.plain(value) }

    /// Marks at round numbers.
    private func ticks(_ largest: Double, _ scale: Double) -> String {
        let rough = largest / 5
        var power = 1.0
        while power * 10 <= rough { power *= 10 }
        while power > rough { power /= 10 }
        let step = [1.0, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= rough } ?? rough
        return stride(from: 0, through: largest, by: Swift.max(step, 1e-9)).map { value in
            Svg.text(30 + value * scale, 168, written((value * 1e6).rounded() / 1e6), anchor: "middle", style: "soft")
        }.joined()
    }
}
