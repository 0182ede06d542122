/// Solves linear and mixed-integer programmes. Nothing it says is trusted: plans and bounds are checked by who asked.
public protocol LinearSolver: Sendable {
    /// Name and version, for certificates.
    var version: String { get }
    /// Blocks until solved, out of time, or `isCancelled` answers true. Throws `SolverFailure`.
    func solve(_ model: LinearModel, _ options: SolverOptions, isCancelled: @escaping @Sendable () -> Bool) throws -> LinearSolution
}

public struct SolverOptions: Sendable {
    /// Wall-clock limit in seconds.
    public var seconds: Double
    /// Nodes of the branching tree, the only limit that stops at the same place on every machine.
    public var nodes: Int?
    /// Stop when objective and bound differ by no more than this part of the objective.
    public var gap: Double
    /// Values of all columns to begin from; need not be feasible.
    public var start: [Double]?
    /// Begin a programme without whole columns from its interior: quicker where there are tens of thousands of columns.
    public var fromInterior: Bool
    /// False where the solution to begin from is very good already: then no time is spent on guessing better ones, only on the bound.
    public var guesses: Bool

    public init(
        seconds: Double = 60, nodes: Int? = nil, gap: Double = 1e-4, start: [Double]? = nil, fromInterior: Bool = false,
        guesses: Bool = true
    ) {
        self.seconds = seconds
        self.nodes = nodes
        self.gap = gap
        self.start = start
        self.fromInterior = fromInterior
        self.guesses = guesses
    }
}

public struct LinearSolution: Sendable {
    public enum Status: String, Sendable {
        case optimal, infeasible, unbounded
        /// Stopped by a limit or cancelled; `values` hold the best found, if any.
        case stopped
    }
    public var status: Status
    /// Empty when none was found.
    public var values: [Double]
    public var objective: Double
    /// No solution is cheaper, the solver says.
    public var bound: Double
    /// One multiplier per row, for programmes without whole columns.
    public var rowDuals: [Double]

    public init(status: Status, values: [Double], objective: Double, bound: Double, rowDuals: [Double] = []) {
        self.status = status
        self.values = values
        self.objective = objective
        self.bound = bound
        self.rowDuals = rowDuals
    }
}

/// Why nothing could be solved, in the user's words.
public struct SolverFailure: Error, Sendable, CustomStringConvertible {
    public var description: String
    public init(_ description: String) { self.description = description }
}
