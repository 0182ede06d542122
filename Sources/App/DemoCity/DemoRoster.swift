public import Indicators
public import Vocabulary

/// The teachers of the demo city as a roster: codes, no names. As many as the schools' returns say, with as many titles.
extension DemoCity {
    private static let posts: [(name: String, part: Double)] = [
        ("语文", 0.24), ("数学", 0.2), ("英语", 0.12), ("道德与法治", 0.06), ("科学", 0.06), ("体育与健康", 0.08), ("音乐", 0.06), ("美术", 0.06),
        ("信息科技", 0.06), ("劳动", 0.06),
    ]

    /// One row per teacher of a county's public schools, in the columns of the roster.
    public func teacherRows(_ year: SchoolYear, county: String) -> [ReturnRow] {
        var chance = SeededChance(seed: 7_001 &+ UInt64(year.start))
        var rows: [ReturnRow] = []
        for school in schoolRows(year) where school.attributes["county"] == county {
            for stage in [Stage.primary, .junior] {
                guard let count = school.facts[FactKey("teachers", stage)]?.number, count > 0 else { continue }
                let backbones = Int(school.facts[FactKey("backbone_teachers", stage)]?.number ?? 0)
                let qualified = Int(school.facts[FactKey("qualified_teachers", stage)]?.number ?? 0)
                for number in 0..<Int(count) {
                    var row = DemoCity.teacher(rows.count, year, &chance)
                    row["school"] = school.attributes["code"]
                    row["stage"] = stage.label.zh
                    row["backbone"] = number < backbones ? ["县级", "县级", "市级", "省级"][number % 4] : number % 9 == 0 ? "校级" : "无"
                    // Spread over the staff, so that titles and degrees do not go together.
                    let isQualified = (number * 7 + 3) % Int(count) < qualified
                    row["degree"] = isQualified ? (stage == .primary && number % 3 == 0 ? "专科" : "本科") : stage == .primary ? "高中及以下" : "专科"
                    if number == Int(count) - 1, count > 12 {
                        (row["post"], row["terms"]) = ("校长", "\(1 + Int(chance.share() * 2.6))")
                    }
                    rows.append(ReturnRow(number: 0, attributes: row, facts: [:]))
                }
            }
        }
        for place in stride(from: 40, to: rows.count - 60, by: 97) {
            rows[place].attributes["couple"] = rows[place + 53].attributes["code"]
            rows[place + 53].attributes["couple"] = rows[place].attributes["code"]
        }
        return rows
    }

    private static func teacher(_ number: Int, _ year: SchoolYear, _ chance: inout SeededChance) -> [AttributeID: String] {
        var (draw, post) = (chance.share(), "语文")
        for (name, part) in posts {
            post = name
            draw -= part
            if draw < 0 { break }
        }
        let digits = String(number + 1)
        let born = year.start - 25 - Int(chance.share() * 33)
        var row: [AttributeID: String] = [
            "code": "T" + String(repeating: "0", count: 6 - digits.count) + digits, "post": post,
            "since": "\(year.start - Int(chance.share() * 15))-09", "born": "\(born)-0\(1 + number % 8)",
            "sex": chance.share() < 0.68 ? "女" : "男", "tenure": chance.share() < 0.94 ? "在编" : "非在编",
        ]
        if chance.share() < 0.02 { row["exempt"] = chance.share() < 0.5 ? "孕期" : "疾病" }
        if chance.share() < 0.01 { row["hardship"] = "是" }
        if chance.share() < 0.1 { row["exchanged"] = "\(year.start - 1 - Int(chance.share() * 6))" }
        return row
    }
}
