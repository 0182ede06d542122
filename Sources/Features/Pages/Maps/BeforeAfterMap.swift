public import Geography

/// A county's schools as a plan finds them and as it leaves them: maps of the same ground beside each other, or a single one.
public struct BeforeAfterMap: Sendable {
    public struct School: Sendable {
        public var name: String
        /// In WGS-84; nil where it is not known. Such schools are counted, never drawn.
        public var point: GeoPoint?
        /// Pupils.
        public var size: Double
        /// How it stands on each of the maps.
        public var lights: [Light]
        /// Whether it is set off on each of them: something is done there.
        public var isRinged: [Bool]
        public var url: String
        /// What a pointer resting on it is told: how it stands, what is done there and how much.
        public var title: String

        public init(
            _ name: String, at point: GeoPoint?, size: Double, lights: [Light], isRinged: [Bool], url: String, title: String
        ) {
            (self.name, self.point, self.size) = (name, point, size)
            (self.lights, self.isRinged) = (lights, isRinged)
            (self.url, self.title) = (url, title)
        }
    }

    /// A map and what stands above it.
    public struct Panel: Sendable {
        public var heading: String
        public var svg: String
    }

    /// Empty where there is nothing to draw.
    public let panels: [Panel]
    public let isSingle: Bool
    /// What the lights mean, shape and word.
    public let legend: [Light]
    /// How to read it, and what is not on it.
    public let note: String

    /// `headings` name the maps. `outlines` are of the whole city; those beside the county are ground to stand on. `ties` stand on each
    /// map; none where it is empty. Nil where no school can be placed.
    public init?(
        _ county: String, _ headings: [String], outlines: [Boundary], schools: [School], ties: [[AreaMap.Tie]] = [], legend: [Light],
        note: String
    ) {
        let placed = schools.compactMap(\.point)
        let home = outlines.first { $0.name == county }?.polygons.flatMap(\.outer) ?? []
        guard !placed.isEmpty else { return nil }
        let isSingle = headings.count == 1
        self.isSingle = isSingle
        let (width, tallest) = isSingle ? (760.0, 520.0) : (540.0, 430.0)
        let areas = outlines.map { AreaMap.Area($0, style: $0.name == county ? "home" : "plain", title: $0.name) }
        panels = headings.enumerated().map { number, heading in
            let places = schools.compactMap { school -> AreaMap.Place? in
                guard let point = school.point else { return nil }
                let (light, isRinged) = (school.lights[number], school.isRinged[number])
                // Where a plan works at most schools their names would bury the map: those whose light changes are the ones to find.
                let isTold = ties.isEmpty ? Set(school.lights.map(\.style)).count > 1 : isRinged
                return AreaMap.Place(
                    school.name, at: point, size: school.size, light: light, url: school.url, title: school.title,
                    isLabelled: isTold || ["notmet", "warning"].contains(light.style), isRinged: isRinged)
            }
            var map = AreaMap(
                areas: areas, places: places, ties: ties.isEmpty ? [] : ties[number], focus: home + placed, width: width, tallest: tallest)
            map.growth = isSingle ? 7 : 5
            return Panel(heading: heading, svg: map.svg("\(county)学校分布：\(heading)", style: isSingle ? "wide" : ""))
        }
        self.legend = legend
        let unplaced = schools.count - placed.count
        self.note = note + (unplaced > 0 ? "\(unplaced)所学校没有登记坐标，不在图上，见下表。" : "")
    }
}
