internal import Exchanges
public import Planning
internal import Vocabulary

/// The rules a plan keeps, with the words in which conflicts are told.
extension RotationProblem {
    public var planRules: [PlanRule] {
        let (rule, travel) = (rules.eligibility, rules.travel)
        let why = rules.document
        var found = [
            PlanRule("quota", LocalizedText(zh: "交流人数不低于\(rules.basis.label.zh)的\(rules.rate)", en: "Rate"), why),
            PlanRule(
                "room",
                LocalizedText(zh: "交流人数不超过\(rules.basis.label.zh)的\(Share(basis: rules.rate.basis + rules.room.basis))", en: "Upper rate"),
                "本次设定的限制"),
            PlanRule("backbone", LocalizedText(zh: "交流教师中骨干教师不低于\(rules.backboneShare)", en: "Backbone share"), why),
            PlanRule("staffing", LocalizedText(zh: "每校每学科进出人数相等", en: "Staffing kept"), "不使任何学校缺学科教师"),
            PlanRule("years", LocalizedText(zh: "在同一学校任教满\(rule.years)年才交流", en: "Years at the school"), why),
        ]
        if !rule.oldest.isEmpty || !rule.retirement.isEmpty {
            found.append(PlanRule("age", LocalizedText(zh: "超过规定年龄或临近退休的不交流", en: "Age"), why))
        }
        if rule.sparesHardship { found.append(PlanRule("hardship", LocalizedText(zh: "家庭困难的不交流", en: "Hardship"), why)) }
        if rule.onePerCouple { found.append(PlanRule("couples", LocalizedText(zh: "夫妻同一年只列一人", en: "Couples"), why)) }
        if rule.again > 0 {
            found.append(PlanRule("again", LocalizedText(zh: "交流后\(rule.again)年内不再交流", en: "Not again within \(rule.again) years"), why))
        }
        if rules.heads.must, !rules.heads.posts.isEmpty {
            found.append(
                PlanRule(
                    "heads", LocalizedText(zh: "任满\(rules.heads.terms)届的\(rules.heads.posts.joined(separator: "、"))必须交流", en: "Heads"), why)
            )
        }
        if let metres = travel.school {
            found.append(PlanRule("distance", LocalizedText(zh: "两校相距不超过\(kilometres(metres))公里", en: "Distance"), why))
        }
        if let metres = travel.home {
            found.append(PlanRule("home", LocalizedText(zh: "新学校距住处不超过\(kilometres(metres))公里", en: "Distance from home"), why))
        }
        if let count = travel.nearest {
            found.append(PlanRule("nearest", LocalizedText(zh: "只在最近的\(count)所学校之间交流", en: "Nearest schools"), "本次设定的限制"))
        }
        return found.filter { !waived.contains($0.id) }
    }

    func kilometres(_ metres: Int) -> String {
        metres % 1_000 == 0 ? "\(metres / 1_000)" : "\(Double((metres + 50) / 100) / 10)"
    }
}
