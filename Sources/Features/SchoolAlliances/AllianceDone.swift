internal import Alliances
internal import Pages
internal import Vocabulary

/// What was done, told on the page one is sent to: reloading that page does nothing twice. Numbers and fixed words only.
enum AllianceDone {
    case founded(alliances: Int, schools: Int)
    case taken(alliances: Int, activities: Int)
    case adopted(alliances: Int, schools: Int)
    case recorded(AllianceActivity.Kind, Int)
    case struck, joined, left, ended

    var query: String {
        switch self {
        case .founded(let alliances, let schools): "&done=founded-\(alliances)-\(schools)"
        case .taken(let alliances, let activities): "&done=taken-\(alliances)-\(activities)"
        case .adopted(let alliances, let schools): "&done=adopted-\(alliances)-\(schools)"
        case .recorded(let kind, let count): "&done=\(kind.rawValue)-\(count)"
        case .struck: "&done=struck"
        case .joined: "&done=joined"
        case .left: "&done=left"
        case .ended: "&done=ended"
        }
    }

    static func words(_ query: PageQuery) -> [String] {
        // Only the page one was sent to says so, not its tables sorted and filtered later.
        guard query["t"] == nil, let parts = query["done"]?.split(separator: "-"), let word = parts.first else { return [] }
        let numbers = parts.dropFirst().compactMap { Int($0) }
        let (first, second) = (numbers.first ?? 0, numbers.dropFirst().first ?? 0)
        if let kind = AllianceActivity.Kind(rawValue: String(word)) { return ["登记了\(kind.label.zh)\(first)\(kind.unit)。"] }
        switch word {
        case "founded": return ["登记了\(first)个教联体，\(second)所学校。"]
        case "taken": return ["收下了\(first)个教联体、\(second)项活动。"]
        case "adopted": return ["按方案登记了\(first)个教联体，带动\(second)所学校。"]
        case "struck": return ["撤销了这一项，记录还在。"]
        case "joined": return ["登记了加入。"]
        case "left": return ["登记了退出。"]
        case "ended": return ["登记了结束，成员一并退出。"]
        default: return []
        }
    }
}
