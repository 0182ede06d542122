internal import Foundation

/// Chance that comes out the same on every machine: SplitMix64 and what is drawn from it.
struct SeededChance {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Even between 0 and 1.
    mutating func share() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * share() }

    /// Roughly normal: the sum of twelve even draws, free of library functions that differ between machines.
    mutating func normal(_ mean: Double, _ spread: Double) -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += share() }
        return mean + spread * sum
    }
}
