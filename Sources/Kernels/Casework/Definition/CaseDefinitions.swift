public import Definitions
public import Vocabulary

/// Every case definition of a catalogue, with the posts and the working calendar they speak of.
public struct CaseDefinitions: Sendable {
    /// Kinds of documents this kernel compiles.
    public static let documentKinds: Set<String> = ["case", "posts", "calendar"]

    /// By key, all versions of the catalogue.
    public private(set) var definitions: [CaseDefinitionKey: CaseDefinition] = [:]
    public private(set) var roles: [String: CaseRole] = [:]
    public private(set) var calendar = WorkingCalendar()
    /// Rules definitions may call.
    public let rules: [String: CaseRule]

    /// Compiles every definition of the set and runs every journey; complaints go to the log.
    public init(_ set: DefinitionSet, rules: [CaseRule], _ log: DiagnosticLog) {
        self.rules = Dictionary(rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        calendar = WorkingCalendar(set.of(kind: "calendar").compactMap { WorkingCalendar.Year($0, log) })
        for definition in set.of(kind: "posts") { roles.merge(CaseRole.compile(definition, log)) { first, _ in first } }
        let documents = set.of(kind: "case")
        let names = Set(documents.map(\.id))
        for document in documents {
            let compiler = CaseCompiler(document, roles: roles, rules: self.rules, cases: names, log)
            if let definition = compiler.compile() { definitions[definition.key] = definition }
        }
        checkSubCases(documents, log)
    }

    /// A definition kept with its cases, whose catalogue file is gone; nil when its text does not compile any more.
    public func compile(_ text: String, _ key: CaseDefinitionKey) -> CaseDefinition? {
        let log = DiagnosticLog()
        let set = DefinitionSet([DefinitionFile(path: "\(key)", text: text)], log)
        guard let document = set.of(kind: "case").first else { return nil }
        let definition = CaseCompiler(document, roles: roles, rules: rules, cases: Set(definitions.keys.map(\.id)), log).compile()
        return definition?.key == key ? definition : nil
    }

    /// Proves every journey of every definition.
    public func proveJourneys(_ log: DiagnosticLog) {
        for definition in all { JourneyRun(definition, self).prove(log) }
    }

    /// By id, then the newest version first.
    public var all: [CaseDefinition] {
        definitions.values.sorted { ($0.id, $1.from) < ($1.id, $0.from) }
    }

    public subscript(key: CaseDefinitionKey) -> CaseDefinition? { definitions[key] }

    /// The version under which cases are opened on a day; nil where none is in force.
    public func current(_ id: String, on day: Day) -> CaseDefinition? {
        all.first { $0.id == id && $0.from <= day && ($0.until.map { day <= $0 } ?? true) }
    }

    /// What can be opened on a day, one version of each.
    public func current(on day: Day) -> [CaseDefinition] {
        Set(definitions.keys.map(\.id)).sorted().compactMap { current($0, on: day) }
    }

    public func surroundings(_ facts: CaseFacts = CaseFacts(), used: [String: EvidenceUse] = [:]) -> CaseSurroundings {
        CaseSurroundings(calendar: calendar, rules: rules, facts: facts, used: used)
    }

    /// A sub-case's opening must be fillable with what the action carries over.
    private func checkSubCases(_ documents: [Definition], _ log: DiagnosticLog) {
        for document in documents {
            for definition in all where definition.id == document.id {
                for action in definition.actions {
                    guard let wanted = action.subCase, let child = all.first(where: { $0.id == wanted.definition }) else { continue }
                    let place = document.body["actions"]?[action.id]?.place ?? document.body.place
                    let missing = (child.form(child.opening.form)?.fields ?? []).filter {
                        $0.isRequired && $0.shown == nil && wanted.carries[$0.id] == nil
                    }
                    for field in missing {
                        log.error(
                            "case.subCase", at: place,
                            "“\(action.label.zh)”立的“\(child.label.zh)”必填“\(field.label.zh)”（\(field.id)），请在 carries 里写明由哪一栏带过去")
                    }
                }
            }
        }
    }
}
