internal import Definitions
internal import Vocabulary

extension CaseRole {
    /// The posts definitions may name:
    ///
    ///     posts: bureau
    ///     list:
    ///       school.head: { label: { zh: 校长, en: School head }, level: school, held: [schoolHead] }
    static func compile(_ definition: Definition, _ log: DiagnosticLog) -> [String: CaseRole] {
        definition.body.only(["posts", "list"], log)
        var roles: [String: CaseRole] = [:]
        for (name, entry) in definition.body.required("list", log)?.entries ?? [] {
            entry.only(["label", "level", "held"], log)
            if CaseParty(rawValue: name) != nil { log.error("post.reserved", at: entry.place, "“\(name)”另有含义，请换一个岗位名") }
            let level = entry.required("level", log)?.choice(Level.self, log)
            roles[name] = CaseRole(
                name: name, label: entry.localized("label", log), level: level ?? .city, held: entry["held"]?.list.compactMap(\.text) ?? [])
        }
        return roles
    }
}
