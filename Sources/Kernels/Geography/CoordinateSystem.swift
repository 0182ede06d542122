internal import Foundation

/// The systems in which Chinese maps give coordinates. A file says which one it uses; it is never guessed, because the
/// wrong guess moves a school by some hundred metres.
public enum CoordinateSystem: String, Sendable, Hashable, CaseIterable {
    /// WGS-84 and CGCS2000 agree within a decimetre, far below what these maps show.
    case wgs84 = "WGS-84"
    /// The shifted system of 高德 and 腾讯 maps.
    case gcj02 = "GCJ-02"
    /// The system of 百度 maps, shifted once more.
    case bd09 = "BD-09"

    /// The system meant by a name people or programs write; nil for any other.
    public init?(written text: String) {
        let name = text.uppercased().filter { $0.isLetter || $0.isNumber }
        switch name {
        case "WGS84", "CGCS2000", "国家2000", "2000国家大地坐标系", "EPSG4326", "EPSG4490", "URNOGCDEFCRSEPSG4326", "URNOGCDEFCRSEPSG4490",
            "URNOGCDEFCRSOGC13CRS84", "URNOGCDEFCRSOGCCRS84":
            self = .wgs84
        case "GCJ02", "火星坐标", "火星坐标系", "高德", "腾讯": self = .gcj02
        case "BD09", "BD09LL", "百度", "百度坐标": self = .bd09
        default: return nil
        }
    }

    /// The point in WGS-84, to within a centimetre.
    public func toWGS84(_ point: GeoPoint) -> GeoPoint {
        switch self {
        case .wgs84: point
        case .gcj02: Shift.undo(point, by: Shift.gcj02)
        case .bd09: Shift.undo(Shift.undo(point, by: Shift.bd09), by: Shift.gcj02)
        }
    }

    /// A WGS-84 point in this system.
    public func fromWGS84(_ point: GeoPoint) -> GeoPoint {
        switch self {
        case .wgs84: point
        case .gcj02: Shift.gcj02(point)
        case .bd09: Shift.bd09(Shift.gcj02(point))
        }
    }
}

/// The publicly known approximations of the two shifts. Source: the polynomials in wide use since 2013
/// (Krasovsky 1940 ellipsoid); there is no official publication to hold them against.
private enum Shift {
    private static let radius = 6_378_245.0
    private static let eccentricity = 0.006_693_421_622_965_943

    /// The shift is defined over China only.
    private static func isInside(_ point: GeoPoint) -> Bool {
        (72.004...137.8347).contains(point.longitude) && (0.8293...55.8271).contains(point.latitude)
    }

    static func gcj02(_ point: GeoPoint) -> GeoPoint {
        guard isInside(point) else { return point }
        let (x, y) = (point.longitude - 105, point.latitude - 35)
        let radians = point.latitude / 180 * .pi
        let magic = 1 - eccentricity * sin(radians) * sin(radians)
        let root = magic.squareRoot()
        let north = latitudeOffset(x, y) * 180 / (radius * (1 - eccentricity) / (magic * root) * .pi)
        let east = longitudeOffset(x, y) * 180 / (radius / root * cos(radians) * .pi)
        return GeoPoint(longitude: point.longitude + east, latitude: point.latitude + north)
    }

    static func bd09(_ point: GeoPoint) -> GeoPoint {
        let turn = Double.pi * 3_000 / 180
        let (x, y) = (point.longitude, point.latitude)
        let distance = (x * x + y * y).squareRoot() + 0.000_02 * sin(y * turn)
        let angle = atan2(y, x) + 0.000_003 * cos(x * turn)
        return GeoPoint(longitude: distance * cos(angle) + 0.0065, latitude: distance * sin(angle) + 0.006)
    }

    /// The point that the shift moves to `target`, by repeated correction; the shift bends so little that ten rounds are ample.
    static func undo(_ target: GeoPoint, by shift: (GeoPoint) -> GeoPoint) -> GeoPoint {
        var guess = target
        for _ in 0..<10 {
            let moved = shift(guess)
            guess.longitude += target.longitude - moved.longitude
            guess.latitude += target.latitude - moved.latitude
        }
        return guess
    }

    private static func waves(_ x: Double, _ parts: [(Double, Double)]) -> Double {
        parts.reduce(0) { $0 + $1.0 * sin(x * .pi * $1.1) } * 2 / 3
    }

    private static func latitudeOffset(_ x: Double, _ y: Double) -> Double {
        let plain = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * abs(x).squareRoot()
        return plain + waves(x, [(20, 6), (20, 2)]) + waves(y, [(20, 1), (40, 1.0 / 3)]) + waves(y, [(160, 1.0 / 12), (320, 1.0 / 30)])
    }

    private static func longitudeOffset(_ x: Double, _ y: Double) -> Double {
        let plain = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * abs(x).squareRoot()
        return plain + waves(x, [(20, 6), (20, 2)]) + waves(x, [(20, 1), (40, 1.0 / 3)]) + waves(x, [(150, 1.0 / 12), (300, 1.0 / 30)])
    }
}
