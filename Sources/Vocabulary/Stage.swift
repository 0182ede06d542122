/// A stage of schooling. How many years a stage lasts (六三, 五四) is data, not part of the type.
public enum Stage: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case kindergarten
    case primary
    case junior
    case senior
    case vocational
    case special

    public var label: LocalizedText {
        switch self {
        case .kindergarten: LocalizedText(zh: "学前", en: "Kindergarten")
        case .primary: LocalizedText(zh: "小学", en: "Primary")
        case .junior: LocalizedText(zh: "初中", en: "Junior secondary")
        case .senior: LocalizedText(zh: "高中", en: "Senior secondary")
        case .vocational: LocalizedText(zh: "中职", en: "Vocational")
        case .special: LocalizedText(zh: "特教", en: "Special")
        }
    }

    public static func < (left: Stage, right: Stage) -> Bool {
        allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
    }
}
