internal import Pages
internal import Targets
internal import Vocabulary

/// What was reached against what was to be reached, over the days.
struct BurnUpChart {
    let burn: BurnUp
    let unit: String
    let top: Double
    private let width = 640.0
    private let height = 220.0

    init(_ burn: BurnUp, unit: String, top: Double) {
        self.burn = burn
        self.unit = unit
        let most = (burn.reached + burn.planned).map(\.value).max() ?? 0
        self.top = max(top, most, 1e-9)
    }

    private var first: Int { (burn.planned + burn.reached).map(\.day.count).min() ?? 0 }
    private var last: Int { (burn.planned + burn.reached).map(\.day.count).max() ?? 1 }
    private func x(_ day: Day) -> Double { 56 + Double(day.count - first) / Double(max(1, last - first)) * (width - 150) }
    private func y(_ value: Double) -> Double { height - 32 - value / top * (height - 60) }

    func svg(_ label: String) -> String {
        var shapes = Svg.line("rule", 56, y(0), width - 94, y(0))
        for share in [0.5, 1.0] {
            shapes += Svg.line("rule", 56, y(top * share), width - 94, y(top * share))
            shapes += Svg.text(50, y(top * share) + 4, text(top * share), anchor: "end", style: "soft tiny")
        }
        shapes += Svg.text(50, y(0) + 4, "0", anchor: "end", style: "soft tiny")
        if let from = (burn.planned + burn.reached).map(\.day).min(), let until = (burn.planned + burn.reached).map(\.day).max() {
            shapes += Svg.text(56, height - 8, from.chinese, style: "soft tiny")
            if from != until { shapes += Svg.text(width - 94, height - 8, until.chinese, anchor: "end", style: "soft tiny") }
        }
        if burn.planned.count > 1 { shapes += Svg.polyline("floor", burn.planned.map { (x($0.day), y($0.value)) }) }
        shapes += Svg.polyline("main", steps(burn.reached))
        for point in burn.reached.dropFirst() {
            shapes += Svg.circle("met", x(point.day), y(point.value), 2.5, title: "\(point.day.chinese)：\(text(point.value))")
        }
        if let now = burn.reached.last { shapes += Svg.text(x(now.day) + 8, y(now.value) - 6, text(now.value), style: "strong") }
        if let goal = burn.planned.last, burn.planned.count > 1 {
            shapes += Svg.text(x(goal.day) + 6, y(goal.value) + 4, "目标 \(text(goal.value))", style: "soft tiny")
        }
        return Svg.chart(width, height, label, shapes, style: "burn")
    }

    /// A number stays until the next one comes.
    private func steps(_ points: [BurnUp.Point]) -> [(Double, Double)] {
        var list: [(Double, Double)] = []
        for point in points {
            if let before = list.last { list.append((x(point.day), before.1)) }
            list.append((x(point.day), y(point.value)))
        }
        return list
    }

    private func text(_ value: Double) -> String {
        unit == "%" ? PlanNumber.text((value * 1000).rounded() / 10) + "%" : PlanNumber.text(value) + (unit.isEmpty ? "" : " \(unit)")
    }
}
