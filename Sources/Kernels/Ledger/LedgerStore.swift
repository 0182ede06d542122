public import Vocabulary

/// The ledger of special funds and the yearly finance figures.
public protocol LedgerStore: Sendable {
    /// A county's entries in the order they were written in.
    func entries(_ county: String) async throws -> [LedgerEntry]
    /// All counties' entries of a budget year.
    func entries(year: Int) async throws -> [LedgerEntry]
    /// Writes entries and figures of one county in, all or none. What the rules say "no" to throws `LedgerRefusal`; what they warn of
    /// comes back. Each figure takes the place of the one of the same year, basis and extent.
    func write(_ batch: LedgerBatch, rules: SpendingRules) async throws -> [LedgerCheck.Complaint]
    /// Adds a document to an entry. Throws `LedgerRefusal` where there is no such entry, and for more than `LedgerBatch.mostDocuments`.
    func attach(_ document: LedgerEntry.Document, to entry: String) async throws

    /// A county's figures of every year.
    func figures(_ county: String) async throws -> [FinanceFigure]
    /// All counties' figures of a year and the one before.
    func figures(year: Int) async throws -> [FinanceFigure]
}

extension LedgerStore {
    /// Entries alone.
    public func write(_ entries: [LedgerEntry], rules: SpendingRules) async throws -> [LedgerCheck.Complaint] {
        try await write(LedgerBatch(entries), rules: rules)
    }
}

/// What is written into a county's ledger in one step.
public struct LedgerBatch: Sendable {
    /// An entry carries no more documents than that.
    public static let mostDocuments = 20

    public var entries: [LedgerEntry]
    public var figures: [FinanceFigure]
    /// Documents the rules ask for are handed in later, as with a workbook, which holds none.
    public var documentsFollow: Bool

    public init(_ entries: [LedgerEntry] = [], figures: [FinanceFigure] = [], documentsFollow: Bool = false) {
        self.entries = entries
        self.figures = figures
        self.documentsFollow = documentsFollow
    }
}

/// A "no" of the ledger in the user's words, entry by entry.
public struct LedgerRefusal: Refusal, Hashable {
    public var complaints: [LedgerCheck.Complaint]
    public var ground = RefusalGround.rule

    public init(_ complaints: [LedgerCheck.Complaint]) { self.complaints = complaints }
    public init(_ message: String, _ ground: RefusalGround = .rule) {
        self.init(messages: [message])
        self.ground = ground
    }
    public init(messages: [String]) { complaints = messages.map { LedgerCheck.Complaint(place: 0, message: $0) } }

    public var message: String { complaints.map(\.message).joined(separator: "\n") }
}
