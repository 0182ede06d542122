internal import Geography

/// The outlines of the invented counties: a hand-drawn map whose edges a seed bends, so that neighbours share their border.
struct DemoBoundaries {
    private let coarse: Ripple
    private let fine: Ripple

    /// Corners of the map in units of the drawing; where three counties meet, two edges share a corner.
    private static let corners: [String: (Double, Double)] = [
        "a": (0.10, 2.02), "b": (0.62, 2.22), "c": (1.02, 2.08), "d": (1.52, 2.30), "e": (2.02, 2.12), "f": (2.60, 2.20), "g": (3.02, 1.86),
        "h": (2.94, 1.20), "i": (3.12, 0.72), "j": (2.86, 0.16), "k": (2.30, 0.02), "l": (1.82, 0.20), "m": (1.30, -0.08),
        "n": (0.86, 0.14),
        "o": (0.34, 0.02), "p": (-0.06, 0.44), "q": (0.06, 1.06), "r": (-0.08, 1.56), "s": (0.74, 1.16), "t": (1.14, 1.30),
        "u": (1.18, 0.86),
        "v": (1.92, 0.94), "w": (2.08, 1.32), "x": (2.46, 1.06),
    ]
    /// Counties as their corners in order; an edge appears in both its counties.
    private static let rings: [String: String] = [
        "清河县": "abctsqr", "城关区": "cdewvut", "东岭县": "efghxw", "云溪县": "qstunop", "石桥县": "uvlmn", "临湖区": "vwxhijkl",
    ]

    init(seed: UInt64) {
        var chance = SeededChance(seed: seed ^ 0xB0D4)
        coarse = Ripple(cell: 0.42, height: 0.075, &chance)
        fine = Ripple(cell: 0.12, height: 0.026, &chance)
    }

    func boundaries(_ names: [String]) -> [Boundary] {
        names.compactMap { name in
            DemoBoundaries.outline(name).map { Boundary(name: name, polygons: [.init(outer: $0.map(bent))]) }
        }
    }

    /// A place inside a county. `across` and `up` run from -1 to 1 from its middle to its edge.
    func place(in county: String, across: Double, up: Double) -> GeoPoint? {
        guard let ring = DemoBoundaries.outline(county) else { return nil }
        let middle = (ring.map(\.0).reduce(0, +) / Double(ring.count), ring.map(\.1).reduce(0, +) / Double(ring.count))
        let reach = Swift.max(abs(across), abs(up))
        guard reach > 0 else { return bent(middle) }
        let edge = DemoBoundaries.distance(from: middle, towards: (across, up), ring)
        // A tenth of the way is kept clear of the border, which bends.
        let length = (across * across + up * up).squareRoot()
        let far = edge * reach * 0.88 / length
        return bent((middle.0 + across * far, middle.1 + up * far))
    }

    /// Straight edges of a county, each cut into short pieces so that it can bend.
    private static func outline(_ name: String) -> [(Double, Double)]? {
        guard let letters = rings[name]?.map(String.init) else { return nil }
        let points = letters.compactMap { corners[$0] }
        return zip(points, points.dropFirst() + points.prefix(1)).flatMap { a, b in
            (0..<14).map { step in
                let share = Double(step) / 14
                return (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
            }
        }
    }

    private static func distance(from middle: (Double, Double), towards way: (Double, Double), _ ring: [(Double, Double)]) -> Double {
        let length = (way.0 * way.0 + way.1 * way.1).squareRoot()
        let (dx, dy) = (way.0 / length, way.1 / length)
        var nearest = Double.infinity
        for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
            let (ex, ey) = (b.0 - a.0, b.1 - a.1)
            let cross = dx * ey - dy * ex
            guard abs(cross) > 1e-12 else { continue }
            let along = ((a.0 - middle.0) * ey - (a.1 - middle.1) * ex) / cross
            let share = ((a.0 - middle.0) * dy - (a.1 - middle.1) * dx) / cross
            if along > 0, (0...1).contains(share) { nearest = Swift.min(nearest, along) }
        }
        return nearest.isFinite ? nearest : 0
    }

    /// The same bend for borders and schools keeps every school on its side.
    private func bent(_ point: (Double, Double)) -> GeoPoint {
        let (x, y) = point
        let first = coarse.shift(x, y)
        let second = fine.shift(x, y)
        return GeoPoint(
            longitude: 118.05 + 0.4 * (x + first.0 + second.0), latitude: 37.05 + 0.3 * (y + first.1 + second.1))
    }
}

/// Smooth noise over the plane: random shifts on a lattice, blended by sums and products alone, so that every machine
/// computes the same.
private struct Ripple {
    private let cell: Double
    private let shifts: [(Double, Double)]
    private static let side = 48

    init(cell: Double, height: Double, _ chance: inout SeededChance) {
        self.cell = cell
        shifts = (0..<(Ripple.side * Ripple.side)).map { _ in (chance.between(-height, height), chance.between(-height, height)) }
    }

    func shift(_ x: Double, _ y: Double) -> (Double, Double) {
        let (column, row) = ((x + 1) / cell, (y + 1) / cell)
        let (left, below) = (column.rounded(.down), row.rounded(.down))
        let (u, v) = (Ripple.smooth(column - left), Ripple.smooth(row - below))
        func at(_ dx: Int, _ dy: Int) -> (Double, Double) {
            let place =
                Swift.min(Swift.max(Int(left) + dx, 0), Ripple.side - 1) + Ripple.side
                * Swift.min(Swift.max(Int(below) + dy, 0), Ripple.side - 1)
            return shifts[place]
        }
        func blend(_ pick: ((Double, Double)) -> Double) -> Double {
            let low = pick(at(0, 0)) * (1 - u) + pick(at(1, 0)) * u
            let high = pick(at(0, 1)) * (1 - u) + pick(at(1, 1)) * u
            return low * (1 - v) + high * v
        }
        return (blend(\.0), blend(\.1))
    }

    private static func smooth(_ share: Double) -> Double { share * share * (3 - 2 * share) }
}
