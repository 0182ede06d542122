internal import Foundation
internal import Vocabulary

extension CaseDefinition {
    /// The context a sealed answer is bound to.
    private func context(_ id: CaseID, _ field: String) -> String { "case/\(id)/\(field)" }

    /// An event as it is kept: private answers sealed. Throws `privacy` where there are some and nothing to seal them with.
    public func sealed(_ event: CaseEvent, of id: CaseID, with cipher: (any PrivateFields)?) throws -> CaseEvent {
        var kept = event
        for (name, value) in event.answers where field(name)?.isPrivate == true {
            guard let cipher else { throw CaseRefusal(.privacy, "“\(field(name)?.label.zh ?? name)”要加密保存，本机还没有密钥。请管理员先设好密钥") }
            kept.answers[name] = .sealed(try cipher.seal(Array(try JSONEncoder().encode(value)), context: context(id, name)))
        }
        return kept
    }

    /// A case as one person may see it: private answers opened where a post of theirs at this place is named, sealed otherwise.
    /// `fields` that were opened are told, because reading them is itself to be recorded.
    public func opened(
        _ item: Case, for actor: CaseActor, with cipher: (any PrivateFields)?
    ) throws -> (item: Case, fields: [String]) {
        let named = fields.filter { field in
            field.isPrivate && item.answers[field.id] != nil && units(field.readers, on: item).contains(where: actor.sits)
        }.map(\.id)
        guard !named.isEmpty, let cipher else { return (item, []) }
        var seen = item
        seen.answers = try open(item.answers, named, of: item.id, cipher)
        seen.history = try item.history.map { event in
            var event = event
            event.answers = try open(event.answers, named, of: item.id, cipher)
            return event
        }
        return (seen, named)
    }

    private func open(
        _ answers: [String: FieldValue], _ names: [String], of id: CaseID, _ cipher: any PrivateFields
    ) throws -> [String: FieldValue] {
        var opened = answers
        for name in names {
            guard case .sealed(let text)? = answers[name] else { continue }
            let bytes = try cipher.open(text, context: context(id, name))
            opened[name] = try JSONDecoder().decode(FieldValue.self, from: Data(bytes))
        }
        return opened
    }
}
