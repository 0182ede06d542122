import Exchanges
import Foundation
import HighsSolver
import Planning
import TeacherRotation
import Vocabulary

func method(gap: Double = 0, seconds: Double = 20, alone: Bool = false) throws -> TeacherRotation {
    let library = try HighsLibrary(candidates: HighsLibrary.candidates(ProcessInfo.processInfo.environment, home: NSHomeDirectory()))
    return TeacherRotation(
        using: alone ? nil : HighsSolver(library), seconds: seconds, gap: gap, clock: { ProcessInfo.processInfo.systemUptime })
}

/// Rules under which everybody may move anywhere, to be narrowed by each test.
func looseRules(rate: Int = 2_000, room: Int = 2_000) -> RotationRules {
    var rules = RotationRules.none
    (rules.rate, rules.room, rules.basis, rules.backboneShare) = (Share(basis: rate), Share(basis: room), .fullTime, Share(basis: 2_000))
    return rules
}

extension RotationRules {
    /// No limits at all.
    static var none: RotationRules {
        RotationRules(
            id: "test", label: LocalizedText(zh: "试验"), document: "示例〔2026〕1号", eligibility: Eligibility(), rate: Share(basis: 0),
            basis: .fullTime, room: Share(basis: 0), backboneShare: Share(basis: 0), backboneLevels: ["县级"], degrees: [:])
    }
}

/// Chance of the tests, the same on every run.
struct Dice {
    var state: UInt64
    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % sides
    }
}

/// Some schools with a few teachers of two subjects, uneven in pupils and titles.
func smallRegion(_ dice: inout Dice, schools: Int = 3, teachers: Int = 4, rules: RotationRules) -> RotationProblem {
    var (units, list): ([RotationProblem.Unit], [RotationProblem.Teacher]) = ([], [])
    for number in 0..<schools {
        units.append(
            .init(
                id: "s\(number)/primary", school: "s\(number)", title: "第\(number)小学", stage: .primary, pupils: 60 + dice.roll(200),
                place: .init(latitude: 37_000_000 + dice.roll(100_000), longitude: 118_000_000 + dice.roll(100_000)),
                alliance: dice.roll(2) == 0 ? "甲" : ""))
        for _ in 0..<teachers {
            var teacher = RotationProblem.Teacher(
                id: "t\(100 + list.count)", unit: number, post: dice.roll(3) == 0 ? "数学" : "语文", isBackbone: dice.roll(3) == number % 3,
                isQualified: dice.roll(2) == 0)
            teacher.years = dice.roll(10)
            teacher.age = 30
            teacher.sex = "女"
            list.append(teacher)
        }
    }
    return RotationProblem(region: "示例县", year: SchoolYear(2025), units: units, teachers: list, rules: rules)
}

/// The least cost by trying every way to send every teacher, the rules written out once more.
struct TryEverybody {
    let problem: RotationProblem
    private(set) var best: Double?
    private var goals: [Int]

    init(_ problem: RotationProblem) {
        self.problem = problem
        goals = problem.teachers.map(\.unit)
        go(0)
    }

    private mutating func go(_ teacher: Int) {
        guard teacher < problem.teachers.count else {
            look()
            return
        }
        let own = problem.teachers[teacher].unit
        goals[teacher] = own
        go(teacher + 1)
        guard problem.teachers[teacher].years ?? 0 >= problem.rules.eligibility.years else { return }
        for unit in problem.units.indices where unit != own {
            if let limit = problem.rules.travel.school, metres(own, unit) > limit { continue }
            goals[teacher] = unit
            go(teacher + 1)
        }
        goals[teacher] = own
    }

    private func metres(_ from: Int, _ to: Int) -> Int {
        guard let a = problem.units[from].place, let b = problem.units[to].place else { return .max }
        return a.metres(to: b)
    }

    private mutating func look() {
        let moving = goals.indices.filter { goals[$0] != problem.teachers[$0].unit }
        let count = problem.teachers.count
        guard moving.count * 10_000 >= count * problem.rules.rate.basis,
            moving.count <= (count * (problem.rules.rate.basis + problem.rules.room.basis) + 9_999) / 10_000
        else { return }
        guard moving.count(where: { problem.teachers[$0].isBackbone }) * 5 >= moving.count else { return }
        var net: [String: Int] = [:]
        for place in moving {
            net["\(problem.teachers[place].unit)\(problem.teachers[place].post)", default: 0] -= 1
            net["\(goals[place])\(problem.teachers[place].post)", default: 0] += 1
        }
        guard net.values.allSatisfy({ $0 == 0 }) else { return }
        let cost = spread(\.isBackbone) + spread(\.isQualified) + travel(moving)
        if cost < best ?? .infinity { best = cost }
    }

    /// 10¹² × CV² as the ministry defines it, with whole pupils as weights.
    private func spread(_ title: KeyPath<RotationProblem.Teacher, Bool>) -> Double {
        let pupils = problem.units.map { Double($0.pupils) }
        let whole = pupils.reduce(0, +)
        let counts = problem.units.indices.map { unit in
            Double(goals.indices.count { goals[$0] == unit && problem.teachers[$0][keyPath: title] })
        }
        let mean = counts.reduce(0, +) / whole
        guard mean > 0 else { return 0 }
        let square = zip(counts, pupils).reduce(0) { $0 + $1.1 / whole * ($1.0 / $1.1 - mean) * ($1.0 / $1.1 - mean) } / (mean * mean)
        return 1e12 * square
    }

    private func travel(_ moving: [Int]) -> Double {
        moving.reduce(0) { sum, place in
            let (from, to) = (problem.teachers[place].unit, goals[place])
            let isAllied = !problem.units[from].alliance.isEmpty && problem.units[from].alliance == problem.units[to].alliance
            let metres = isAllied ? metres(from, to) * problem.rules.alliance.basis / 10_000 : metres(from, to)
            return sum + Double(1 + metres / 100)
        }
    }
}
