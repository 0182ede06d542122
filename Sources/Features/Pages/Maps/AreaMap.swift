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
        /// Set off by a ring.
        public var isRinged: Bool

        public init(
            _ name: String, at point: GeoPoint, size: Double, light: Light, url: String, title: String, isLabelled: Bool,
            isRinged: Bool = false
        ) {
            self.name = name
            self.point = point
            self.size = size
            self.light = light
            self.url = url
            self.title = title
            self.isLabelled = isLabelled
            self.isRinged = isRinged
        }
    }

    /// A line between two places, such as a school and the one that leads it, or the one its teachers go to.
    public struct Tie: Sendable {
        public var from: GeoPoint
        public var to: GeoPoint
        /// How thick, 1 to 4.
        public var weight: Int
        /// Written at its middle where there is room; empty for nothing.
        public var label: String
        /// What a pointer resting on it is told; empty for nothing.
        public var title: String
        /// Drawn as an arrow.
        public var isDirected: Bool

        public init(from: GeoPoint, to: GeoPoint, weight: Int, label: String = "", title: String = "", isDirected: Bool = false) {
            (self.from, self.to) = (from, to)
            (self.weight, self.label, self.title, self.isDirected) = (weight, label, title, isDirected)
        }
    }

    public var areas: [Area]
    public var places: [Place]
    public var ties: [Tie]
    /// What the map must show whole; the rest may run out of the picture. All areas and places when empty.
    public var focus: [GeoPoint]
    public var width: Double
    /// The tallest it may become, in the same units as `width`.
    public var tallest: Double
    /// Distance between the lines of an area's name.
    public var lineHeight: Double
    /// How much larger the largest school's mark is than one without pupils.
    public var growth = 9.0

    public init(
        areas: [Area], places: [Place] = [], ties: [Tie] = [], focus: [GeoPoint] = [], width: Double, tallest: Double,
        lineHeight: Double = 20
    ) {
        self.areas = areas
        self.places = places
        self.ties = ties
        self.focus = focus
        self.width = width
        self.tallest = tallest
        self.lineHeight = lineHeight
    }

    /// The drawing; empty when there is nothing to draw.
    public func svg(_ label: String, style: String = "") -> String {
        let all = focus.isEmpty ? areas.flatMap { $0.boundary.polygons.flatMap(\.outer) } + places.map(\.point) : focus
        guard let frame = MapFrame(all, width: width, tallest: tallest) else { return "" }
        var shapes = areas.map { draw($0, frame) }.joined() + ties.map { draw($0, frame) }.joined()
        let largest = Swift.max(places.map(\.size).max() ?? 1, 1)
        // Large ones first, so that small ones stay on top.
        for place in places.sorted(by: { ($0.size, $1.name) > ($1.size, $0.name) }) {
            let (x, y) = frame.place(place.point)
            let radius = 3.5 + growth * (place.size / largest).squareRoot()
            let ring = place.isRinged ? Svg.circle("ring", x, y, radius + 3) : ""
            shapes += Svg.link(place.url, ring + Svg.mark(place.light, x, y, radius, title: place.title))
        }
        shapes += MapLabels(frame: frame, largest: largest, growth: growth).draw(places)
        return Svg.chart(width, frame.height, label, shapes, style: "map \(style)")
    }

    private func draw(_ tie: Tie, _ frame: MapFrame) -> String {
        let ((x1, y1), (x2, y2)) = (frame.place(tie.from), frame.place(tie.to))
        let style = "flow flow\(Swift.min(Swift.max(tie.weight, 1), 4))"
        let length = ((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1)).squareRoot()
        if tie.isDirected { return length > 1 ? arrow(style, x1, y1, (x2 - x1) / length, (y2 - y1) / length, length, tie.title) : "" }
        let line = Svg.line(style, x1, y1, x2, y2, title: tie.title)
        // On a short line the words would only cover what it joins.
        guard !tie.label.isEmpty, length > 44 else { return line }
        return line + Svg.text((x1 + x2) / 2, (y1 + y2) / 2 + 4, tie.label, anchor: "middle", style: "tie-word")
    }

    /// A line that ends short of the place with two strokes for a head; `across` and `down` are its direction.
    private func arrow(
        _ style: String, _ x: Double, _ y: Double, _ across: Double, _ down: Double, _ length: Double, _ title: String
    ) -> String {
        let (endX, endY) = (x + (length - 6) * across, y + (length - 6) * down)
        let head = [
            (endX - 6 * across - 3 * down, endY - 6 * down + 3 * across), (endX, endY),
            (endX - 6 * across + 3 * down, endY - 6 * down - 3 * across),
        ]
        return Svg.line(style, x, y, endX, endY, title: title) + Svg.polyline(style, head)
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
