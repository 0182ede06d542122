import Foundation
import HighsSolver

/// Chance that is the same for the same beginning.
struct Chance {
    private var state: UInt64

    init(_ state: UInt64) { self.state = state }

    /// Between 0 and 1.
    mutating func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 33) / Double(UInt64(1) << 31)
    }
}

extension HighsSolver {
    /// The one this machine has. Throws `SolverFailure` where it has none.
    static func found() throws -> HighsSolver {
        HighsSolver(try HighsLibrary(candidates: HighsLibrary.candidates(ProcessInfo.processInfo.environment, home: NSHomeDirectory())))
    }
}
