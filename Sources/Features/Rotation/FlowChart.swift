internal import Foundation
internal import Pages

/// The flows of backbone teachers between schools, drawn where the schools lie: who gains fills up, who gives is hollow.
struct FlowChart {
    let svg: String
    let note: String
    /// Flows drawn at most; the rest would only blacken the map.
    static let most = 60

    init(_ record: RotationRecord) {
        let placed = record.schools.indices.filter { record.schools[$0].latitude != nil && record.schools[$0].longitude != nil }
        var flows: [[Int]: Int] = [:]
        for move in record.moves where move.isBackbone && move.from != move.to { flows[[move.from, move.to], default: 0] += 1 }
        guard placed.count > 1, !flows.isEmpty else {
            (svg, note) = ("", "")
            return
        }
        let frame = FlowFrame(record, placed)
        let drawn = flows.sorted { ($1.value, $0.key[0], $0.key[1]) < ($0.value, $1.key[0], $1.key[1]) }.prefix(FlowChart.most)
        var shapes = ""
        for (way, count) in drawn {
            guard let (x1, y1) = frame.place(way[0]), let (x2, y2) = frame.place(way[1]) else { continue }
            shapes += FlowChart.arrow(x1, y1, x2, y2, count)
        }
        let top = Set(record.schools.indices.sorted { FlowChart.gain(record, $0) > FlowChart.gain(record, $1) }.prefix(6))
        for place in placed {
            guard let (x, y) = frame.place(place) else { continue }
            let (school, gain) = (record.schools[place], FlowChart.gain(record, place))
            let words = "\(school.title)：骨干教师\(school.before[0])→\(school.after[0])，派出\(school.out)，接收\(school.into)"
            let radius = 3 + 2 * Double(abs(gain)).squareRoot()
            shapes += Svg.circle(gain > 0 ? "met" : "before", x, y, radius, title: words)
            if top.contains(place), gain > 0 {
                shapes += Svg.text(
                    x, y - radius - 4, "\(school.title) +\(gain)", anchor: x > 560 ? "end" : x < 140 ? "start" : "middle", style: "tiny")
            }
        }
        svg = Svg.chart(frame.width, frame.height, "骨干教师在学校间的流动", shapes)
        let rest = flows.count - drawn.count
        note =
            "实心为骨干教师净增的学校，空心为净减或不变；线由派出校指向接收校，越粗人数越多。" + (rest > 0 ? "另有\(rest)条流向没有画出，见下表。" : "")
            + (placed.count < record.schools.count ? "\(record.schools.count - placed.count)所学校没有经纬度，不在图上。" : "")
    }

    private static func gain(_ record: RotationRecord, _ place: Int) -> Int {
        record.schools[place].after[0] - record.schools[place].before[0]
    }

    /// A line that ends short of the school with two strokes for a head.
    private static func arrow(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ count: Int) -> String {
        let (dx, dy) = (x2 - x1, y2 - y1)
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 1 else { return "" }
        let (ux, uy) = (dx / length, dy / length)
        let (ex, ey) = (x2 - 6 * ux, y2 - 6 * uy)
        let style = "flow flow\(Swift.min(count, 4))"
        return Svg.line(style, x1, y1, ex, ey)
            + Svg.polyline(
                style, [(ex - 6 * ux - 3 * uy, ey - 6 * uy + 3 * ux), (ex, ey), (ex - 6 * ux + 3 * uy, ey - 6 * uy - 3 * ux)])
    }
}

/// Degrees on the paper: a school's place in the chart.
private struct FlowFrame {
    let width = 700.0
    let height: Double
    private let record: RotationRecord
    private let west: Double
    private let north: Double
    private let scale: Double
    private let squeeze: Double

    init(_ record: RotationRecord, _ placed: [Int]) {
        self.record = record
        let ups = placed.compactMap { record.schools[$0].latitude.map(Double.init) }
        let alongs = placed.compactMap { record.schools[$0].longitude.map(Double.init) }
        let (south, top) = (ups.min() ?? 0, ups.max() ?? 0)
        // A degree of longitude is shorter than one of latitude, by the cosine of the latitude.
        squeeze = cos((south + top) / 2e6 * Double.pi / 180)
        let (across, tall) = (Swift.max(1, ((alongs.max() ?? 0) - (alongs.min() ?? 0)) * squeeze), Swift.max(1, top - south))
        let scale = Swift.min((width - 80) / across, 440 / tall)
        self.scale = scale
        north = top
        west = (alongs.min() ?? 0) - (width - 80 - across * scale) / 2 / scale / squeeze
        height = tall * scale + 60
    }

    func place(_ school: Int) -> (Double, Double)? {
        guard let up = record.schools[school].latitude, let along = record.schools[school].longitude else { return nil }
        return (40 + (Double(along) - west) * squeeze * scale, 30 + (north - Double(up)) * scale)
    }
}
