public import DemoCity
public import Foundation
public import Geography
public import Indicators

/// The bureau's boundary file, `boundaries.geojson` in the data folder.
public struct FileBoundaries: Boundaries {
    public let url: URL
    private let file: BoundaryFile?
    public let problem: String?
    /// What the catalogue says of schools' coordinates.
    private let stated: CoordinateSystem?

    public init(folder: URL, catalogue: IndicatorCatalogue? = nil) {
        stated = catalogue?.schoolCoordinates
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
    public var schoolCoordinates: CoordinateSystem { stated ?? file?.schoolCoordinates ?? .wgs84 }

    /// Writes the demo city's outlines where there is no file yet.
    public func fill(with city: DemoCity) throws {
        guard !FileManager.default.fileExists(atPath: url.path) else { return }
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(BoundaryFile(boundaries: city.boundaries).geoJSON.utf8).write(to: url, options: .atomic)
    }
}

extension IndicatorCatalogue {
    /// The system a form of schools states for their coordinates; nil where none does.
    public var schoolCoordinates: CoordinateSystem? {
        forms.values.sorted { $0.id < $1.id }.compactMap { $0.coordinates.flatMap { CoordinateSystem(written: $0) } }.first
    }
}
