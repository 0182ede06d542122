internal import Vocabulary

/// How many posts a unit has by the rule, with the steps it was counted in.
public struct Establishment: Sendable, Hashable, Codable {
    /// Nil where something needed is not told; the last step says what.
    public var number: Int?
    public var steps: [String]

    public init(_ unit: StaffUnit, _ rules: StaffingRules) {
        self.init(unit, pupils: unit.pupils, classes: unit.classes, rules)
    }

    /// The same for other numbers of pupils and classes.
    public init(_ unit: StaffUnit, pupils: Int?, classes: Int?, _ rules: StaffingRules) {
        (number, steps) = (nil, [])
        guard let ratio = rules.ratios[unit.stage] else {
            steps = ["规则没有\(unit.stage.label.zh)的生师比"]
            return
        }
        guard let pupils else {
            steps = ["在校生数没有填写"]
            return
        }
        var posts = (pupils * 1_000 + ratio - 1) / ratio
        steps = ["按生师比：\(pupils)名学生 ÷ \(Thousandths.text(ratio))，不足一个的进一，\(posts)名"]
        if let small = rules.small.first(where: { $0.holds(unit, pupils: pupils) }) {
            guard let classes else {
                steps.append("不足\(small.below)人的\(small.label)还要按班数算，班数没有填写")
                return
            }
            let byClass = (classes * small.perClass + 999) / 1_000
            let most = Swift.max(posts, byClass, small.least)
            steps.append(
                "\(small.label)不足\(small.below)人，按班师比：\(classes)个班 × \(Thousandths.text(small.perClass)) = \(byClass)名；取大的，不少于\(small.least)名，\(most)名"
            )
            posts = most
        }
        if let boarding = rules.boarding, let boarders = unit.boarders, boarders >= boarding.every {
            let add = boarders / boarding.every * boarding.add
            steps.append("寄宿生\(boarders)人，每满\(boarding.every)人加\(boarding.add)名，加\(add)名")
            posts += add
        }
        if let extra = unit.extra, extra > 0 {
            steps.append("批准的附加编制\(extra)名")
            posts += extra
        }
        number = posts
    }
}

/// Numbers kept in thousandths, as people write them.
public enum Thousandths {
    /// `13.5`, `2`, `0.333`.
    public static func text(_ number: Int) -> String {
        let digits = String(1_000 + abs(number) % 1_000).dropFirst()
        let rest = digits.reversed().drop { $0 == "0" }.reversed()
        return "\(number < 0 ? "-" : "")\(abs(number) / 1_000)" + (rest.isEmpty ? "" : "." + String(rest))
    }

    /// With one decimal, halves away from zero.
    public static func short(_ number: Int) -> String {
        let tenths = (abs(number) + 50) / 100
        return "\(number < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10)"
    }
}
