internal import Foundation

/// Why no whole solution of a programme costs less: all solutions split at whole columns, and for each part the multipliers of its
/// relaxation. Nothing in it is believed: the parts cover everything because of how they are split, and a part's bound is recomputed from
/// whatever multipliers stand there.
public struct BranchProof: Sendable, Hashable, Codable {
    public struct Node: Sendable, Hashable, Codable {
        /// A whole column is at most `at` in the first child and more in the second.
        public var column: Int?
        public var at: Int?
        public var children: [Int] = []
        /// Of a part that is not split further.
        public var multipliers: String?
        /// Whether the multipliers say that no solution lies in it, rather than what solutions there cost.
        public var isEmpty: Bool?

        init() {}
    }
    public internal(set) var nodes: [Node]

    init(_ nodes: [Node]) { self.nodes = nodes }

    public var text: String? { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } }

    public init?(text: String) {
        guard let proof = try? JSONDecoder().decode(BranchProof.self, from: Data(text.utf8)) else { return nil }
        self = proof
    }

    /// The bound it proves; nil where some part is left without one, or where no part holds a solution. `doubt` as in `SafeBound`.
    public func bound(_ model: LinearModel, doubt: Double = 0) -> Fraction? {
        var check = BranchCheck(nodes: nodes, doubt: doubt)
        return check.walk(0, model) ? check.least : nil
    }

    /// Whether it proves that there is no whole solution at all.
    public func excludesAll(_ model: LinearModel, doubt: Double = 0) -> Bool {
        var check = BranchCheck(nodes: nodes, doubt: doubt)
        return check.walk(0, model) && check.least == nil
    }
}

private struct BranchCheck {
    let nodes: [BranchProof.Node]
    let doubt: Double
    var least: Fraction?

    init(nodes: [BranchProof.Node], doubt: Double) {
        self.nodes = nodes
        self.doubt = doubt
    }

    mutating func walk(_ place: Int, _ model: LinearModel) -> Bool {
        guard nodes.indices.contains(place) else { return false }
        let node = nodes[place]
        if node.children.isEmpty { return leaf(node, model) }
        // Children stand after their parents, so that a walk ends.
        guard let column = node.column, let at = node.at, node.children.count == 2, node.children.allSatisfy({ $0 > place }),
            model.columns.indices.contains(column), model.columns[column].isWhole
        else { return false }
        return model.split(column, at).enumerated().allSatisfy { walk(node.children[$0.offset], $0.element) }
    }

    private mutating func leaf(_ node: BranchProof.Node, _ model: LinearModel) -> Bool {
        if model.columns.contains(where: { $0.lower > $0.upper }) { return true }
        guard let text = node.multipliers, let multipliers = PackedMultipliers.read(text, count: model.rows.count) else { return false }
        if node.isEmpty == true { return SafeBound.excludesAll(model, multipliers: multipliers, doubt: doubt) }
        guard let bound = SafeBound.lower(model, multipliers: multipliers, doubt: doubt) else { return false }
        least = least.map { Swift.min($0, bound) } ?? bound
        return true
    }
}

extension LinearModel {
    /// The part where a whole column is at most `at`, and the one where it is more.
    func split(_ column: Int, _ at: Int) -> [LinearModel] {
        var (below, above) = (self, self)
        below.setBounds(column, columns[column].lower, Swift.min(columns[column].upper, Double(at)))
        above.setBounds(column, Swift.max(columns[column].lower, Double(at) + 1), columns[column].upper)
        return [below, above]
    }
}

/// Splits a programme at whole columns, the part with the least bound first, until its least bound is high enough or the time is over.
public struct BranchSearch {
    private struct Part {
        var node: Int
        var model: LinearModel
        var bound: Double
        var values: [Double]
        var multipliers: [Double]
        var isEmpty = false
    }
    private var nodes: [BranchProof.Node] = [.init()]
    private var parts: [Part] = []
    private let solver: any LinearSolver
    private let isCancelled: @Sendable () -> Bool

    public init(_ solver: any LinearSolver, isCancelled: @escaping @Sendable () -> Bool = { false }) {
        self.solver = solver
        self.isCancelled = isCancelled
    }

    /// A proof that costs are at least `enough`, or less where the time is over first; nil where not even the whole programme has a bound.
    /// `clock` and `end` in seconds. Throws `SolverFailure`.
    public mutating func prove(
        _ model: LinearModel, enough: Double, until end: Double, clock: () -> Double
    ) throws -> BranchProof? {
        guard let root = try solve(model, node: 0, end - clock()) else { return nil }
        parts = [root]
        while !isCancelled(), clock() < end {
            guard let place = parts.indices.min(by: { parts[$0].bound < parts[$1].bound }), parts[place].bound < enough,
                let column = fractional(parts[place])
            else { break }
            let part = parts[place]
            let at = Int((part.values[column] + 1e-9).rounded(.down))
            var children: [Part] = []
            for (side, half) in part.model.split(column, at).enumerated() {
                guard let child = try solve(half, node: nodes.count + side, end - clock()) else { break }
                children.append(child)
            }
            guard children.count == 2 else { break }
            (nodes[part.node].column, nodes[part.node].at) = (column, at)
            nodes[part.node].children = children.map(\.node)
            nodes += [.init(), .init()]
            parts.remove(at: place)
            parts += children
        }
        return proof
    }

    /// Why a programme has no whole solution; nil where that is not proved by `end`, whatever the solver says. Throws `SolverFailure`.
    public static func impossibility(
        _ model: LinearModel, _ solver: any LinearSolver, until end: Double, clock: () -> Double,
        isCancelled: @escaping @Sendable () -> Bool = { false }, doubt: Double = 0
    ) throws -> BranchProof? {
        var search = BranchSearch(solver, isCancelled: isCancelled)
        guard let proof = try search.prove(model, enough: .infinity, until: end, clock: clock), proof.excludesAll(model, doubt: doubt)
        else { return nil }
        return proof
    }

    private var proof: BranchProof {
        var all = nodes
        for part in parts {
            all[part.node].multipliers = PackedMultipliers.text(part.multipliers)
            if part.isEmpty { all[part.node].isEmpty = true }
        }
        return BranchProof(all)
    }

    /// Nil where the solver has no answer.
    private func solve(_ model: LinearModel, node: Int, _ seconds: Double) throws -> Part? {
        var part = Part(node: node, model: model, bound: .infinity, values: [], multipliers: [], isEmpty: true)
        if model.columns.contains(where: { $0.lower > $0.upper }) { return part }
        let options = SolverOptions(seconds: Swift.max(0.2, seconds))
        let answer = try solver.solve(model.relaxed, options, isCancelled: isCancelled)
        if answer.status == .optimal {
            (part.bound, part.values, part.multipliers, part.isEmpty) = (answer.objective, answer.values, answer.rowDuals, false)
            return part
        }
        guard answer.status == .infeasible else { return nil }
        let elastic = try solver.solve(model.elastic, options, isCancelled: isCancelled)
        guard elastic.status == .optimal, elastic.objective > 1e-8 else { return nil }
        part.multipliers = elastic.rowDuals.map { $0 / elastic.objective }
        return part
    }

    /// The whole column farthest from whole, of those that cost first: they move the bound.
    private func fractional(_ part: Part) -> Int? {
        guard !part.values.isEmpty else { return nil }
        var best: (column: Int, rest: Double)?
        for (place, column) in part.model.columns.enumerated() where column.isWhole {
            let rest = abs(part.values[place] - part.values[place].rounded())
            let score = column.cost == 0 ? rest : rest + 1
            if rest > 1e-6, score > best?.rest ?? 0 { best = (place, score) }
        }
        return best?.column
    }
}
