internal import Foundation
internal import Vocabulary

/// Schools as circles by their coordinates, sized by pupils, coloured by light. No tiles, so it works without the internet.
struct SchoolMap {
    struct Point {
        var label: String
        var longitude: Double
        var latitude: Double
        var pupils: Double
        var verdict: Verdict
        var url: String
    }

    let points: [Point]
    private let width = 900.0

    var svg: String {
        guard let west = points.map(\.longitude).min(), let east = points.map(\.longitude).max(),
            let south = points.map(\.latitude).min(), let north = points.map(\.latitude).max()
        else { return "" }
        // One degree of longitude shrinks with the cosine of the latitude.
        let shrink = cos((south + north) / 2 * .pi / 180)
        let scale = (width - 120) / Swift.max((east - west) * shrink, (north - south) * 1.4, 0.01)
        let height = (north - south) * scale + 90
        let largest = Swift.max(points.map(\.pupils).max() ?? 1, 1)
        let shapes = points.sorted { $0.pupils > $1.pupils }.map { point in
            let x = 60 + (point.longitude - west) * shrink * scale
            let y = 40 + (north - point.latitude) * scale
            let radius = 4 + 12 * (point.pupils / largest).squareRoot()
            let title = "<title>\(Svg.escaped("\(point.label)：\(point.verdict.label.zh)，学生\(Figure.grouped(point.pupils))人"))</title>"
            return
                "<a href=\"\(Svg.escaped(point.url))\"><circle class=\"dot-\(Figure.style(point.verdict))\" fill-opacity=\".7\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(radius)\">\(title)</circle></a>"
        }
        return Svg.chart(width, height, "学校分布图", shapes.joined())
    }
}
