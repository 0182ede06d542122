public import Vocabulary

/// The alliances of all counties with what they did.
public protocol AllianceStore: Sendable {
    /// All alliances, by county and name, ended ones among them; without what they did.
    func alliances() async throws -> [Alliance]
    /// What was done, by day; of one alliance or of all.
    func activities(_ alliance: String?) async throws -> [AllianceActivity]
    /// One transaction: `decide` changes the register as it stands and may refuse; then nothing is written. It may run twice. With `of` it
    /// sees the activities of that alliance only.
    func change(of alliance: String?, _ decide: @escaping @Sendable (inout AllianceRegister) throws -> Void) async throws
}

/// A "no" of the register in the user's words, entry by entry.
public struct AllianceRefusal: Refusal, Hashable {
    /// A "no", with the place of its entry among those asked for.
    public struct Complaint: Sendable, Hashable {
        public var place: Int
        public var message: String

        public init(place: Int, message: String) {
            self.place = place
            self.message = message
        }
    }

    public var complaints: [Complaint]
    public var ground: RefusalGround

    public init(_ complaints: [Complaint], _ ground: RefusalGround = .rule) {
        self.complaints = complaints
        self.ground = ground
    }
    public init(_ message: String, _ ground: RefusalGround = .rule) { self.init([Complaint(place: 0, message: message)], ground) }
    public init(messages: [String], _ ground: RefusalGround = .input) {
        self.init(messages.map { Complaint(place: 0, message: $0) }, ground)
    }

    public var messages: [String] { complaints.map(\.message) }
    public var message: String { messages.joined(separator: "\n") }
}
