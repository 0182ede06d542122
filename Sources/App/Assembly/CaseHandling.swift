public import Casework
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
        return CaseOffice(
            store: stored, query: stored, definitions: cases, facts: MeasuredFacts(evaluations: evaluations), cipher: caseCipher,
            newID: { RandomID.make() })
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
