/// A visit with the rubrics it goes by and what whoever looks at it may do.
public struct OpenedVisit: Sendable, Hashable {
    public var visit: Visit
    public var rubrics: [Rubric]
    /// May go there and score.
    public var mayInspect: Bool
    /// May take it into the plan or say no.
    public var mayArrange: Bool

    public init(_ visit: Visit, _ rubrics: [Rubric], mayInspect: Bool, mayArrange: Bool) {
        self.visit = visit
        self.rubrics = rubrics
        self.mayInspect = mayInspect
        self.mayArrange = mayArrange
    }

    /// What each rubric gave, in the order they were asked for.
    public var scores: [(rubric: Rubric, score: RubricScore)] {
        rubrics.map { ($0, RubricScore($0, visit.marks[$0.id] ?? [:])) }
    }

    /// The mean over its rubrics; nil while one is not fully judged.
    public var score: Double? {
        let known = scores.compactMap(\.score.value)
        return known.count == visit.rubrics.count && !known.isEmpty ? known.reduce(0, +) / Double(known.count) : nil
    }
}
