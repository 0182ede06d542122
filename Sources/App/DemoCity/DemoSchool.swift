internal import Foundation
internal import Indicators
internal import Vocabulary

/// One school of the demo city with what stays the same over the years.
struct DemoSchool {
    var code: String
    var name: String
    var county: String
    var kind: String
    var setting: String
    var sponsor: String
    var longitude: Double
    var latitude: Double
    var pupils: [Stage: Double]
    var founded: Int
    /// How the school stands against the threshold of each item, 1 being just met.
    var standing: [String: Double]

    /// The return of one year: pupils drift, what was short grows slowly towards the standard. Some schools were fitted out only in the
    /// newest year: what was ordered there has been done.
    func row(_ year: Int, newest: Int, _ standard: Standard, _ chance: inout SeededChance) -> ReturnRow {
        let age = Double(newest - year)
        let drift = pow(1.012, age)
        var facts: [FactKey: Fact] = [:]
        func set(_ element: String, _ stage: Stage?, _ value: Double) { facts[FactKey(element, stage)] = .known(Swift.max(0, value)) }
        let own = pupils.mapValues { ($0 * drift).rounded() }
        var shared = ["L4": 0.0, "L5": 0, "L6": 0, "L7": 0]
        for stage in own.keys.sorted() {
            let count = own[stage] ?? 0
            set("pupils", stage, count)
            func target(_ code: String) -> Double {
                let bound = standard.item(code)?.threshold[stage] ?? standard.item(code)?.threshold[.junior] ?? 0
                let late = age > 0 && founded % 4 == 0 && ["L6", "L7"].contains(code) ? 0.8 : 1
                return bound * (standing[code] ?? 1) * late * pow(0.95, age) * chance.between(1 - 0.045 * age, 1 + 0.045 * age)
            }
            for code in ["L4", "L5", "L6", "L7"] { shared[code, default: 0] += count * target(code) }
            guard stage != .senior else { continue }
            staff(stage, count, target, &facts)
        }
        let gym = own.values.reduce(0, +) > 500 ? (own.values.reduce(0, +) * 0.3).rounded() : 0
        set("teaching_area", nil, ((shared["L4"] ?? 0) + gym).rounded())
        set("gym_area", nil, gym)
        set("sports_area", nil, Swift.max(0, (shared["L5"] ?? 0) - gym).rounded())
        set("equipment_value", nil, ((shared["L6"] ?? 0) / 1_000).rounded() * 1_000)
        set("networked_classrooms", nil, ((shared["L7"] ?? 0) / 100).rounded(.up))
        let classes = [Stage.primary, .junior].reduce(0) { $0 + (facts[FactKey("classes", $1)]?.number ?? 0) }
        let rooms = (classes / 12).rounded(.up)
        set("music_rooms", nil, rooms)
        set("art_rooms", nil, Double(founded % 11) == 0 && rooms > 1 ? rooms - 1 : rooms)
        set("founded", nil, Double(founded))
        return ReturnRow(number: 0, attributes: attributes, facts: facts)
    }

    private func staff(_ stage: Stage, _ count: Double, _ target: (String) -> Double, _ facts: inout [FactKey: Fact]) {
        let largest = stage == .primary ? 45.0 : 50.0
        let classes = Swift.max(1, (count / (largest - 3)).rounded(.up))
        let teachers = Swift.max(2, (count / (stage == .primary ? 15 : 12.5)).rounded(.up))
        facts[FactKey("classes", stage)] = .known(classes)
        facts[FactKey("largest_class", stage)] = .known((count / classes).rounded(.up) + Double(founded % 3))
        facts[FactKey("teachers", stage)] = .known(teachers)
        for (code, element) in [("L1", "qualified_teachers"), ("L2", "backbone_teachers"), ("L3", "arts_pe_teachers")] {
            let wanted = count * target(code) / 100
            facts[FactKey(element, stage)] = .known(
                Swift.min(teachers, standing[code] ?? 1 < 1 ? wanted.rounded(.down) : wanted.rounded(.up)))
        }
    }

    private var attributes: [AttributeID: String] {
        [
            "code": code, "name": name, "county": county, "kind": kind, "setting": setting, "sponsor": sponsor,
            "longitude": String(format: "%.4f", longitude), "latitude": String(format: "%.4f", latitude),
        ]
    }
}
