public import Planning

/// A problem as one programme in whole numbers, for holding other solvers against the method.
public struct RotationProgramme: Sendable {
    public let linear: LinearModel
    private let constant: Int

    public init(_ problem: RotationProblem) {
        let model = RotationModel(RotationGroups(problem), asksWhole: true)
        linear = model.linear
        constant = model.constant
    }

    /// What a solution's objective is in the unit of a certificate.
    public func cost(_ objective: Double) -> Double { objective * RotationModel.unit + Double(constant) }
}
