internal import Foundation
public import Geography
public import Indicators

extension ReturnTable {
    /// Where the school of a row lies, in WGS-84; nil where the row does not say. A row may say for itself which map it was read off; else
    /// `system` is meant.
    public func point(_ row: Int, in system: CoordinateSystem) -> GeoPoint? {
        GeoPoint(
            longitude: attribute("longitude", row), latitude: attribute("latitude", row),
            in: CoordinateSystem(written: attribute("coordinates", row)) ?? system)
    }
}

extension GeoPoint {
    /// A point as somebody wrote it, in WGS-84. Nil where nothing is written, nothing that is on the earth, or 0, 0, which is what programs
    /// write where they know no place.
    init?(longitude: String, latitude: String, in system: CoordinateSystem) {
        func number(_ text: String) -> Double? { Double(text.trimmingCharacters(in: .whitespaces)) }
        guard let longitude = number(longitude), let latitude = number(latitude), longitude != 0 || latitude != 0 else { return nil }
        let written = GeoPoint(longitude: longitude, latitude: latitude)
        guard written.isOnEarth else { return nil }
        self = system.toWGS84(written)
    }
}
