public import Casework
public import CollectOnce
public import Pages
internal import Vocabulary

/// What can be done with the check of new forms, whoever asks.
extension CollectionDesk {
    /// Which of these questions are answered already. Throws `CaseRefusal` for none or too many, `PageForbidden` for schools.
    public func checked(_ questions: [String], _ visit: Visit) async throws -> [FieldMatch] {
        try requireOffice(visit)
        let fields = questions.map { AskedField(String($0.prefix(200))) }
        try CollectionDesk.require(fields)
        return try await check(fields, nil, visit.today)
    }

    /// Asks leave for a new form: checked once more, and opened as a case. `answers` are the rest of its form, and `why.N` what the
    /// N-th question differs by. Throws `CaseRefusal`.
    public func request(_ questions: [String], _ answers: PostedParts, _ visit: Visit) async throws -> Case {
        try await open(try await checked(questions, visit), answers, visit)
    }
}
