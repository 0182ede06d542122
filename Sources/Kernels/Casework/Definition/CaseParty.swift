internal import Vocabulary

/// Who may act, besides posts: the part somebody has in this very case.
public enum CaseParty: String, Hashable, Sendable, CaseIterable {
    /// Anybody of the office answerable.
    case owner
    /// Anybody of an office that joins.
    case coOwner
    /// Whoever opened it.
    case opener
    /// The person in charge.
    case assignee
}

extension CaseDefinition {
    /// The offices meant by posts and parties on a case. `opener` and `assignee` are people and have none.
    func units(_ names: [String], on item: Case) -> [CaseUnit] {
        var units: [CaseUnit] = []
        for name in names {
            switch CaseParty(rawValue: name) {
            case .owner: units += item.owner.map { [$0] } ?? []
            case .coOwner: units += item.coOwners
            case .opener, .assignee: break
            case nil: units += roles[name].flatMap { item.place.unit(of: $0) }.map { [$0] } ?? []
            }
        }
        var seen: Set<CaseUnit> = []
        return units.filter { seen.insert($0).inserted }
    }

    /// The name under which somebody may act: the first of `names` that fits. Refused with `role`, or with `place` where the post is
    /// held, but elsewhere.
    func capacity(_ actor: CaseActor, among names: [String], on item: Case) -> Result<String, CaseRefusal> {
        for name in names {
            switch CaseParty(rawValue: name) {
            case .opener: if !actor.id.isEmpty, item.openedBy.person == actor.id { return .success(name) }
            case .assignee: if let person = item.assignee?.person, person == actor.id { return .success(name) }
            case .owner, .coOwner:
                if let unit = units([name], on: item).first(where: { actor.sits(in: $0) }) { return .success(unit.role) }
            case nil:
                if roles[name]?.level == .everyone { return .success(name) }
                if units([name], on: item).contains(where: { actor.sits(in: $0) }) { return .success(name) }
            }
        }
        let able = names.map(title).joined(separator: "、")
        if let held = names.first(where: { CaseParty(rawValue: $0) == nil && actor.holds($0) }) {
            return .failure(CaseRefusal(.place, "\(actor.name)是\(title(held))，但这件不在其管辖范围内（\(item.place.label)）"))
        }
        return .failure(CaseRefusal(.role, "这一步由\(able)办理，\(actor.name)没有这个岗位"))
    }

    /// A post or party in words.
    public func title(_ name: String) -> String {
        switch CaseParty(rawValue: name) {
        case .owner: "责任单位"
        case .coOwner: "协办单位"
        case .opener: "发起人"
        case .assignee: "承办人"
        case nil: roles[name]?.label.zh ?? name
        }
    }

    /// An office in words: `清河县督导室`, `青山小学校长`; of a place that is not the case's only the post.
    public func title(_ unit: CaseUnit, at place: CasePlace? = nil) -> String {
        let post = title(unit.role)
        if let school = unit.school { return school == place?.school ? "\(place?.label ?? "")\(post)" : "\(post)（\(school)）" }
        guard let county = unit.county else { return post }
        return post.hasPrefix("县") ? county + post.dropFirst() : county + post
    }
}
