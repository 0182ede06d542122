public import Vocabulary

/// How a case stands against its deadline.
public enum CaseLight: String, Hashable, Sendable, CaseIterable {
    case overdue, soon, onTime
    /// The state has no deadline.
    case open
    case closed

    public var label: LocalizedText {
        switch self {
        case .overdue: LocalizedText(zh: "超期", en: "Overdue")
        case .soon: LocalizedText(zh: "临期", en: "Due soon")
        case .onTime: LocalizedText(zh: "正常", en: "On time")
        case .open: LocalizedText(zh: "无期限", en: "No deadline")
        case .closed: LocalizedText(zh: "已办结", en: "Closed")
        }
    }

    public init(_ due: CaseDue, isClosed: Bool, today: Day) {
        guard !isClosed else {
            self = .closed
            return
        }
        guard let day = due.day else {
            self = .open
            return
        }
        self = today > day ? .overdue : due.warning.map { today >= $0 } ?? false ? .soon : .onTime
    }
}
