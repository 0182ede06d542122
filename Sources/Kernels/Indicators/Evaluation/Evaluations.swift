public import Vocabulary

/// Where pages get their results from: one evaluation per standard and school year.
public protocol Evaluations: Sendable {
    var catalogue: IndicatorCatalogue { get }
    /// Years with data, newest first.
    func schoolYears() async throws -> [SchoolYear]
    /// Nil when the year has no data or the standard is not known.
    func evaluated(_ standard: String, _ year: SchoolYear) async throws -> Evaluated?
}

/// An evaluation with its result and where its data come from.
public struct Evaluated: Sendable {
    public var evaluation: Evaluation
    public var result: StandardResult
    /// In words: a file name, or a frozen snapshot with its hash.
    public var source: String
    /// Approved and frozen, or a live preview.
    public var isFrozen: Bool

    public init(_ evaluation: Evaluation, source: String, isFrozen: Bool) {
        self.evaluation = evaluation
        result = evaluation.run()
        self.source = source
        self.isFrozen = isFrozen
    }
}
