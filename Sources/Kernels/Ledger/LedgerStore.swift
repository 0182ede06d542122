public import Vocabulary

/// The ledger of special funds and the yearly finance figures.
public protocol LedgerStore: Sendable {
    /// A county's entries in the order they were written in.
    func entries(_ county: String) async throws -> [LedgerEntry]
    /// All counties' entries of a budget year.
    func entries(year: Int) async throws -> [LedgerEntry]
    /// Writes entries of one county in, all or none. What the rules say "no" to throws `LedgerRefusal`; what they warn of comes back.
    func write(_ entries: [LedgerEntry], rules: SpendingRules) async throws -> [LedgerCheck.Complaint]

    /// A county's figures of every year.
    func figures(_ county: String) async throws -> [FinanceFigure]
    /// All counties' figures of a year and the one before.
    func figures(year: Int) async throws -> [FinanceFigure]
    /// Each takes the place of the one of the same county, year, basis and extent.
    func set(_ figures: [FinanceFigure]) async throws
}

/// A "no" of the ledger in the user's words, entry by entry.
public struct LedgerRefusal: Refusal, Hashable {
    public var complaints: [LedgerCheck.Complaint]

    public init(_ complaints: [LedgerCheck.Complaint]) { self.complaints = complaints }
    public init(_ message: String) { self.init(messages: [message]) }
    public init(messages: [String]) { complaints = messages.map { LedgerCheck.Complaint(place: 0, message: $0) } }

    public var message: String { complaints.map(\.message).joined(separator: "\n") }
}
