internal import Vocabulary

/// Days and offices a sentence names.
struct SentenceTerms {
    var start: Day?
    var deadline: Day?
    var owners: [String] = []
    var coOwners: [String] = []

    init(_ sentence: String) {
        for match in sentence.matches(of: /(20\d\d)[-—–](20\d\d)学年(开始|起)?/) {
            guard let first = Int(match.1), let last = Int(match.2) else { continue }
            if match.3 != nil { start = Day(year: first, month: 9, day: 1) } else { deadline = Day(year: last, month: 8, day: 31) }
        }
        if deadline == nil { deadline = SentenceTerms.deadline(sentence) }
        offices(sentence)
    }

    /// 2025年底, 2025年12月底前, 到2027年, 2025年6月30日前.
    private static func deadline(_ text: String) -> Day? {
        if let match = text.firstMatch(of: /(20\d\d)年(\d{1,2})月(\d{1,2})日(之?前|以前|止)/),
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3), (1...12).contains(month), (1...31).contains(day)
        {
            return Day(year: year, month: month, day: min(day, length(year, month)))
        }
        if let match = text.firstMatch(of: /(20\d\d)年(\d{1,2})月(底|末)/), let year = Int(match.1), let month = Int(match.2),
            (1...12).contains(month)
        {
            return Day(year: year, month: month, day: length(year, month))
        }
        if let match = text.firstMatch(of: /(20\d\d)年(年?底|年?末)/) ?? text.firstMatch(of: /(20\d\d)年(之?前|以前)/),
            let year = Int(match.1)
        {
            return Day(year: year, month: 12, day: 31)
        }
        if let match = text.firstMatch(of: /(?:到|至|力争|截至)(20\d\d)年/), let year = Int(match.1) {
            return Day(year: year, month: 12, day: 31)
        }
        return nil
    }

    private static func length(_ year: Int, _ month: Int) -> Int {
        let next = month == 12 ? Day(year: year + 1, month: 1, day: 1) : Day(year: year, month: month + 1, day: 1)
        return Day(year: year, month: month, day: 1).days(until: next)
    }

    /// （责任单位：…；配合单位：…）, and 财政、教育等部门要…. The first named leads unless others are said to.
    private mutating func offices(_ text: String) {
        for match in text.matches(of: /(牵头单位|责任单位|责任科室|牵头科室|牵头部门|配合单位|责任部门|协办单位)[:：]([^;；)）。]+)/) {
            let names = match.2.split { "、,， ".contains($0) }.map(String.init)
            if match.1.hasPrefix("配合") || match.1.hasPrefix("协办") { coOwners += names } else { owners += names }
        }
        if owners.isEmpty, let match = text.firstMatch(of: /^([\p{Han}、]{2,20})等部门要/) {
            owners = match.1.split(separator: "、").map { "\($0)部门" }
        }
        if owners.count > 1 {
            coOwners = Array(owners.dropFirst()) + coOwners
            owners = Array(owners.prefix(1))
        }
    }
}
