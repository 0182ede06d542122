public import Vocabulary

/// A post with its duties. Where they hold, the grant says.
public enum Role: String, Hashable, Sendable, CaseIterable {
    case administrator
    case cityLeader
    case cityOfficer
    case countyDirector
    case countyOfficer
    case schoolHead

    public var label: LocalizedText {
        switch self {
        case .administrator: LocalizedText(zh: "系统管理员", en: "System administrator")
        case .cityLeader: LocalizedText(zh: "市级领导", en: "City leader")
        case .cityOfficer: LocalizedText(zh: "市基教科", en: "City officer")
        case .countyDirector: LocalizedText(zh: "县教育局局长", en: "County director")
        case .countyOfficer: LocalizedText(zh: "县督导室", en: "County officer")
        case .schoolHead: LocalizedText(zh: "校长", en: "School head")
        }
    }

    /// The one table of who does what. Whoever reports does not approve.
    public var duties: Set<Duty> {
        switch self {
        case .administrator: Set(Duty.allCases)
        case .cityLeader, .schoolHead: [.look]
        case .cityOfficer: [.look, .handIn, .review, .freeze]
        case .countyDirector: [.look, .submit]
        case .countyOfficer: [.look, .handIn, .submit]
        }
    }
}
