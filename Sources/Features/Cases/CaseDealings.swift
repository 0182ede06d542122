public import Casework
public import Foundation
internal import Indicators
public import Pages
internal import Registry
public import Vocabulary

/// What can be done with cases, whoever asks: pages draw the answers, the interface for programs writes them down.
extension CasesDesk {
    /// The definition a case was opened under; nil where the catalogue no longer has it.
    public func definition(_ key: CaseDefinitionKey) -> CaseDefinition? { office.definitions[key] }

    /// The kinds in force, newest version of each.
    public func kinds(_ visit: Visit) -> [CaseDefinition] { visible(visit) }

    /// Throws `PageMissing` where there is none, `PageForbidden` where it is not the visitor's to see.
    func found(_ id: CaseID, _ visit: Visit) async throws -> (item: Case, definition: CaseDefinition) {
        do {
            let (item, definition) = try await office.find(id)
            guard mayRead(visit, item, definition) else {
                throw PageForbidden("这件不在你的办理和查看范围内。需要查看请联系\(definition.waitingWords(item).first ?? "系统管理员")")
            }
            return (item, definition)
        } catch let refusal as CaseRefusal {
            throw PageMissing(refusal.message)
        }
    }

    public func one(_ id: CaseID, _ visit: Visit) async throws -> OpenedCase {
        let (item, definition) = try await found(id, visit)
        return try opened(item, definition, visit)
    }

    private func opened(_ item: Case, _ definition: CaseDefinition, _ visit: Visit) throws -> OpenedCase {
        try office.opened(item, definition, for: actor(visit), at: now(), today: visit.today)
    }

    /// One page of a list; `query` says what the list page's address says. Rows the visitor may not see are left out.
    public func list(_ query: PageQuery, after: CaseCursor?, limit: Int, _ visit: Visit) async throws -> CasePage {
        let asked = CaseListQuery(query, usual: usual(visit))
        let page = try await office.query.page(filter(asked, visit), after: after, limit: limit, today: visit.today)
        return CasePage(rows: readable(page.rows, visit), next: page.next)
    }

    /// The step of an action with what was filled in, on the revision that was seen. Throws `CaseRefusal`.
    public func act(_ id: CaseID, _ action: String, _ parts: PostedParts, seen: Int, _ visit: Visit) async throws -> OpenedCase {
        let (item, definition) = try await found(id, visit)
        return try opened(try await act(item, definition, action, parts, seen: seen, visit), definition, visit)
    }

    func act(
        _ item: Case, _ definition: CaseDefinition, _ action: String, _ parts: PostedParts, seen: Int, _ visit: Visit
    ) async throws -> Case {
        guard let action = definition.action(action) else { throw PageMissing("没有这种办理，请从办件页面重新选择") }
        let command = try await command(.act(action.id), definition.form(action.form), action.evidence, parts, item.place, visit)
        return try await office.act(item.id, seen: seen, command)
    }

    /// A remark that moves nothing. Throws `CaseRefusal`.
    public func remark(_ id: CaseID, _ text: String, seen: Int, _ visit: Visit) async throws -> OpenedCase {
        let (item, definition) = try await found(id, visit)
        return try opened(try await remark(item, text, seen: seen, visit), definition, visit)
    }

    func remark(_ item: Case, _ text: String, seen: Int, _ visit: Visit) async throws -> Case {
        let command = CaseCommand(.note, by: actor(visit), at: now(), today: visit.today, reason: text)
        return try await office.act(item.id, seen: seen, command)
    }

    /// A new case of a kind that may be opened by hand. Throws `CaseRefusal`, `PageForbidden`, `PageMissing`.
    public func open(_ kind: String, _ parts: PostedParts, _ visit: Visit) async throws -> OpenedCase {
        guard let definition = office.definitions.current(kind, on: visit.today) else { throw PageMissing("没有这类事项，可能链接有误") }
        try requireOpening(definition, visit)
        let item = try await open(definition, parts, visit, isPublic: false)
        return try opened(item, definition, visit)
    }

    /// A file kept with a case: its bytes, what it was called, what it is.
    public func keptFile(_ digest: String, of id: CaseID, _ visit: Visit) async throws -> (bytes: Data, name: String, type: String) {
        let (item, _) = try await found(id, visit)
        var known = item.evidence.compactMap(\.file)
        for value in item.answers.values { if case .files(let files) = value { known += files } }
        guard let file = known.first(where: { $0.digest == digest }),
            let bytes = try await files.bytes(of: KeptFile(name: file.name, digest: file.digest, size: file.size))
        else { throw PageMissing("没有这份材料，可能链接有误") }
        return (Data(bytes), file.name, file.type)
    }

    /// Opened, open, closed, overdue and days by group, of what the visitor may see.
    public func figures(
        _ group: CaseGrouping, kind: String?, from: Day?, until: Day?, _ visit: Visit
    ) async throws -> [CaseFigures] {
        let filter = CaseFilter(definition: kind, isOpen: nil, school: school(visit), counties: counties(visit))
        return try await office.query.figures(filter, by: group, opened: (from, until), today: visit.today)
    }
}
