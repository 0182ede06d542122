public import Planning

/// A problem's first step, the most gain in all, as others would be given it.
public struct PairingProgramme: Sendable {
    private let table: PairingTable

    public init(_ problem: PairingProblem) { table = PairingTable(problem) }

    /// By member, then lead; nil where the two may not pair.
    public var gains: [[Int?]] { table.members.map { member in table.leads.map { table.gain(member, $0) } } }

    /// In whole numbers; its objective is the gain with the sign turned.
    public var linear: LinearModel { WeightedModel(table).linear }

    /// The gain of the best pairing where all members ask the same of a lead; nil where they differ or there is none.
    public func matched() -> Int? {
        guard let load = table.commonLoad else { return nil }
        var matching = UnitMatching(table, load: Swift.max(1, load))
        guard case .best(let chosen, _) = matching.run() else { return nil }
        return table.total(chosen)
    }
}
