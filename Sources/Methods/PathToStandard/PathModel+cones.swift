internal import Foundation
internal import Planning
internal import Vocabulary

/// What stands in a model for one spread. More of it makes the model tighter, never wrong.
struct ConeCuts: Sendable, Hashable, Codable {
    /// Ratios of value to mean at which the cone about its free mean is touched, in parts of `scale`, by unit.
    var tangents: [[Int]]
    /// Steps of the lattice from which a chord runs to the next, by unit.
    var chords: [[Int]]

    static let scale = 8_192.0

    init(units: Int) {
        tangents = Array(repeating: [4_096, 8_192, 16_384], count: units)
        chords = Array(repeating: [], count: units)
    }
}

/// A part of all plans: where whole columns and means lie.
struct PathRegion: Sendable {
    struct Box: Sendable {
        var lower: Int
        var upper: Int
    }
    var boxes: [Int: Box] = [:]
    var spans: [Cone: MeanSpan] = [:]
}

/// Where a mean lies. Within a narrow span the spread is written with chords.
struct MeanSpan: Sendable, Hashable, Codable {
    var lower: Double
    var upper: Double
    var isNarrow = false
}

/// A coefficient of variation under τ is a second-order cone with the mean free: Σ w X² ≤ (1 + τ²) m² with m = Σ w X, w the part of
/// the pupils.
///
/// About the free mean: over m it reads Σ w y ≤ (1 + τ²) m with y ≥ X²/m, and y ≥ 2aX − a²m holds for every ratio a because
/// (X − am)² ≥ 0.
///
/// Within a span l ≤ m ≤ u of the mean: m² ≤ (l + u) m − l u, and X² ≥ (a + b) X − a b for neighbours a, b on the lattice of X, because
/// no plan lies between them. All chords together are the hull of what whole steps can reach; no tangent is as tight.
///
/// However few tangents or chords stand in the model, it lets in every plan the cone lets in: its bound is a bound.
extension PathModel {
    mutating func addCone(_ cone: Cone, _ cuts: ConeCuts, _ span: MeanSpan?) {
        let places = data.members[cone.stage] ?? []
        let ceiling = data.ceiling(cone) ?? 0
        let factor = 1 + ceiling * ceiling
        // Bounds the rows imply anyway: without them no bound can be recomputed from rounded multipliers.
        let most = data.growth[cone.item][cone.stage] ?? .infinity
        let name = "\(cone.item) \(cone.stage.rawValue)"
        let mean = linear.column("mean \(name)", span?.lower ?? 0, span?.upper ?? most)
        linear.row(
            "mean \(name)", places.map { .init(values[$0][cone.item], data.weight[$0]) } + [.init(mean, -1)], atLeast: 0, atMost: 0)
        let narrow = span.flatMap { $0.isNarrow ? $0 : nil }
        let slope = narrow.map { factor * ($0.lower + $0.upper) } ?? factor
        var spread: [LinearModel.Term] = [.init(mean, -slope)]
        for (number, place) in places.enumerated() {
            let weight = data.weight[place]
            let square = linear.column("square \(cone.item) \(place)", 0, narrow == nil ? factor * most : weight * most * most)
            spread.append(.init(square, 1))
            if narrow == nil {
                addTangents(cuts.tangents[number], cone.item, place, (square, mean))
            } else {
                addChords(cuts.chords[number], cone.item, place, square)
            }
        }
        linear.row("dispersion \(name)", spread, atMost: narrow.map { -factor * $0.lower * $0.upper } ?? 0)
    }

    private mutating func addTangents(_ ratios: [Int], _ item: Int, _ place: Int, _ columns: (square: Int, mean: Int)) {
        let weight = data.weight[place]
        for touched in ratios {
            let ratio = Double(touched) / ConeCuts.scale
            linear.row(
                "tangent \(item) \(place) \(touched)",
                [
                    .init(columns.square, 1), .init(values[place][item], -2 * ratio * weight),
                    .init(columns.mean, ratio * ratio * weight),
                ], atLeast: 0)
        }
    }

    private mutating func addChords(_ chords: [Int], _ item: Int, _ place: Int, _ square: Int) {
        let (weight, value, base) = (data.weight[place], values[place][item], data.base[place][item])
        // Without a lattice, and where nothing moves the value, the tangent where it stands.
        guard let step = data.latticeStep(item, place) else {
            linear.row("still \(item) \(place)", [.init(square, 1), .init(value, -2 * base * weight)], atLeast: -base * base * weight)
            return
        }
        for chord in chords {
            let (a, b) = (base + Double(chord) * step, base + Double(chord + 1) * step)
            linear.row("chord \(item) \(place) \(chord)", [.init(square, 1), .init(value, -(a + b) * weight)], atLeast: -a * b * weight)
        }
    }
}
