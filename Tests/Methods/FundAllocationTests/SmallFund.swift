import Foundation
import FundAllocation
import HighsSolver
import Planning
import Vocabulary

/// Invented counties small enough to try every set of projects.
struct SmallFund {
    var state: UInt64

    mutating func next(_ range: ClosedRange<Int>) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return range.lowerBound + Int((state >> 33) % UInt64(range.count))
    }

    /// `units` units with three items, one or two projects for most gaps, two sources of which one pays only buildings.
    mutating func problem(units count: Int = 4, share: Fraction = Fraction(3, over: 10)) -> FundProblem {
        var (units, projects) = ([FundProblem.Unit](), [FundProblem.Project]())
        for number in 0..<count {
            let pupils = next(20...90)
            let items = (0..<3).map { item in
                FundProblem.Item(
                    id: "i\(item)", label: "项\(item)", value: Fraction(next(5...12)), threshold: Fraction(10), floor: Fraction(17, over: 2))
            }
            let unit = FundProblem.Unit(id: "u\(number)", title: "校\(number)", pupils: pupils, items: items, minimum: 2)
            for (place, item) in items.enumerated() where item.value < item.threshold {
                let gap = Int((item.threshold - item.value).approximate)
                for size in Set([gap, Swift.max(1, gap - 1)]).sorted() {
                    projects.append(
                        .init(
                            id: "p\(projects.count)", title: "校\(number)项\(place)补\(size)", school: "u\(number)",
                            kind: place == 0 ? "build" : "equip", cost: size * next(1...4) * 10_000 + next(0...9_999),
                            gains: [.init(unit: number, item: place, amount: Fraction(size))], group: "g\(number).\(place)",
                            marks: number % 2 == 0 ? ["rural"] : []))
                }
            }
            units.append(unit)
        }
        let total = projects.reduce(0) { $0 + $1.cost }
        return FundProblem(
            title: "小县", units: units, projects: projects,
            sources: [
                .init(id: "build", label: "校舍专项", amount: total / next(6...12), kinds: ["build"]),
                .init(id: "any", label: "统筹资金", amount: total / next(4...10)),
            ], shares: [.init(mark: "rural", label: "农村学校", part: share)])
    }
}

func method(seconds: Double = 20, gap: Double = 1e-7) throws -> FundAllocation {
    let library = try HighsLibrary(candidates: HighsLibrary.candidates(ProcessInfo.processInfo.environment, home: NSHomeDirectory()))
    return FundAllocation(using: HighsSolver(library), seconds: seconds, gap: gap, clock: { ProcessInfo.processInfo.systemUptime })
}

func byHand() -> FundAllocation { FundAllocation(using: nil, clock: { ProcessInfo.processInfo.systemUptime }) }

/// The best of all sets of projects, the rules written out once more: a building fund pays what it can of the buildings.
struct TryEverything {
    private(set) var short = Int.max
    private(set) var lack = Double.infinity

    init(_ problem: FundProblem) {
        let count = problem.projects.count
        for set in 0..<(1 << count) {
            let chosen = problem.projects.indices.filter { set >> $0 & 1 == 1 }.map { problem.projects[$0] }
            let groups = chosen.compactMap(\.group)
            guard Set(groups).count == groups.count else { continue }
            let build = chosen.filter { $0.kind == "build" }.reduce(0) { $0 + $1.cost }
            let all = chosen.reduce(0) { $0 + $1.cost }
            let rural = chosen.filter { $0.marks.contains("rural") }.reduce(0) { $0 + $1.cost }
            guard all - Swift.min(build, problem.sources[0].amount) <= problem.sources[1].amount else { continue }
            if let part = problem.shares.first?.part, Double(rural) < part.approximate * Double(all) { continue }
            judge(problem, chosen)
        }
    }

    private mutating func judge(_ problem: FundProblem, _ chosen: [FundProblem.Project]) {
        var (short, lack) = (0, 0.0)
        for (number, unit) in problem.units.enumerated() {
            var (met, isAbove) = (0, true)
            for (place, item) in unit.items.enumerated() {
                let added = chosen.flatMap(\.gains).filter { $0.unit == number && $0.item == place }
                let value = item.value.approximate + added.reduce(0) { $0 + $1.amount.approximate }
                if value >= 10 { met += 1 } else { lack += Double(unit.pupils) * (10 - value) / 10 }
                if value < 8.5 { isAbove = false }
            }
            if met < 2 || !isAbove {
                short += 1
                lack += Double(unit.pupils)
            }
        }
        if (short, lack) < (self.short, self.lack) { (self.short, self.lack) = (short, lack) }
    }
}
