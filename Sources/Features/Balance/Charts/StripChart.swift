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
    private let width = 900.0
    private let height = 190.0

    var svg: String {
        let largest = Swift.max(dots.map(\.value).max() ?? 1, (threshold ?? 0) * 1.15)
        let scale = (width - 60) / Swift.max(largest, 1e-9)
        let pupils = Swift.max(dots.map(\.pupils).max() ?? 1, 1)
        var shapes = "<line class=\"rule\" x1=\"30\" x2=\"\(width - 30)\" y1=\"150\" y2=\"150\"/>" + ticks(largest, scale)
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
            let title = "<title>\(Svg.escaped("\(dot.label)：\(Figure.short(dot.value))，学生\(Figure.grouped(dot.pupils))人"))</title>"
            shapes +=
                "<a href=\"\(Svg.escaped(dot.url))\"><circle class=\"dot-\(Figure.style(dot.verdict))\" fill-opacity=\".72\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(radius)\">\(title)</circle></a>"
        }
        return Svg.chart(width, height, "各校指标值分布", shapes)
    }

    private func line(_ style: String, _ x: Double, _ label: String, anchor: String) -> String {
        "<line class=\"\(style)\" x1=\"\(x)\" x2=\"\(x)\" y1=\"24\" y2=\"150\"/>"
            + Svg.text(x + (anchor == "end" ? -5 : 5), 22, label, anchor: anchor)
    }

    private func ticks(_ largest: Double, _ scale: Double) -> String {
        (0...5).map { step in
            let value = largest * Double(step) / 5
            return Svg.text(30 + value * scale, 168, Figure.short(value), anchor: "middle", style: "soft")
        }.joined()
    }
}
