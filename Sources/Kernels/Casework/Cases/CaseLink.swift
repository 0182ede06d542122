/// What a case has to do with: a shortfall, an indicator, an item of a plan, another case. The kernel reads no meaning into `kind`.
public struct CaseLink: Hashable, Sendable, Codable {
    /// Such as `shortfall`, `indicator`, `planItem`.
    public var kind: String
    /// Id of the thing linked to, unique within its kind.
    public var target: String
    /// The thing in words, as it was when the link was made.
    public var label: String

    public init(kind: String, target: String, label: String) {
        self.kind = kind
        self.target = target
        self.label = label
    }

    /// The kind that leads from a sub-case to the case it was opened from.
    public static let parent = "case"
}
