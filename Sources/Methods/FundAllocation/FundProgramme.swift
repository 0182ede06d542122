public import Planning

/// A problem's two steps as programmes in whole numbers, for holding other solvers against the method.
public struct FundProgramme: Sendable {
    private let problem: FundProblem

    public init(_ problem: FundProblem) { self.problem = problem }

    /// As few units short of the standard as can be.
    public var units: LinearModel { FundModel(problem, .units).linear }

    /// What pupils lack, with no more units short than so many; the constant no column holds is left out.
    public func lack(unitsShort: Int) -> LinearModel { FundModel(problem, .lack(unitsShort: unitsShort)).linear }

    public func constant(unitsShort: Int) -> Double { FundModel(problem, .lack(unitsShort: unitsShort)).constant }
}
