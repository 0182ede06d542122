internal import Foundation
internal import Planning
internal import Vocabulary

/// Why no plan is cheaper, or why there is none: all plans split into regions, and for each the multipliers of its relaxation.
///
/// Nothing in it is believed. The regions cover everything because of how they are split, and a region's bound is recomputed in exact
/// arithmetic from whatever multipliers stand here (`SafeBound`).
struct PathProof: Codable {
    struct Cuts: Codable {
        var item: Int
        var stage: Stage
        var cuts: ConeCuts
    }
    struct Node: Codable {
        /// A whole column is at most `at` in the first child and more in the second.
        var column: Int?
        var at: Int?
        /// A mean lies below `lower`, between, or above `upper` in the three children.
        var item: Int?
        var stage: Stage?
        var lower: Double?
        var upper: Double?
        var children: [Int] = []
        /// Of a region that is not split further.
        var multipliers: String?
        /// Whether the multipliers say that no plan lies in it, rather than what plans there cost.
        var isEmpty: Bool?
    }
    var cuts: [Cuts]
    var nodes: [Node]

    /// How far numbers of the model are from the true ones: some roundings of 2⁻⁵³ each.
    static let doubt = 0x1p-48

    var text: String? { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } }
    init?(text: String) {
        guard let proof = try? JSONDecoder().decode(PathProof.self, from: Data(text.utf8)) else { return nil }
        self = proof
    }

    init(cuts: [Cone: ConeCuts], nodes: [Node]) {
        self.cuts = cuts.map { Cuts(item: $0.key.item, stage: $0.key.stage, cuts: $0.value) }
        self.nodes = nodes
    }

    /// The bound it proves, in yuan; nil where it is not whole or proves nothing.
    func bound(_ data: PathData) -> Int? {
        var check = ProofCheck(proof: self, base: PathModel(data))
        guard check.walk(0, PathRegion()), let least = check.least else { return nil }
        return data.lifted(least)
    }

    /// Whether it proves that there is no plan at all: no region of it holds one.
    func excludesAll(_ data: PathData) -> Bool {
        var check = ProofCheck(proof: self, base: PathModel(data))
        return check.walk(0, PathRegion()) && check.least == nil
    }

    /// The spreads it leans on.
    var cones: Set<Cone> { Set(cuts.map { Cone(item: $0.item, stage: $0.stage) }) }
}

extension PathData {
    /// A bound in the model's money as yuan, raised to what plans can cost at all.
    func lifted(_ bound: Fraction) -> Int {
        let unit = Fraction(quantum)
        let exact = bound * Fraction(Int(money))
        var count = Int((exact / unit).approximate.rounded(.up))
        while unit * Fraction(count) < exact { count += 1 }
        while unit * Fraction(count - 1) >= exact { count -= 1 }
        return Swift.max(0, count * quantum)
    }
}

/// Walks the regions of a proof and keeps the least bound.
private struct ProofCheck {
    let proof: PathProof
    let base: PathModel
    let cuts: [Cone: ConeCuts]
    var least: Fraction?

    init(proof: PathProof, base: PathModel) {
        self.proof = proof
        self.base = base
        let data = base.data
        var cuts: [Cone: ConeCuts] = [:]
        for part in proof.cuts {
            let cone = Cone(item: part.item, stage: part.stage)
            let count = data.members[cone.stage]?.count ?? 0
            guard data.problem.items.indices.contains(cone.item), data.ceiling(cone) != nil, part.cuts.tangents.count == count,
                part.cuts.chords.count == count
            else { continue }
            cuts[cone] = part.cuts
        }
        self.cuts = cuts
    }

    /// False where a region is left without a bound.
    mutating func walk(_ place: Int, _ region: PathRegion) -> Bool {
        guard proof.nodes.indices.contains(place) else { return false }
        let node = proof.nodes[place]
        // Children stand after their parents, so that a walk ends.
        guard node.children.allSatisfy({ $0 > place }) else { return false }
        if node.children.isEmpty { return leaf(node, region) }
        guard let parts = split(node, region), parts.count == node.children.count else { return false }
        return zip(node.children, parts).allSatisfy { walk($0, $1) }
    }

    private mutating func leaf(_ node: PathProof.Node, _ region: PathRegion) -> Bool {
        let model = base.with(cuts, region).linear
        if model.columns.contains(where: { $0.lower > $0.upper }) { return true }
        guard let text = node.multipliers, let multipliers = PackedMultipliers.read(text, count: model.rows.count) else { return false }
        if node.isEmpty == true { return SafeBound.excludesAll(model, multipliers: multipliers, doubt: PathProof.doubt) }
        guard let bound = SafeBound.lower(model, multipliers: multipliers, doubt: PathProof.doubt) else { return false }
        least = least.map { Swift.min($0, bound) } ?? bound
        return true
    }

    private func split(_ node: PathProof.Node, _ region: PathRegion) -> [PathRegion]? {
        if let column = node.column, let at = node.at {
            guard base.linear.columns.indices.contains(column), base.linear.columns[column].isWhole else { return nil }
            return base.split(region, column, at)
        }
        guard let item = node.item, let stage = node.stage, let lower = node.lower, let upper = node.upper, lower <= upper else {
            return nil
        }
        let cone = Cone(item: item, stage: stage)
        return cuts[cone] == nil ? nil : base.split(region, cone, lower, upper)
    }
}

extension PathModel {
    /// A region where a whole column is at most `at`, and one where it is more.
    func split(_ region: PathRegion, _ column: Int, _ at: Int) -> [PathRegion] {
        let known = region.boxes[column] ?? .init(lower: Int(linear.columns[column].lower), upper: Int(linear.columns[column].upper))
        var parts = [region, region]
        parts[0].boxes[column] = .init(lower: known.lower, upper: Swift.min(known.upper, at))
        parts[1].boxes[column] = .init(lower: Swift.max(known.lower, at + 1), upper: known.upper)
        return parts
    }

    /// A region with the mean below a narrow span, within it, and above it.
    func split(_ region: PathRegion, _ cone: Cone, _ lower: Double, _ upper: Double) -> [PathRegion] {
        let known = region.spans[cone] ?? .init(lower: 0, upper: data.growth[cone.item][cone.stage] ?? .infinity)
        var parts = [region, region, region]
        parts[0].spans[cone] = .init(lower: known.lower, upper: lower, isNarrow: known.isNarrow)
        parts[1].spans[cone] = .init(lower: Swift.max(known.lower, lower), upper: Swift.min(known.upper, upper), isNarrow: true)
        parts[2].spans[cone] = .init(lower: upper, upper: known.upper, isNarrow: known.isNarrow)
        return parts
    }
}
