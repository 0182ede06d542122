internal import Foundation
internal import Planning
internal import Vocabulary

/// How much bounds rose when a column was split, below and above.
struct BranchGain {
    var below = 0.0
    var above = 0.0
    var count = 0

    mutating func add(_ down: Double, _ up: Double) {
        below += down
        above += up
        count += 1
    }

    /// The greater, the more both parts rise.
    func score(_ rest: Double) -> Double {
        let count = Double(Swift.max(1, self.count))
        return Swift.max(below / count * rest, 1e-4) * Swift.max(above / count * (1 - rest), 1e-4)
    }
}

/// Which column to split: the totals and the dearest others are tried first, later judged by what splitting them brought.
extension PathTree {
    struct Choice {
        var column: Int
        var at: Int
        var solved: [Int: RelaxedRegion]
    }

    mutating func choose(_ state: RelaxedRegion, until end: Double) throws -> Choice? {
        var best: (score: Double, choice: Choice)?
        let begin = clock()
        var trials = 0
        for (column, value) in candidates(state.values) {
            let (at, rest) = (Int((value + 1e-9).rounded(.down)), value - value.rounded(.down))
            if let gain = gains[column], gain.count >= 2 {
                let score = gain.score(rest)
                if score > best?.score ?? 0 { best = (score, Choice(column: column, at: at, solved: [:])) }
                continue
            }
            // A trial costs two relaxations.
            guard best == nil || (trials < 8 && clock() - begin < 1.5) else { continue }
            trials += 1
            var solved: [Int: RelaxedRegion] = [:]
            for (side, part) in base.split(state.region, column, at).enumerated() {
                guard let found = try solve(part, in: state, until: end) else { return nil }
                solved[side] = found
            }
            let rises = [0, 1].map { Swift.min(1e3, Swift.max(0, (solved[$0]?.bound ?? 0) - state.bound)) }
            gains[column, default: BranchGain()].add(rises[0] / Swift.max(rest, 1e-3), rises[1] / Swift.max(1 - rest, 1e-3))
            let score = Swift.max(rises[0], 1e-4) * Swift.max(rises[1], 1e-4)
            if score > best?.score ?? 0 { best = (score, Choice(column: column, at: at, solved: solved)) }
            if rises.min() ?? 0 > 1 { break }
        }
        return best?.choice
    }

    /// Columns that are not whole though they should be: totals by the money they move, then what comes of all moves at a unit, then the
    /// others.
    private func candidates(_ values: [Double]) -> [(column: Int, value: Double)] {
        guard !values.isEmpty else { return [] }
        func rest(_ column: Int) -> Double { abs(values[column] - values[column].rounded()) }
        let actions = data.problem.costs.actions
        let totals = base.totals.filter { rest($0.column) > 1e-5 }
            .sorted { rest($0.column) * Double(actions[$0.action].cost) > rest($1.column) * Double(actions[$1.action].cost) }.map(\.column)
        let nets = base.nets.filter { rest($0) > 1e-5 }.sorted { rest($0) > rest($1) }.prefix(12)
        let known = Set(totals + nets)
        let others = base.linear.columns.indices
            .filter { base.linear.columns[$0].isWhole && !known.contains($0) && rest($0) > 1e-5 }
            .sorted { rest($0) * Swift.max(base.linear.columns[$0].cost, 0.1) > rest($1) * Swift.max(base.linear.columns[$1].cost, 0.1) }
        return (totals + nets + others.prefix(12)).map { ($0, values[$0]) }
    }
}
