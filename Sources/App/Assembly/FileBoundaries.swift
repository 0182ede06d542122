public import DemoCity
public import Foundation
public import Geography

/// The bureau's boundary file, `boundaries.geojson` in the data folder.
public struct FileBoundaries: Boundaries {
    public let url: URL
    private let file: BoundaryFile?
    public let problem: String?

    public init(folder: URL) {
        url = folder.appendingPathComponent("boundaries.geojson")
        guard let data = try? Data(contentsOf: url) else {
            (file, problem) = (nil, nil)
            return
        }
        do {
            file = try BoundaryFile(data)
            problem = nil
        } catch {
            file = nil
            problem = "\(url.lastPathComponent): \(error)"
        }
    }

    public func boundaries() -> [Boundary] { file?.boundaries ?? [] }
    public var schoolCoordinates: CoordinateSystem { file?.schoolCoordinates ?? .wgs84 }

    /// Writes the demo city's outlines where there is no file yet.
    public func fill(with city: DemoCity) throws {
        guard !FileManager.default.fileExists(atPath: url.path) else { return }
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(BoundaryFile(boundaries: city.boundaries).geoJSON.utf8).write(to: url, options: .atomic)
    }
}
