public import Casework
internal import CollectOnce
internal import Definitions
public import Indicators
public import Registry
internal import Storage
internal import Vault
public import Vocabulary

extension Installation {
    /// Where cases of this installation are handled.
    public func caseOffice(_ evaluations: any Evaluations) -> CaseOffice {
        let stored = storage.cases(cases.calendar) { Sha256.hex($0) }
        let (folder, catalogue) = (folder, catalogue)
        let facts = MeasuredFacts(
            evaluations: evaluations, system: { FileBoundaries(folder: folder, catalogue: catalogue).schoolCoordinates },
            held: { try await heldQuestions(of: $0) })
        return CaseOffice(
            store: stored, query: stored, definitions: cases, facts: facts, cipher: caseCipher, newID: { RandomID.make() })
    }

    /// What new forms are held against: everything this installation holds or asks for on a day.
    public func collectionCheck(_ today: Day) -> CollectionCheck {
        CollectionCheck(HeldFacts(catalogue, cases, returns: storage.returns, today: today), words: fieldWords)
    }

    /// The questions of a request that have come to be held since it was made, by name.
    private func heldQuestions(of item: Case) async throws -> CaseFact {
        let fields = CollectionCheck.asked(item)
        guard !fields.isEmpty else { return .missing("申请里没有栏目，无从核对") }
        let held = try await collectionCheck(item.openedDay).run(fields).held
        return .counts(Dictionary(held.map { ($0.field.text, $0.facts.count) }, uniquingKeysWith: Swift.max))
    }

    /// The same with evaluations of its own, for commands.
    public func caseOffice() -> CaseOffice {
        caseOffice(StoreEvaluations(returns: storage.returns, snapshots: storage.snapshots, catalogue: catalogue))
    }

    /// A person as cases know one: the posts held on a day.
    public func caseActor(_ person: Person, today: Day) -> CaseActor { CasePosts.actor(person, cases.roles, today: today) }

    /// Writes the summaries of all cases anew from their events. Answers how many differed. What was broken off is taken up where it
    /// was, as long as the catalogue and the program are the same.
    public func rebuildCases(program: String, progress: @escaping @Sendable (Int, Int) -> Void) async throws -> Int {
        let office = caseOffice()
        var pinned: [CaseDefinitionKey: CaseDefinition] = [:]
        for key in try await office.store.definitions() { pinned[key] = try await office.definition(key) }
        let known = pinned
        return try await office.store.rebuild({ known[$0] }, ground: "\(program) \(catalogueDigest)", progress: progress)
    }
}

extension CaseDefinitions {
    /// No definition at all: nothing can be opened.
    public static let none = CaseDefinitions(DefinitionSet([], DiagnosticLog()), rules: [], DiagnosticLog())
}
