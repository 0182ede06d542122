public import Vocabulary

/// A post with its duties. Where they hold, the grant says.
public enum Role: String, Hashable, Sendable, CaseIterable {
    case administrator
    case cityLeader
    case cityOfficer
    case cityInspectorate
    case cityPersonnel
    case cityFinance
    case countyDirector
    case countyOfficer
    case dataClerk
    case inspector
    case schoolHead
    case teacher
    case family
    case auditor

    public var label: LocalizedText {
        switch self {
        case .administrator: LocalizedText(zh: "系统管理员", en: "System administrator")
        case .cityLeader: LocalizedText(zh: "市级领导", en: "City leader")
        case .cityOfficer: LocalizedText(zh: "市基教科", en: "City officer")
        case .cityInspectorate: LocalizedText(zh: "市督导室", en: "City inspectorate")
        case .cityPersonnel: LocalizedText(zh: "市人事科", en: "City personnel section")
        case .cityFinance: LocalizedText(zh: "市财务科", en: "City finance section")
        case .countyDirector: LocalizedText(zh: "县教育局局长", en: "County director")
        case .countyOfficer: LocalizedText(zh: "县督导室", en: "County officer")
        case .dataClerk: LocalizedText(zh: "县数据员", en: "Data clerk")
        case .inspector: LocalizedText(zh: "责任督学", en: "Inspector")
        case .schoolHead: LocalizedText(zh: "校长", en: "School head")
        case .teacher: LocalizedText(zh: "教师", en: "Teacher")
        case .family: LocalizedText(zh: "家长", en: "Family")
        case .auditor: LocalizedText(zh: "安全审计员", en: "Auditor")
        }
    }

    /// Held in one county at a time; the grant must name it.
    public var isCountyPost: Bool {
        switch self {
        case .countyDirector, .countyOfficer, .dataClerk, .schoolHead, .teacher, .family: true
        default: false
        }
    }

    /// Held at one school; the grant must name it too.
    public var isSchoolPost: Bool { self == .schoolHead || self == .teacher }

    /// The one table of who does what. Whoever reports does not approve; whoever audits does nothing else.
    public var duties: Set<Duty> {
        switch self {
        case .administrator: Set(Duty.allCases)
        case .cityLeader, .schoolHead, .teacher: [.look, .handle]
        case .inspector: [.look, .handle, .inspect]
        case .cityInspectorate: [.look, .handle, .supervise, .requestVisits, .arrangeVisits, .inspect]
        case .cityFinance: [.look, .handle, .reportProgress, .keepFunds, .plan, .requestVisits]
        case .cityPersonnel: [.look, .handle, .reportProgress, .seePersonal, .arrangeStaff, .plan, .requestVisits]
        case .cityOfficer:
            [.look, .handle, .handIn, .review, .freeze, .reportProgress, .keepFunds, .keepAlliances, .plan, .adopt, .requestVisits]
        case .countyDirector:
            [.look, .handle, .submit, .reportProgress, .arrangeStaff, .keepFunds, .keepAlliances, .plan, .adopt, .requestVisits]
        case .countyOfficer:
            [
                .look, .handle, .handIn, .submit, .reportProgress, .keepFunds, .keepAlliances, .plan, .requestVisits, .arrangeVisits,
                .inspect,
            ]
        case .dataClerk: [.look, .handle, .handIn]
        case .family: []
        case .auditor: [.readAudit]
        }
    }
}
