public import Vocabulary

/// A post a definition speaks of, such as `school.head`. Which people hold it, the catalogue's list of posts says
/// (`held`, a role of the register) and an adapter reads; the kernel knows none of them.
public struct CaseRole: Hashable, Sendable {
    /// Where a post's office sits, and so which cases it covers.
    public enum Level: String, Hashable, Sendable, CaseIterable {
        case school, county, city
        /// Anybody, without logging in.
        case everyone

        public var label: LocalizedText {
            switch self {
            case .school: LocalizedText(zh: "学校", en: "School")
            case .county: LocalizedText(zh: "县（市、区）", en: "County")
            case .city: LocalizedText(zh: "全市", en: "City")
            case .everyone: LocalizedText(zh: "任何人", en: "Anyone")
            }
        }
    }

    public var name: String
    public var label: LocalizedText
    public var level: Level
    /// Names of register roles whose holders hold this post.
    public var held: [String]

    public init(name: String, label: LocalizedText, level: Level, held: [String]) {
        self.name = name
        self.label = label
        self.level = level
        self.held = held
    }
}
