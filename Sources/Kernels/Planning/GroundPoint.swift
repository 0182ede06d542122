internal import Foundation

/// A point on the ground in millionths of a degree.
public struct GroundPoint: Sendable, Hashable, Codable {
    public var latitude: Int
    public var longitude: Int

    public init(latitude: Int, longitude: Int) {
        self.latitude = latitude
        self.longitude = longitude
    }

    /// Metres along the great circle of a sphere of 6371 km, to the metre.
    public func metres(to other: GroundPoint) -> Int {
        let radians = Double.pi / 180e6
        let (here, there) = (Double(latitude) * radians, Double(other.latitude) * radians)
        let (up, along) = (sin((there - here) / 2), sin(Double(other.longitude - longitude) * radians / 2))
        let part = up * up + cos(here) * cos(there) * along * along
        return Int((2 * 6_371_000 * asin(Swift.min(1, part.squareRoot()))).rounded())
    }
}
