internal import Pages

/// What each lead brings its group, as a bar of its members' points.
struct GroupGains {
    let title: String
    private let groups: [(lead: String, members: [(name: String, gain: Int)])]
    private let width = 560.0
    private let left = 132.0
    private let step = 28.0

    /// The largest group first. Empty for plans kept without points.
    init(_ pairs: [MethodSheet.Pair]) {
        let known = pairs.filter { $0.gain != nil }
        groups = Dictionary(grouping: known) { $0.leadName }.map { lead, own in (lead, own.map { ($0.memberName, $0.gain ?? 0) }) }
            .sorted { (GroupGains.sum($1.members), $0.lead) < (GroupGains.sum($0.members), $1.lead) }
        let sums = groups.map { GroupGains.sum($0.members) }
        title = "\(groups.count)组，帮得最多的一组\(sums.first ?? 0)分，最少的\(sums.last ?? 0)分"
    }

    private static func sum(_ members: [(name: String, gain: Int)]) -> Int { members.reduce(0) { $0 + $1.gain } }

    /// Empty where there is nothing to draw.
    var svg: String {
        let most = groups.map { group in group.members.reduce(0) { $0 + Swift.max(0, $1.gain) } }.max() ?? 0
        guard most > 0 else { return "" }
        let scale = (width - left - 96) / Double(most)
        var shapes = ""
        for (place, group) in groups.enumerated() {
            let y = 4 + Double(place) * step
            shapes += Svg.text(left - 10, y + 14, group.lead, anchor: "end")
            var x = left
            for (number, member) in group.members.enumerated() {
                let length = Swift.max(1, Double(Swift.max(0, member.gain)) * scale)
                shapes += Svg.bar(
                    number % 2 == 0 ? "bar-after" : "bar-after odd", x, y, length, 18, title: "\(group.lead)带\(member.name)：\(member.gain)分"
                )
                x += length
            }
            shapes += Svg.text(x + 6, y + 14, "\(group.members.count)所，\(GroupGains.sum(group.members))分", style: "tiny")
        }
        return Svg.chart(width, 8 + Double(groups.count) * step, title, shapes)
    }
}
