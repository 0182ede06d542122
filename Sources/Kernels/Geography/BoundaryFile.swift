public import Foundation
internal import Vocabulary

/// Reads and writes a bureau's boundary file: GeoJSON (RFC 7946) whose features are polygons with a `name`.
///
/// The file must say its coordinate system, as `"coordinateSystem": "CGCS2000"` beside `"features"` or as an older
/// `crs` member. Schools are taken to use the same system unless `"schoolCoordinates"` names another.
public struct BoundaryFile: Sendable {
    public var boundaries: [Boundary]
    public var schoolCoordinates: CoordinateSystem

    public init(boundaries: [Boundary], schoolCoordinates: CoordinateSystem = .wgs84) {
        self.boundaries = boundaries
        self.schoolCoordinates = schoolCoordinates
    }

    /// Reads a file. Throws `BoundaryProblem` in the user's words when it cannot be used.
    public init(_ data: Data) throws {
        let collection: Collection
        do {
            collection = try JSONDecoder().decode(Collection.self, from: data)
        } catch {
            throw BoundaryProblem("不是可用的 GeoJSON：应是 FeatureCollection，每个要素有 properties.name 和 Polygon 或 MultiPolygon 边界")
        }
        guard let written = collection.coordinateSystem ?? collection.crs?.properties?.name else {
            throw BoundaryProblem("没有写明坐标系。请在 features 旁加一行 \"coordinateSystem\": \"CGCS2000\"（或 WGS-84、GCJ-02、BD-09）")
        }
        let system = try BoundaryFile.system(written)
        boundaries = try collection.features.enumerated().map { place, feature in
            try BoundaryFile.boundary(feature, place + 1, system)
        }
        schoolCoordinates = try collection.schoolCoordinates.map(BoundaryFile.system) ?? system
    }

    private static func system(_ written: String) throws -> CoordinateSystem {
        guard let system = CoordinateSystem(written: written) else {
            throw BoundaryProblem("不认识坐标系“\(written)”。可用 WGS-84、CGCS2000、GCJ-02、BD-09；投影坐标请先转成经纬度")
        }
        return system
    }

    private static func boundary(_ feature: Feature, _ place: Int, _ system: CoordinateSystem) throws -> Boundary {
        guard let name = feature.properties?.name, !name.isEmpty else { throw BoundaryProblem("第\(place)个要素没有 name，不知道是哪个县（市、区）") }
        let polygons = try feature.geometry.polygons.map { rings in
            let converted = try rings.map { try ring($0, name, system) }
            guard let outer = converted.first else { throw BoundaryProblem("“\(name)”的边界是空的") }
            return Boundary.Polygon(outer: outer, holes: Array(converted.dropFirst()))
        }
        return Boundary(name: name, polygons: polygons)
    }

    private static func ring(_ numbers: [[Double]], _ name: String, _ system: CoordinateSystem) throws -> [GeoPoint] {
        var points = try numbers.map { pair in
            let point = GeoPoint(longitude: pair.first ?? .nan, latitude: pair.count > 1 ? pair[1] : .nan)
            guard point.isOnEarth else { throw BoundaryProblem("“\(name)”有不是经纬度的坐标 \(pair)。投影坐标请先转成经纬度") }
            return point
        }
        if points.count > 1, points.first == points.last { points.removeLast() }
        guard points.count > 2 else { throw BoundaryProblem("“\(name)”的边界不足3个点") }
        return points.map(system.toWGS84)
    }

    /// The file as GeoJSON in WGS-84 with five decimals, about a metre. The same boundaries give the same bytes.
    public var geoJSON: String {
        let features = boundaries.map { boundary in
            let polygons = boundary.polygons.map { polygon in
                "[" + ([polygon.outer] + polygon.holes).map(BoundaryFile.text).joined(separator: ",") + "]"
            }
            let name = (try? JSONEncoder().encode(boundary.name)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
            return
                "{\"type\":\"Feature\",\"properties\":{\"name\":\(name)},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[\(polygons.joined(separator: ","))]}}"
        }
        return
            "{\"type\":\"FeatureCollection\",\"coordinateSystem\":\"CGCS2000\",\"schoolCoordinates\":\"\(schoolCoordinates.rawValue)\",\n\"features\":[\n\(features.joined(separator: ",\n"))\n]}\n"
    }

    private static func text(_ ring: [GeoPoint]) -> String {
        let points = (ring + ring.prefix(1)).map { "[\(String(format: "%.5f", $0.longitude)),\(String(format: "%.5f", $0.latitude))]" }
        return "[\(points.joined(separator: ","))]"
    }
}

/// Why a boundary file cannot be used.
public struct BoundaryProblem: Error, CustomStringConvertible {
    public var description: String
    init(_ description: String) { self.description = description }
}

private struct Collection: Decodable {
    struct System: Decodable {
        struct Properties: Decodable { var name: String? }
        var properties: Properties?
    }
    var features: [Feature]
    var coordinateSystem: String?
    var schoolCoordinates: String?
    var crs: System?
}

private struct Feature: Decodable {
    struct Properties: Decodable { var name: String? }
    var properties: Properties?
    var geometry: Geometry
}

private struct Geometry: Decodable {
    private enum Key: String, CodingKey { case type, coordinates }
    var polygons: [[[[Double]]]]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        switch try container.decode(String.self, forKey: .type) {
        case "Polygon": polygons = [try container.decode([[[Double]]].self, forKey: .coordinates)]
        case "MultiPolygon": polygons = try container.decode([[[[Double]]]].self, forKey: .coordinates)
        default: throw BoundaryProblem("只认 Polygon 和 MultiPolygon")
        }
    }
}
