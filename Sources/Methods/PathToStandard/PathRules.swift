public import Planning
public import Vocabulary

/// The rules a path keeps, with the words in which conflicts and prices are told.
extension PathProblem {
    public static func dispersionID(_ item: Item, _ stage: Stage) -> String { "dispersion.\(item.id).\(stage.rawValue)" }

    /// Rules in force that could be put aside.
    public var rules: [PlanRule] {
        var found = [
            rule("schools", "每所学校至少\(minimum)项达标", "At least \(minimum) items met by every unit", "评估标准对学校的要求"),
            rule("floor", "每所学校的余项不低于规定比例", "No item below the floor", "评估标准对学校的要求"),
        ]
        for stage in stages {
            for item in items {
                guard let ceiling = item.ceiling[stage] else { continue }
                let room = limits.margin.flatMap { margin in
                    standardCeiling(item, stage).map { "（比标准的\($0)再低\(margin)%）" }
                }
                found.append(
                    rule(
                        PathProblem.dispersionID(item, stage), "\(stage.label.zh)\(item.label)的校际差异系数不超过\(ceiling)\(room ?? "")",
                        "CV of \(item.id) in \(stage.label.en) at most \(ceiling)", "评估标准对县的要求"))
            }
        }
        if let budget = limits.budget {
            let money = PathProblem.tenThousands(budget)
            found.append(rule("budget", "总费用不超过\(money)万元", "Total cost at most \(money) × 10,000 yuan", "本次设定的限制"))
        }
        if let (years, yearly) = staging {
            let money = PathProblem.tenThousands(yearly)
            found.append(
                rule("years", "\(years)年做完，每年不超过\(money)万元", "Done in \(years) years of \(money) × 10,000 yuan each", "本次设定的限制"))
        }
        if let hires = limits.hires {
            found.append(rule("hires", hires == 0 ? "不招聘教师" : "招聘不超过\(hires)人", "Hires", "本次设定的限制"))
        }
        if let moves = limits.moves {
            found.append(rule("moves", moves == 0 ? "不调动教师" : "调动不超过\(moves)人", "Moves", "本次设定的限制"))
        }
        if !limits.noBuilding.isEmpty {
            let names = schools.filter { limits.noBuilding.contains($0.id) }.map(\.name)
            found.append(rule("building", "\(names.joined(separator: "、"))不新建", "No new building", "本次设定的限制"))
        }
        if !limits.land.isEmpty { found.append(rule("land", "新增面积不超过各校的用地上限", "Land caps", "本次设定的限制")) }
        if costs.actions.contains(where: { $0.kind == .move }) {
            found.append(rule("leaving", "一校一学段调出的教师不超过专任教师的规定比例", "Teachers leaving a unit", "费用表中的 leaving"))
        }
        return found.filter { !waived.contains($0.id) }
    }

    /// Yuan as 万元, as people write it: 12,500 is 1.25.
    static func tenThousands(_ yuan: Int) -> String {
        var digits = String(abs(yuan) % 10_000)
        digits = String(repeating: "0", count: 4 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(yuan < 0 ? "-" : "")\(abs(yuan) / 10_000)\(digits.isEmpty ? "" : ".\(digits)")"
    }

    private func rule(_ id: String, _ zh: String, _ en: String, _ why: String) -> PlanRule {
        PlanRule(id, LocalizedText(zh: zh, en: en), why)
    }

    /// In how many years and with how many yuan for each, unless put aside.
    var staging: (years: Int, yearly: Int)? {
        guard !waived.contains("years"), let years = limits.years, let yearly = limits.yearly, years > 0 else { return nil }
        return (years, yearly)
    }

    /// Whether anybody may be moved at all.
    var allowsMoves: Bool { limits.moves != 0 || waived.contains("moves") }

    /// How many spreads have a ceiling.
    public var spreadCount: Int { stages.reduce(0) { sum, stage in sum + items.count { $0.ceiling[stage] != nil } } }

    /// The ceiling of an item's spread, unless put aside.
    public func ceiling(_ item: Item, _ stage: Stage) -> Fraction? {
        waived.contains(PathProblem.dispersionID(item, stage)) ? nil : item.ceiling[stage]
    }

    /// The ceiling as the standard has it, without the margin a question asks for.
    public func standardCeiling(_ item: Item, _ stage: Stage) -> Fraction? {
        guard let ceiling = item.ceiling[stage], let margin = limits.margin else { return item.ceiling[stage] }
        return ceiling * Fraction(100, over: 100 - margin)
    }

    /// How far any plan may raise a value: no school is heaped up beyond `growth` times threshold or best school.
    public func growthCeiling(_ item: Item, _ stage: Stage) -> Fraction {
        let best = units.filter { $0.stage == stage }.map { value(item, $0) }.max() ?? .zero
        return costs.growth * Swift.max(best, item.threshold[stage] ?? .zero)
    }
}
