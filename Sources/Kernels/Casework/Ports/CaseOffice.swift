public import Foundation
public import Vocabulary

/// Where cases are handled: fetches what a decision needs, decides, keeps. Pages, the command line and interfaces all come here.
public struct CaseOffice: Sendable {
    public let store: any CaseStore
    public let query: any CaseQuery
    public let definitions: CaseDefinitions
    private let facts: any CaseFactSource
    /// nil where the installation has no key: definitions with private fields are refused then.
    private let cipher: (any PrivateFields)?
    private let newID: @Sendable () -> CaseID

    public init(
        store: any CaseStore, query: any CaseQuery, definitions: CaseDefinitions, facts: any CaseFactSource,
        cipher: (any PrivateFields)?, newID: @escaping @Sendable () -> CaseID
    ) {
        self.store = store
        self.query = query
        self.definitions = definitions
        self.facts = facts
        self.cipher = cipher
        self.newID = newID
    }

    /// The definition a case was opened under: of the catalogue, else as kept with the case.
    public func definition(_ key: CaseDefinitionKey) async throws -> CaseDefinition {
        if let definition = definitions[key] { return definition }
        if let text = try await store.definition(key), let definition = definitions.compile(text, key) { return definition }
        throw CaseRefusal(.definition, "找不到“\(key)”这一版办事规则，请管理员核对目录")
    }

    /// Throws `unknown`.
    public func find(_ id: CaseID) async throws -> (item: Case, definition: CaseDefinition) {
        guard let item = try await store.find(id) else { throw CaseRefusal(.unknown, "没有这件，可能链接有误。请从列表里重新选择") }
        return (item, try await definition(item.definition))
    }

    /// A new case of a kind, under the version in force on the day. `command.verb` is the beginning; its number is counted here.
    public func open(_ kind: String, _ beginning: CaseBeginning, _ command: CaseCommand) async throws -> Case {
        guard let definition = definitions.current(kind, on: command.today) else {
            throw CaseRefusal(.definition, "今天没有在用的“\(kind)”办事规则，请管理员核对目录")
        }
        let id = newID()
        let around = definitions.surroundings(used: try await used(command, besides: nil))
        return try await store.open(id, by: definition, year: command.today.year) { [cipher] number in
            var numbered = beginning
            numbered.number = number
            var command = command
            command.verb = .open(numbered)
            return try definition.sealed(try definition.decide(command, on: nil, with: around).get(), of: id, with: cipher)
        }
    }

    /// The next step of a case; `seen` is the revision the person saw. Throws `CaseRefusal`.
    public func act(_ id: CaseID, seen: Int, _ command: CaseCommand) async throws -> Case {
        let (item, definition) = try await find(id)
        let around = try await surroundings(command, item, definition)
        let child = try await child(command, item, definition)
        return try await store.append(to: id, seen: seen, by: definition) { [cipher] item in
            var command = command
            command.subCase = child?.id
            let event = try definition.decide(command, on: item, with: around).get()
            let kept = try definition.sealed(event, of: id, with: cipher)
            return CaseStep(event: kept, child: event.subCase == nil ? nil : child)
        }
    }

    /// The same to many cases, each for itself: what cannot be done is told, the rest is done.
    public func act(onEach chosen: [(id: CaseID, seen: Int)], _ command: CaseCommand) async throws -> [BatchResult] {
        var results: [BatchResult] = []
        for (id, seen) in chosen {
            do {
                let done = try await act(id, seen: seen, command)
                results.append(BatchResult(id: id, number: done.number, title: done.title, refusal: nil))
            } catch let refusal as CaseRefusal {
                let item = try await store.find(id)
                results.append(BatchResult(id: id, number: item?.number ?? "", title: item?.title ?? "", refusal: refusal))
            }
        }
        return results
    }

    /// How one of many went.
    public struct BatchResult: Hashable, Sendable {
        public var id: CaseID
        public var number: String
        public var title: String
        /// nil when it was done.
        public var refusal: CaseRefusal?
    }

    /// What somebody may do with a case now.
    public func availableActions(
        on item: Case, _ definition: CaseDefinition, for actor: CaseActor, at now: Date, today: Day
    ) -> [AvailableAction] {
        definition.availableActions(on: item, for: actor, at: now, today: today, with: definitions.surroundings())
    }

    /// A case as somebody may see it, with what that person may do now.
    public func opened(
        _ item: Case, _ definition: CaseDefinition, for actor: CaseActor, at now: Date, today: Day
    ) throws -> OpenedCase {
        let (seen, fields) = try opened(item, definition, for: actor)
        return OpenedCase(
            item: seen, definition: definition, actions: availableActions(on: item, definition, for: actor, at: now, today: today),
            privateFields: fields)
    }

    /// A case with the private answers the person may read; which were opened is to be recorded by the caller.
    public func opened(_ item: Case, _ definition: CaseDefinition, for actor: CaseActor) throws -> (item: Case, fields: [String]) {
        try definition.opened(item, for: actor, with: cipher)
    }

    /// Tells the offices that a deadline has passed, as the definitions say; for the daily round. Answers how many were told.
    /// A case somebody is handling at this moment is left for the next round. `limit` are looked up at once, until none is left.
    public func escalate(at now: Date, today: Day, limit: Int = 1_000) async throws -> Int {
        var told = 0
        while true {
            let due = try await query.escalationsDue(today, limit: limit)
            let before = told
            for deadline in due where try await escalate(deadline, at: now, today: today) { told += 1 }
            guard due.count == limit, told > before else { return told }
        }
    }

    private func escalate(_ deadline: CaseDeadline, at now: Date, today: Day) async throws -> Bool {
        guard let item = try await store.find(deadline.id) else { return false }
        do {
            _ = try await act(item.id, seen: item.revision, CaseCommand(.escalate, by: .clock, at: now, today: today))
            return true
        } catch let refusal as CaseRefusal where [.stale, .notDue].contains(refusal.code) {
            return false
        }
    }

    // MARK: What a decision needs

    private func surroundings(
        _ command: CaseCommand, _ item: Case, _ definition: CaseDefinition
    ) async throws -> CaseSurroundings {
        var known = CaseFacts()
        if case .act(let name) = command.verb, let action = definition.action(name) {
            var after = item
            after.answers.merge(command.answers) { $1 }
            for name in definition.asks(of: action) {
                let isCounts = name == CaseFacts.publishedCounts
                known.values[name] = isCounts ? try await counts(after, definition) : try await facts.fact(name, for: after)
            }
        }
        return definitions.surroundings(known, used: try await used(command, besides: item.id))
    }

    private func child(_ command: CaseCommand, _ item: Case, _ definition: CaseDefinition) async throws -> CaseStep.Child? {
        guard case .act(let name) = command.verb, let wanted = definition.action(name)?.subCase else { return nil }
        guard let kind = definitions.current(wanted.definition, on: command.today) else {
            throw CaseRefusal(.definition, "今天没有在用的“\(wanted.definition)”办事规则，请管理员核对目录")
        }
        let id = newID()
        let answers = item.answers.merging(command.answers) { $1 }
        let carried = wanted.carries.compactMapValues { answers[$0] }
        let around = definitions.surroundings()
        return CaseStep.Child(id: id, definition: kind) { [cipher] number in
            let beginning = CaseBeginning(
                number: number, title: item.title, place: item.place, subject: item.subject, parent: item.id)
            let parent = CaseLink(kind: CaseLink.parent, target: item.id, label: "\(item.number) \(item.title)")
            let opening = CaseCommand(
                .open(beginning), by: command.by, at: command.at, today: command.today, answers: carried, links: item.links + [parent])
            return try kind.sealed(try kind.decide(opening, on: nil, with: around).get(), of: id, with: cipher)
        }
    }
}

/// A case as somebody may see it: private answers stay sealed for those who may not read them.
public struct OpenedCase: Sendable {
    public var item: Case
    public var definition: CaseDefinition
    public var actions: [AvailableAction]
    /// Labels of the private answers that were opened; to be recorded by the caller.
    public var privateFields: [String]
}
