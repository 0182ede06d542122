internal import Definitions
public import Vocabulary

/// A kind of school (办学类型) with the stages it holds, from the catalogue's dictionary.
public struct SchoolKind: Sendable, Identifiable, Hashable {
    /// Three-digit code of the statistics, such as 312.
    public let id: String
    public var label: String
    public var aliases: [String]
    public var stages: Set<Stage>
}

extension SchoolKind {
    /// Reads the `kinds` of a `dictionary: school-kinds` document.
    static func list(_ definition: Definition, _ log: DiagnosticLog) -> [SchoolKind] {
        definition.body.only(["dictionary", "label", "source", "kinds"], log)
        return (definition.body.required("kinds", log)?.list ?? []).map { node in
            node.only(["code", "label", "aliases", "stages"], log)
            return SchoolKind(
                id: node.requiredText("code", log), label: node.requiredText("label", log),
                aliases: node["aliases"]?.list.compactMap(\.text) ?? [],
                stages: Set(node["stages"]?.list.compactMap { $0.choice(Stage.self, log) } ?? []))
        }
    }
}
