internal import Foundation

extension PostProblem.Place {
    /// Metres along the great circle, to the metre.
    public func metres(to other: PostProblem.Place) -> Int {
        let radians = Double.pi / 180e6
        let (here, there) = (Double(latitude) * radians, Double(other.latitude) * radians)
        let (up, along) = (sin((there - here) / 2), sin(Double(other.longitude - longitude) * radians / 2))
        let part = up * up + cos(here) * cos(there) * along * along
        return Int((2 * 6_371_000 * asin(Swift.min(1, part.squareRoot()))).rounded())
    }
}
