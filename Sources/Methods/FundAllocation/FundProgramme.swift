public import Planning

/// A problem's two steps as programmes in whole numbers, for holding other solvers against the method: plain as one would write them
/// down first, or as the method gives them to its own solver.
public struct FundProgramme: Sendable {
    private let problem: FundProblem
    private let isPlain: Bool

    public init(_ problem: FundProblem, isPlain: Bool = false) {
        self.problem = problem
        self.isPlain = isPlain
    }

    /// As few units short of the standard as can be.
    public var units: LinearModel { FundModel(problem, .units, isPlain: isPlain).linear }

    /// What pupils lack, with no more units short than so many; the constant no column holds is left out.
    public func lack(unitsShort: Int) -> LinearModel { FundModel(problem, .lack(unitsShort: unitsShort), isPlain: isPlain).linear }

    public func constant(unitsShort: Int) -> Double { FundModel(problem, .lack(unitsShort: unitsShort)).constant }
}
