internal import Casework
internal import Definitions
internal import Registry
internal import Vocabulary

/// Register roles and grants as the posts case definitions speak of. The kernel of cases knows neither.
enum CasePosts {
    /// Complains about posts held by roles the register does not have.
    static func check(_ roles: [String: CaseRole], _ log: DiagnosticLog) {
        for role in roles.values.sorted(by: { $0.name < $1.name }) {
            for name in role.held where Role(rawValue: name) == nil {
                let near = DefinitionNode.nearest(name, among: Role.allCases.map(\.rawValue)).map { "，是否想写“\($0)”？" } ?? ""
                log.error("post.held", at: .file("posts"), "岗位“\(role.name)”写了由“\(name)”担任，没有这个角色\(near)")
            }
        }
    }

    /// A person as an actor: the posts held today.
    static func actor(_ person: Person, _ roles: [String: CaseRole], today: Day) -> CaseActor {
        let posts = roles.values.sorted { $0.name < $1.name }.flatMap { role in
            person.grants.filter { grant in
                role.held.contains(grant.role.rawValue) && (grant.until.map { today <= $0 } ?? true)
            }.map { CaseActor.Post(role: role.name, county: $0.county, school: $0.school) }
        }
        return CaseActor(id: person.id, name: person.name, posts: posts)
    }
}
