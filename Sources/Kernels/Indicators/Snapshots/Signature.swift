public import Foundation

/// Who did something and when. The name is kept as it was that day.
public struct Signature: Hashable, Sendable, Codable {
    /// Id of the user.
    public var by: String
    public var name: String
    public var at: Date

    public init(by: String, name: String, at: Date) {
        self.by = by
        self.name = name
        self.at = at
    }
}
