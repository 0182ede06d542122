public import Geography

/// Outlines and places on one small map: no tiles, no zoom, works without the internet. Every shape is a link.
public struct AreaMap: Sendable {
    public struct Area: Sendable {
        public var boundary: Boundary
        /// `met`, `notmet`, `insufficient`, or `plain` for ground that is not judged.
        public var style: String
        /// Lines written in its middle.
        public var lines: [String]
        public var url: String?
        /// What a pointer resting on it is told.
        public var title: String

        public init(_ boundary: Boundary, style: String, lines: [String] = [], url: String? = nil, title: String = "") {
            self.boundary = boundary
            self.style = style
            self.lines = lines
            self.url = url
            self.title = title
        }
    }

    /// A school: sized by pupils, shaped and coloured by its light.
    public struct Place: Sendable {
        public var name: String
        public var point: GeoPoint
        public var size: Double
        public var light: Light
        public var url: String
        public var title: String
        /// Written beside the mark where there is room.
        public var isLabelled: Bool

        public init(_ name: String, at point: GeoPoint, size: Double, light: Light, url: String, title: String, isLabelled: Bool) {
            self.name = name
            self.point = point
            self.size = size
            self.light = light
            self.url = url
            self.title = title
            self.isLabelled = isLabelled
        }
    }

    /// Somebody goes from one place to another: an arrow, the thicker the more.
    public struct Flow: Sendable {
        public var from: GeoPoint
        public var to: GeoPoint
        public var count: Int

        public init(from: GeoPoint, to: GeoPoint, count: Int) {
            self.from = from
            self.to = to
            self.count = count
        }
    }

    public var areas: [Area]
    public var places: [Place]
    public var flows: [Flow]
    /// What the map must show whole; the rest may run out of the picture. All areas and places when empty.
    public var focus: [GeoPoint]
    public var width: Double
    /// The tallest it may become, in the same units as `width`.
    public var tallest: Double
    /// Distance between the lines of an area's name.
    public var lineHeight: Double

    public init(
        areas: [Area], places: [Place] = [], flows: [Flow] = [], focus: [GeoPoint] = [], width: Double, tallest: Double,
        lineHeight: Double = 20
    ) {
        self.areas = areas
        self.places = places
        self.flows = flows
        self.focus = focus
        self.width = width
        self.tallest = tallest
        self.lineHeight = lineHeight
    }

    /// The drawing; empty when there is nothing to draw.
    public func svg(_ label: String, style: String = "") -> String {
        let all = focus.isEmpty ? areas.flatMap { $0.boundary.polygons.flatMap(\.outer) } + places.map(\.point) : focus
        guard let frame = MapFrame(all, width: width, tallest: tallest) else { return "" }
        var shapes = areas.map { draw($0, frame) }.joined()
        for flow in flows { shapes += AreaMap.arrow(frame.place(flow.from), frame.place(flow.to), flow.count) }
        let largest = Swift.max(places.map(\.size).max() ?? 1, 1)
        // Large ones first, so that small ones stay on top.
        for place in places.sorted(by: { ($0.size, $1.name) > ($1.size, $0.name) }) {
            let (x, y) = frame.place(place.point)
            shapes += Svg.link(
                place.url, Svg.mark(place.light, x, y, 3.5 + 9 * (place.size / largest).squareRoot(), title: place.title))
        }
        shapes += MapLabels(frame: frame, largest: largest).draw(places)
        return Svg.chart(width, frame.height, label, shapes, style: "map \(style)")
    }

    /// A line that ends short of the place with two strokes for a head.
    private static func arrow(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ count: Int) -> String {
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 1 else { return "" }
        let (ux, uy) = (dx / length, dy / length)
        let (ex, ey) = (to.x - 6 * ux, to.y - 6 * uy)
        let style = "flow flow\(Swift.min(count, 4))"
        return Svg.line(style, from.x, from.y, ex, ey)
            + Svg.polyline(
                style, [(ex - 6 * ux - 3 * uy, ey - 6 * uy + 3 * ux), (ex, ey), (ex - 6 * ux + 3 * uy, ey - 6 * uy - 3 * ux)])
    }

    private func draw(_ area: Area, _ frame: MapFrame) -> String {
        let rings = area.boundary.polygons.flatMap { [$0.outer] + $0.holes }
        let path = rings.map { ring in
            "M"
                + ring.map { point in
                    let (x, y) = frame.place(point)
                    return "\(Svg.plain(x)) \(Svg.plain(y))"
                }.joined(separator: "L") + "Z"
        }
        let title = area.title.isEmpty ? "" : "<title>\(Svg.escaped(area.title))</title>"
        var shape = "<path class=\"area \(area.style)\" fill-rule=\"evenodd\" d=\"\(path.joined())\">\(title)</path>"
        if let middle = area.boundary.labelPoint {
            let (x, y) = frame.place(middle)
            for (line, text) in area.lines.enumerated() {
                let style = line == 0 ? "area-name" : "area-word \(area.style)"
                shape += Svg.text(x, y + Double(line) * lineHeight, text, anchor: "middle", style: style)
            }
        }
        return area.url.map { Svg.link($0, shape) } ?? shape
    }
}
