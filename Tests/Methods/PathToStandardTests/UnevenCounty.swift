import PathToStandard
import Planning
import Vocabulary

/// An invented county of primary schools with three items of teachers and two of things, uneven enough for its spreads to bind.
enum UnevenCounty {
    static func problem(schools count: Int, ceiling: Fraction) -> PathProblem {
        var state: UInt64 = 2_024
        func next(_ range: ClosedRange<Int>) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return range.lowerBound + Int((state >> 33) % UInt64(range.count))
        }
        var (schools, units): ([PathProblem.School], [PathProblem.Unit]) = ([], [])
        for number in 0..<count {
            let pupils = 80 + next(0...40) * next(0...40)
            let teachers = pupils / 15 + 4
            func part(_ target: Int) -> Fraction { Fraction(Swift.min(teachers, pupils * target * next(60...260) / 100_000)) }
            schools.append(
                .init(
                    id: "s\(number)", name: "第\(number + 1)小学",
                    stock: [
                        "rooms": Fraction(pupils * 23 * next(70...180) / 100_000), "area": Fraction(pupils * 45 * next(80...170) / 1_000),
                    ]))
            units.append(
                .init(
                    id: "s\(number)/primary", title: "第\(number + 1)小学", school: number, stage: .primary, pupils: pupils, share: .one,
                    stock: ["teachers": Fraction(teachers), "qualified": part(42), "backbone": part(10), "arts": part(9)]))
        }
        func item(_ id: String, _ element: String, _ factor: Int, _ tenths: Int) -> PathProblem.Item {
            let bound = Fraction(tenths, over: 10)
            return .init(
                id: id, label: id, factor: Fraction(factor), terms: [element: .one], threshold: [.primary: bound],
                floor: [.primary: bound * Fraction(17, over: 20)], ceiling: [.primary: ceiling])
        }
        func action(_ id: String, _ kind: PathAction.Kind, _ cost: Int, _ adds: [String: Int]) -> PathAction {
            .init(id: id, label: id, kind: kind, unit: "份", cost: cost, adds: adds.mapValues { Fraction($0) })
        }
        let costs = CostList(
            id: "t", label: LocalizedText(zh: "t"),
            actions: [
                action("degree", .train, 15_000, ["qualified": 1]), action("backbone", .train, 20_000, ["backbone": 1]),
                action("hire", .hire, 100_000, ["teachers": 1, "qualified": 1, "arts": 1]), action("room", .equip, 30_000, ["rooms": 1]),
                action("area", .build, 35_000, ["area": 10]),
                action("move", .move, 8_000, ["teachers": 1, "qualified": 1, "arts": 1]),
            ], within: ["qualified", "backbone", "arts"].map { .init(part: $0, whole: "teachers") }, leaving: Fraction(1, over: 5),
            growth: Fraction(3))
        return PathProblem(
            county: "示例县", standard: "t", schools: schools, units: units,
            items: [
                item("Q", "qualified", 100, 42), item("B", "backbone", 100, 10), item("A", "arts", 100, 9), item("R", "rooms", 100, 23),
                item("S", "area", 1, 45),
            ], minimum: 4, shared: ["rooms", "area"], costs: costs)
    }
}
