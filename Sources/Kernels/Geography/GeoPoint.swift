/// A place on the ground in degrees. Its coordinate system is WGS-84 / CGCS2000 unless a name says otherwise.
public struct GeoPoint: Hashable, Sendable {
    /// Degrees east.
    public var longitude: Double
    /// Degrees north.
    public var latitude: Double

    public init(longitude: Double, latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }

    /// Whether both degrees can exist.
    public var isOnEarth: Bool { abs(longitude) <= 180 && abs(latitude) <= 90 }
}
