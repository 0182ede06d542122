internal import Foundation
internal import Geography

/// How degrees become places in the drawing: equirectangular about the middle latitude, true enough for one city.
struct MapFrame: Sendable {
    let width: Double
    let height: Double
    private let west: Double
    private let north: Double
    private let scale: Double
    private let shrink: Double
    private let margin: (left: Double, top: Double)

    /// Nil when there is nothing to show.
    init?(_ points: [GeoPoint], width: Double, tallest: Double) {
        guard let west = points.map(\.longitude).min(), let east = points.map(\.longitude).max(),
            let south = points.map(\.latitude).min(), let north = points.map(\.latitude).max()
        else { return nil }
        // One degree of longitude shrinks with the cosine of the latitude.
        let shrink = cos((south + north) / 2 * .pi / 180)
        let edge = 14.0
        let wide = Swift.max((east - west) * shrink, 0.01)
        let high = Swift.max(north - south, 0.01)
        scale = Swift.min((width - 2 * edge) / wide, (tallest - 2 * edge) / high)
        self.width = width
        height = high * scale + 2 * edge
        margin = ((width - wide * scale) / 2, edge)
        self.west = west
        self.north = north
        self.shrink = shrink
    }

    func place(_ point: GeoPoint) -> (x: Double, y: Double) {
        (margin.left + (point.longitude - west) * shrink * scale, margin.top + (north - point.latitude) * scale)
    }
}

/// Names beside marks: each goes to that of four sides where it covers no other name and the fewest marks, else it is left out
/// (the table beneath has them all).
struct MapLabels {
    let frame: MapFrame
    let largest: Double
    let growth: Double

    private struct Box {
        var x: Double
        var y: Double
        var width: Double
        let height = 16.0

        func overlaps(_ other: Box) -> Bool {
            x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
        }
    }

    func draw(_ places: [AreaMap.Place]) -> String {
        var taken: [Box] = []
        let marks = places.map { place -> Box in
            let (x, y) = frame.place(place.point)
            return Box(x: x - 5, y: y - 7, width: 10)
        }
        var text = ""
        for place in places.filter(\.isLabelled).sorted(by: { ($0.size, $1.name) > ($1.size, $0.name) }) {
            let (x, y) = frame.place(place.point)
            let away = 7 + growth * (place.size / largest).squareRoot()
            let width = Double(place.name.count) * 14 + 4
            let sides = [
                Box(x: x + away, y: y - 8, width: width), Box(x: x - away - width, y: y - 8, width: width),
                Box(x: x - width / 2, y: y - away - 16, width: width), Box(x: x - width / 2, y: y + away, width: width),
            ]
            // What would run out of the picture is not written there.
            let open = sides.filter { side in
                !taken.contains { $0.overlaps(side) } && side.y > 0 && side.y + 16 < frame.height && side.x > 0
                    && side.x + side.width < frame.width
            }
            guard let free = open.min(by: { covered($0, marks) < covered($1, marks) }) else { continue }
            taken.append(free)
            text += Svg.text(free.x + 2, free.y + 13, place.name, style: "place-name")
        }
        return text
    }

    private func covered(_ side: Box, _ marks: [Box]) -> Int { marks.count { $0.overlaps(side) } }
}
