/// The outline of a region, such as a county, in WGS-84.
public struct Boundary: Hashable, Sendable {
    /// An outer ring and the holes in it. Rings are closed by themselves: the last point need not repeat the first.
    public struct Polygon: Hashable, Sendable {
        public var outer: [GeoPoint]
        public var holes: [[GeoPoint]]

        public init(outer: [GeoPoint], holes: [[GeoPoint]] = []) {
            self.outer = outer
            self.holes = holes
        }
    }

    /// The region's name as the returns write it.
    public var name: String
    public var polygons: [Polygon]

    public init(name: String, polygons: [Polygon]) {
        self.name = name
        self.polygons = polygons
    }

    /// Whether a point lies inside (even-odd rule; points on the edge may fall on either side).
    public func contains(_ point: GeoPoint) -> Bool {
        polygons.contains { polygon in
            Boundary.ring(polygon.outer, holds: point) && !polygon.holes.contains { Boundary.ring($0, holds: point) }
        }
    }

    /// A point to write the name at: the centroid of the largest polygon, in square degrees. Nil without a polygon.
    public var labelPoint: GeoPoint? {
        polygons.map(\.outer).filter { $0.count > 2 }.max { abs(Boundary.area($0)) < abs(Boundary.area($1)) }.map(Boundary.centroid)
    }

    private static func ring(_ ring: [GeoPoint], holds point: GeoPoint) -> Bool {
        var isInside = false
        for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) where (a.latitude > point.latitude) != (b.latitude > point.latitude) {
            let share = (point.latitude - a.latitude) / (b.latitude - a.latitude)
            if point.longitude < a.longitude + share * (b.longitude - a.longitude) { isInside.toggle() }
        }
        return isInside
    }

    private static func area(_ ring: [GeoPoint]) -> Double {
        zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) {
            $0 + $1.0.longitude * $1.1.latitude - $1.1.longitude * $1.0.latitude
        } / 2
    }

    private static func centroid(_ ring: [GeoPoint]) -> GeoPoint {
        // About the first point, so that large coordinates do not cost precision.
        let origin = ring[0]
        let near = ring.map { GeoPoint(longitude: $0.longitude - origin.longitude, latitude: $0.latitude - origin.latitude) }
        let whole = area(near)
        guard whole != 0 else { return origin }
        var (x, y) = (0.0, 0.0)
        for (a, b) in zip(near, near.dropFirst() + near.prefix(1)) {
            let cross = a.longitude * b.latitude - b.longitude * a.latitude
            x += (a.longitude + b.longitude) * cross
            y += (a.latitude + b.latitude) * cross
        }
        return GeoPoint(longitude: origin.longitude + x / (6 * whole), latitude: origin.latitude + y / (6 * whole))
    }
}

/// Where maps get the outlines of a bureau's regions from.
public protocol Boundaries: Sendable {
    /// All outlines, in WGS-84; empty when the bureau has handed in no boundary file.
    func boundaries() -> [Boundary]
    /// The system in which the coordinates of the school returns are written.
    var schoolCoordinates: CoordinateSystem { get }
    /// Why a boundary file that was handed in is not used, in the user's words; nil when it is, or when there is none.
    var problem: String? { get }
}
