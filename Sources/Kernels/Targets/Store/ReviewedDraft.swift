public import Vocabulary

/// A draft being gone through: every line is kept, changed or dropped before the plan is adopted.
public struct ReviewedDraft: Sendable, Identifiable {
    public var id: String
    public var title: String
    public var text: String
    public var by: PlanSignature
    /// The adopted plan it became; nil while under review.
    public var adopted: String?
    /// Raised by every change.
    public var version: Int
    public var choices: [Int: LineChoice]

    public init(
        id: String, title: String, text: String, by: PlanSignature, adopted: String? = nil, version: Int = 1,
        choices: [Int: LineChoice] = [:]
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.by = by
        self.adopted = adopted
        self.version = version
        self.choices = choices
    }
}

/// What a person decided about one line.
public struct LineChoice: Hashable, Sendable {
    public var isDropped: Bool
    public var label: String
    public var owner: String
    public var deadline: Day?

    public init(isDropped: Bool = false, label: String, owner: String = "", deadline: Day? = nil) {
        self.isDropped = isDropped
        self.label = label
        self.owner = owner
        self.deadline = deadline
    }
}

/// Drafts under review.
public protocol DraftStore: Sendable {
    func open(_ draft: ReviewedDraft) async throws
    /// Newest first, without their texts.
    func drafts() async throws -> [ReviewedDraft]
    func draft(_ id: String) async throws -> ReviewedDraft?
    /// Throws `stale` when the draft was changed since `seen`.
    func choose(_ choices: [Int: LineChoice], in draft: String, seen version: Int) async throws
    func close(_ draft: String, as plan: String, seen version: Int) async throws
}
