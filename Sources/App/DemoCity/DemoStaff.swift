internal import Foundation
public import Indicators
public import Vocabulary

/// The whole staff of the demo city, teachers and others: codes, no names. Towns have too few posts filled and help themselves with
/// people off the establishment; villages have more people than posts.
extension DemoCity {
    /// One row per person of a county's schools, in the columns of the roster.
    public func staffRows(_ year: SchoolYear, county: String) -> [ReturnRow] {
        var chance = SeededChance(seed: 9_301 &+ UInt64(year.start))
        let schools = schoolRows(year).filter { $0.attributes["county"] == county }
        let settings = Dictionary(schools.map { ($0.attributes["code"] ?? "", $0.attributes["setting"] ?? "") }) { first, _ in first }
        var rows = teacherRows(year, county: county)
        for place in rows.indices {
            DemoCity.detail(&rows[place], setting: settings[rows[place].attributes["school"] ?? ""] ?? "", year, &chance)
        }
        for school in schools {
            for stage in [Stage.primary, .junior, .senior] {
                guard let pupils = school.facts[FactKey("pupils", stage)]?.number, pupils > 0 else { continue }
                if stage == .senior {
                    for number in 0..<Int((pupils / 13.2).rounded(.up)) {
                        rows.append(DemoCity.senior(number, rows.count, school.attributes["code"] ?? "", year, &chance))
                    }
                }
                for number in 0..<Int((pupils / 230).rounded()) {
                    rows.append(DemoCity.other(number, rows.count, school.attributes["code"] ?? "", stage, year, &chance))
                }
            }
        }
        return rows
    }

    /// One row per school with its grades, in the columns of the staffing return: fewer children in the lower grades.
    public func staffingRows(_ year: SchoolYear, county: String) -> [ReturnRow] {
        var chance = SeededChance(seed: 9_501 &+ UInt64(year.start))
        return schoolRows(year).filter { $0.attributes["county"] == county }.map { school in
            var row: [AttributeID: String] = ["code": school.attributes["code"] ?? ""]
            let weights: [(Stage, [Double])] = [
                (.primary, [0.142, 0.152, 0.164, 0.173, 0.182, 0.187]), (.junior, [0.345, 0.335, 0.32]), (.senior, [0.34, 0.335, 0.325]),
            ]
            for (stage, parts) in weights {
                guard let pupils = school.facts[FactKey("pupils", stage)]?.number, pupils > 0 else { continue }
                var rest = Int(pupils)
                for (grade, part) in parts.enumerated() {
                    let count =
                        grade == parts.count - 1 ? rest : Swift.min(rest, Int((pupils * part * chance.between(0.94, 1.06)).rounded()))
                    row["grade_\(stage.rawValue)_\(grade + 1)"] = "\(count)"
                    rest -= count
                }
                if stage == .primary {
                    for ahead in 1...5 { row["intake_primary_\(ahead)"] = "\(Int((pupils * 0.142 * pow(0.95, Double(ahead))).rounded()))" }
                }
            }
            return ReturnRow(number: 0, attributes: row, facts: [:])
        }
    }

    private static func detail(_ row: inout ReturnRow, setting: String, _ year: SchoolYear, _ chance: inout SeededChance) {
        row.attributes["category"] = "专任教师"
        let kept = setting == "城区" ? 0.74 : setting == "镇区" ? 0.8 : 0.93
        row.attributes["tenure"] = chance.share() < kept ? "在编" : "非在编"
        let title = chance.share()
        // Nobody stays past the age of retirement: women of 55 and more hold a senior title.
        let isElder = row.attributes["sex"] == "女" && Int(row.attributes["born"]?.prefix(4) ?? "").map { year.start - $0 > 53 } ?? false
        row.attributes["title"] = title < 0.14 || isElder ? "高级" : title < 0.55 ? "中级" : "初级"
        if row.attributes["stage"] == "初中" {
            let science = ["物理", "化学", "生物学", "物理"]
            switch row.attributes["post"] {
            case "科学": row.attributes["post"] = science[Int(chance.share() * 4)]
            case "劳动": row.attributes["post"] = chance.share() < 0.8 ? "历史" : "劳动"
            case "信息科技": row.attributes["post"] = chance.share() < 0.6 ? "地理" : "信息科技"
            case "音乐", "美术": if chance.share() < 0.4 { row.attributes["post"] = "英语" }
            default: break
            }
            row.attributes["qualified"] = chance.share() < 0.2 ? "高中" : "初中"
        } else {
            row.attributes["qualified"] = chance.share() < 0.12 ? "初中" : "小学"
        }
        if chance.share() < 0.2 { row.attributes["subjects"] = ["语文", "数学", "道德与法治", "科学"][Int(chance.share() * 4)] }
        guard setting == "乡村", row.attributes["tenure"] == "在编" else { return }
        let draw = chance.share()
        if draw < 0.012 { row.attributes["pool"] = "待岗" } else if draw < 0.05 { row.attributes["pool"] = "自愿" }
    }

    private static func senior(
        _ number: Int, _ count: Int, _ school: String, _ year: SchoolYear, _ chance: inout SeededChance
    ) -> ReturnRow {
        let posts = ["语文", "数学", "英语", "物理", "化学", "生物学", "历史", "地理", "道德与法治", "体育与健康", "数学", "语文", "英语", "信息科技"]
        var row = person(count, school, "高中", year, &chance)
        row["post"] = posts[number % posts.count]
        row["degree"] = chance.share() < 0.2 ? "研究生" : "本科"
        (row["category"], row["qualified"]) = ("专任教师", "高中")
        row["title"] = chance.share() < 0.3 ? "高级" : "中级"
        if let born = row["born"].flatMap({ Int($0.prefix(4)) }), year.start - born > 53 { row["title"] = "高级" }
        return ReturnRow(number: 0, attributes: row, facts: [:])
    }

    private static func other(
        _ number: Int, _ count: Int, _ school: String, _ stage: Stage, _ year: SchoolYear, _ chance: inout SeededChance
    ) -> ReturnRow {
        let kind = ["行政管理", "教学辅助", "工勤"][number % 3]
        var row = person(count, school, stage.label.zh, year, &chance)
        row["degree"] = kind == "工勤" ? "高中及以下" : "专科"
        (row["post"], row["category"], row["title"]) = (kind, kind, "未定级")
        if let born = row["born"].flatMap({ Int($0.prefix(4)) }), year.start - born > 48 { row["sex"] = "男" }
        return ReturnRow(number: 0, attributes: row, facts: [:])
    }

    private static func person(
        _ count: Int, _ school: String, _ stage: String, _ year: SchoolYear, _ chance: inout SeededChance
    ) -> [AttributeID: String] {
        let digits = String(count + 1)
        let born = year.start - 26 - Int(chance.share() * 32)
        return [
            "code": "S" + String(repeating: "0", count: Swift.max(0, 6 - digits.count)) + digits, "school": school, "stage": stage,
            "backbone": "无", "since": "\(year.start - Int(chance.share() * 15))-09", "born": "\(born)-0\(1 + count % 8)",
            "sex": chance.share() < 0.55 ? "女" : "男", "tenure": chance.share() < 0.9 ? "在编" : "非在编",
        ]
    }
}
