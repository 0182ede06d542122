public import Vocabulary

/// Which number of a return: a data element, and for elements reported stage by stage the stage.
public struct FactKey: Hashable, Sendable, CustomStringConvertible, Comparable {
    public var element: String
    public var stage: Stage?

    public init(_ element: String, _ stage: Stage? = nil) {
        self.element = element
        self.stage = stage
    }

    /// `pupils.primary`, or `teaching_area` for an element of the whole school.
    public var description: String { stage.map { "\(element).\($0.rawValue)" } ?? element }

    public init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard let first = parts.first else { return nil }
        if parts.count == 2 {
            guard let stage = Stage(rawValue: String(parts[1])) else { return nil }
            self.init(String(first), stage)
        } else {
            self.init(String(first), nil)
        }
    }

    public static func < (left: FactKey, right: FactKey) -> Bool { left.description < right.description }
}
