public import Vocabulary

/// What a person may be asked to answer for. Every page, command and interface asks for one of these, and for where.
public enum Duty: String, Hashable, Sendable, CaseIterable {
    /// See results, schools and reports.
    case look
    /// Hand in returns, apply and undo them.
    case handIn
    /// Submit a county's returns for review.
    case submit
    /// Approve submitted returns or give them back.
    case review
    /// Freeze approved returns, and open a correction of frozen ones.
    case freeze
    /// Take steps in cases, where a post allows them.
    case handle
    /// Report on lines of a plan, with documents.
    case reportProgress
    /// Adopt plans, set lights by hand, hold joint meetings on them.
    case supervise
    /// Plan teachers' exchange, keep its register, see who the teachers are.
    case arrangeStaff
    /// Write into the ledger of special funds, hand finance figures in.
    case keepFunds
    /// Keep the register of school alliances and what they do together.
    case keepAlliances
    /// Have plans worked out for a county.
    case plan
    /// Decide which plan a county goes by.
    case adopt
    /// Ask for an inspection of schools.
    case requestVisits
    /// Plan the inspections of the year, name who answers for which school.
    case arrangeVisits
    /// Go to schools, score and find.
    case inspect
    /// Make accounts, give and end posts, reset passwords.
    case manageAccounts
    /// Read who did what.
    case readAudit
    /// See and correct personal details of the staff; in clear only for a purpose and a while.
    case seePersonal

    public var label: LocalizedText {
        switch self {
        case .look: LocalizedText(zh: "查看", en: "Look")
        case .handIn: LocalizedText(zh: "导入数据", en: "Hand in returns")
        case .submit: LocalizedText(zh: "上报", en: "Submit")
        case .review: LocalizedText(zh: "审核", en: "Review")
        case .freeze: LocalizedText(zh: "冻结", en: "Freeze")
        case .handle: LocalizedText(zh: "办理事项", en: "Handle cases")
        case .reportProgress: LocalizedText(zh: "填报进展", en: "Report progress")
        case .supervise: LocalizedText(zh: "督办", en: "Supervise")
        case .arrangeStaff: LocalizedText(zh: "安排教师交流", en: "Arrange teachers' exchange")
        case .keepFunds: LocalizedText(zh: "登记专项资金", en: "Keep special funds")
        case .keepAlliances: LocalizedText(zh: "登记教联体", en: "Keep school alliances")
        case .plan: LocalizedText(zh: "编制方案", en: "Plan")
        case .adopt: LocalizedText(zh: "采用方案", en: "Adopt plans")
        case .requestVisits: LocalizedText(zh: "申请入校检查", en: "Ask for inspections")
        case .arrangeVisits: LocalizedText(zh: "安排督导", en: "Arrange inspections")
        case .inspect: LocalizedText(zh: "入校督导", en: "Inspect schools")
        case .manageAccounts: LocalizedText(zh: "管理账户", en: "Manage accounts")
        case .readAudit: LocalizedText(zh: "查看审计", en: "Read the audit")
        case .seePersonal: LocalizedText(zh: "查看个人信息", en: "See personal details")
        }
    }
}
