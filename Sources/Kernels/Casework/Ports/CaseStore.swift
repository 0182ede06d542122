/// Keeps cases as chained events, with a summary beside them. Throws `CaseRefusal` for everything a person can put right.
public protocol CaseStore: Sendable {
    /// A new case in one transaction: its number is counted, `decide` makes the opening event of it, and where the definition says so
    /// the thing it is about is claimed. Throws `duplicate` where another open case has it. `decide` may run twice.
    func open(
        _ id: CaseID, by definition: CaseDefinition, year: Int, decide: @escaping @Sendable (_ number: String) throws -> CaseEvent
    ) async throws -> Case

    /// The next event of a case. `decide` sees the case as it is inside the transaction. Throws `stale`, naming who did what, where
    /// `seen` is no longer the revision.
    func append(
        to id: CaseID, seen: Int, by definition: CaseDefinition, decide: @escaping @Sendable (Case) throws -> CaseStep
    ) async throws -> Case

    /// With its history and the count of its open sub-cases.
    func find(_ id: CaseID) async throws -> Case?
    /// Many at once, in the order asked for; those there are none of are left out. Open sub-cases are not counted.
    func find(_ ids: [CaseID]) async throws -> [Case]

    /// The text of a definition cases were opened under; nil where there are none.
    func definition(_ key: CaseDefinitionKey) async throws -> String?
    /// Every definition cases were opened under.
    func definitions() async throws -> [CaseDefinitionKey]

    /// Folds every case anew and writes the summaries that differ, while others go on. `progress` hears done and all. A run that was
    /// broken off is taken up where it was by the next of the same `ground`: what summaries are folded by, rules and program.
    /// Answers how many differed.
    func rebuild(
        _ definitions: @escaping @Sendable (CaseDefinitionKey) -> CaseDefinition?, ground: String,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Int

    /// Takes every digest of every case again, while others go on. Answers the cases whose events are not as they were written.
    func verify(progress: @escaping @Sendable (Int, Int) -> Void) async throws -> [BrokenCase]

    /// Takes every digest of a case again: the first event that is not as it was written, nil when all are.
    func broken(_ id: CaseID) async throws -> Int?
}

/// A case whose events are not as they were written.
public struct BrokenCase: Hashable, Sendable, Identifiable {
    public var id: CaseID
    public var number: String
    /// The first event that does not fit, counted from 1; the one behind the last where the end is missing.
    public var event: Int

    public init(id: CaseID, number: String, event: Int) {
        self.id = id
        self.number = number
        self.event = event
    }
}

/// What one decision writes: an event, and the opening of a sub-case where there is one.
public struct CaseStep: Sendable {
    public var event: CaseEvent
    public var child: Child?

    public init(event: CaseEvent, child: Child? = nil) {
        self.event = event
        self.child = child
    }

    public struct Child: Sendable {
        public var id: CaseID
        public var definition: CaseDefinition
        public var opening: @Sendable (_ number: String) throws -> CaseEvent

        public init(id: CaseID, definition: CaseDefinition, opening: @escaping @Sendable (String) throws -> CaseEvent) {
            self.id = id
            self.definition = definition
            self.opening = opening
        }
    }
}
