internal import Foundation

/// Inequality of a value between units, weighted. All measures are 0 when every unit has the same.
public enum Inequality {
    /// Gini coefficient over the Lorenz curve of weighted units; nil when a value is absent or negative, or all are zero.
    public static func gini(_ values: [Double], weights: [Double]) -> Double? {
        guard isMeasurable(values, weights) else { return nil }
        let order = values.indices.sorted { values[$0] < values[$1] }
        let weight = weights.reduce(0, +)
        let amount = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
        var below = 0.0
        var area = 0.0
        for i in order {
            let next = below + weights[i] * values[i]
            area += weights[i] * (below + next)
            below = next
        }
        return Swift.max(0, 1 - area / (weight * amount))
    }

    /// Theil index T; units with value zero add nothing, as x ln x → 0.
    public static func theil(_ values: [Double], weights: [Double]) -> Double? {
        guard isMeasurable(values, weights) else { return nil }
        let weight = weights.reduce(0, +)
        let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weight
        return zip(values, weights).reduce(0) { sum, pair in
            let ratio = pair.0 / mean
            return ratio > 0 ? sum + pair.1 / weight * ratio * log(ratio) : sum
        }
    }

    /// The part of Theil's T that lies between classes of units (城区, 镇区, 乡村) and the part within each.
    public static func theil(_ values: [Double], weights: [Double], classes: [String]) -> TheilDecomposition? {
        guard let total = theil(values, weights: weights) else { return nil }
        let amount = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
        let mean = amount / weights.reduce(0, +)
        var between = 0.0
        var within: [String: Double] = [:]
        for (name, members) in Dictionary(grouping: values.indices, by: { classes[$0] }).sorted(by: { $0.key < $1.key }) {
            let x = members.map { values[$0] }
            let w = members.map { weights[$0] }
            let classAmount = zip(x, w).reduce(0) { $0 + $1.0 * $1.1 }
            guard classAmount > 0 else { continue }
            let share = classAmount / amount
            between += share * log(classAmount / w.reduce(0, +) / mean)
            within[name] = share * (theil(x, weights: w) ?? 0)
        }
        return TheilDecomposition(total: total, between: between, within: within)
    }

    private static func isMeasurable(_ values: [Double], _ weights: [Double]) -> Bool {
        !values.isEmpty && values.allSatisfy { $0 >= 0 } && weights.allSatisfy { $0 > 0 } && values.contains { $0 > 0 }
    }
}

/// Theil's T split: total = between + Σ within.
public struct TheilDecomposition: Sendable, Hashable {
    public var total: Double
    public var between: Double
    /// What each class contributes from inside itself, already weighted by its share.
    public var within: [String: Double]
}
