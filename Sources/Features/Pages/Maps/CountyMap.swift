public import Geography

/// The schools of one county on the bureau's own outlines; the neighbours stand pale around it.
public struct CountyMap: Sendable {
    let county: String
    private let outlines: [Boundary]
    private let system: CoordinateSystem

    public init(_ county: String, _ boundaries: any Boundaries) {
        self.county = county
        outlines = boundaries.boundaries()
        system = boundaries.schoolCoordinates
    }

    /// Where a school lies, from the millionths of a degree the returns tell; nil where they do not.
    public func point(latitude: Int?, longitude: Int?) -> GeoPoint? {
        guard let latitude, let longitude else { return nil }
        return system.toWGS84(GeoPoint(longitude: Double(longitude) / 1e6, latitude: Double(latitude) / 1e6))
    }

    /// Empty where there is neither an outline of the county nor a place. `neighbour` is where a neighbouring county's ground leads.
    public func svg(
        _ label: String, _ places: [AreaMap.Place], ties: [AreaMap.Tie] = [], width: Double = 760,
        neighbour: (String) -> String? = { _ in nil }
    ) -> String {
        let areas = outlines.map { outline in
            AreaMap.Area(
                outline, style: outline.name == county ? "home" : "plain", url: outline.name == county ? nil : neighbour(outline.name),
                title: outline.name)
        }
        let home = outlines.first { $0.name == county }?.polygons.flatMap(\.outer) ?? []
        guard !places.isEmpty || !home.isEmpty else { return "" }
        return AreaMap(areas: areas, places: places, ties: ties, focus: home + places.map(\.point), width: width, tallest: 560)
            .svg(label, style: "wide")
    }
}
