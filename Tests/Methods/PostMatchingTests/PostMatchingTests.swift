import Definitions
import Foundation
import Planning
import PostMatching
import Staffing
import Testing
import Vocabulary

/// Small counties drawn from a seed.
struct SmallCounty {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

    private mutating func roll(_ below: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % below
    }

    static func rules() throws -> StaffingRules {
        let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let text = try String(contentsOf: root.appendingPathComponent("Catalogue/national/staffing/national.yaml"), encoding: .utf8)
        let log = DiagnosticLog()
        return try #require(
            DefinitionSet([DefinitionFile(path: "s.yaml", text: text)], log).of(kind: "staffing").map { StaffingRules($0, log) }.first)
    }

    mutating func problem(_ rules: StaffingRules, everyone: Bool = false) -> PostProblem {
        let subjects = ["语文", "数学", "音乐"]
        var units: [PostProblem.Unit] = []
        for number in 0..<5 {
            let stage: Stage = roll(3) == 0 ? .junior : .primary
            let place = PostProblem.Place(latitude: 37_000_000 + roll(400_000), longitude: 118_000_000 + roll(400_000))
            var unit = PostProblem.Unit(
                id: "u\(number)", school: "s\(number)", title: "学校\(number)", stage: stage, place: roll(9) == 0 ? nil : place)
            if roll(2) == 0 {
                unit.vacancies = 1 + roll(2)
                for subject in subjects where roll(2) == 0 { unit.posts[subject] = 1 + roll(2) }
            } else {
                unit.surplus = 1 + roll(2)
                for subject in subjects where roll(2) == 0 { unit.spare[subject] = 1 + roll(2) }
            }
            units.append(unit)
        }
        let people = (0..<5).map { number -> PostProblem.Candidate in
            let reasons: [PostProblem.Reason] = [.waiting, .willing, .surplus]
            return PostProblem.Candidate(
                id: "T\(number)", unit: roll(5), subject: subjects[roll(3)], subjects: roll(2) == 0 ? [subjects[roll(3)]] : [],
                qualified: roll(2) == 0 ? .junior : .primary, reason: reasons[roll(3)], wishes: roll(3) == 0 ? ["s\(roll(5))"] : [])
        }
        return PostProblem(
            region: "甲县", year: SchoolYear(2025), units: units, candidates: people, rules: rules, placesEveryone: everyone)
    }
}

@Suite("岗位匹配") struct PostMatchingTests {
    private let method = PostMatching(clock: { 0 })

    /// Every way there is, tried out: the most posts, then the most people waiting, then the fewest points.
    private func best(_ problem: PostProblem) -> [Int] {
        var best = [-1, -1, Int.min]
        var (moves, taken, given) = ([PostPlan.Move](), [String: Int](), [String: Int]())
        func go(_ place: Int) {
            guard place < problem.candidates.count else {
                let outcome = PostOutcome(problem, PostPlan(moves: moves))
                let value = [outcome.filled, outcome.placed, -outcome.points]
                if best.lexicographicallyPrecedes(value) { best = value }
                return
            }
            go(place + 1)
            let person = problem.candidates[place]
            let from = problem.units[person.unit]
            let out = person.reason == .waiting ? [] : [from.id, from.id + person.subject]
            if !out.isEmpty,
                given[out[0], default: 0] >= from.surplus || given[out[1], default: 0] >= from.spare[person.subject, default: 0]
            {
                return
            }
            for unit in problem.units {
                for (subject, count) in unit.posts where problem.bars(person, unit, subject).isEmpty {
                    guard taken[unit.id, default: 0] < unit.vacancies, taken[unit.id + subject, default: 0] < count else { continue }
                    for key in [unit.id, unit.id + subject] { taken[key, default: 0] += 1 }
                    for key in out { given[key, default: 0] += 1 }
                    moves.append(PostPlan.Move(person: person.id, from: from.id, to: unit.id, subject: subject))
                    go(place + 1)
                    moves.removeLast()
                    for key in [unit.id, unit.id + subject] { taken[key, default: 0] -= 1 }
                    for key in out { given[key, default: 0] -= 1 }
                }
            }
        }
        go(0)
        return best
    }

    @Test("小县与逐一试遍相同，复核通过") func bruteForce() throws {
        let rules = try SmallCounty.rules()
        var filled = 0
        for seed in 1...120 {
            var county = SmallCounty(UInt64(seed))
            let problem = county.problem(rules)
            guard case .plan(let plan, let certificate, let proof) = method.plan(problem) else {
                Issue.record("seed \(seed)")
                continue
            }
            let outcome = PostOutcome(problem, plan)
            #expect([outcome.filled, outcome.placed, -outcome.points] == best(problem), "seed \(seed)")
            #expect(verify(problem, plan, certificate, proof).map(\.description) == [], "seed \(seed)")
            filled += outcome.filled
        }
        #expect(filled > 60)
    }

    @Test("改动过的方案、证明书和价格都被看出来") func tampering() throws {
        let rules = try SmallCounty.rules()
        var seen: Set<String> = []
        for seed in 1...60 {
            var county = SmallCounty(UInt64(seed))
            let problem = county.problem(rules)
            guard case .plan(let plan, let certificate, let proof) = method.plan(problem), let move = plan.moves.first else { continue }
            func said(_ plan: PostPlan, _ certificate: Certificate, _ proof: PostProof) -> [String] {
                verify(problem, plan, certificate, proof).map(\.rule)
            }
            #expect(said(PostPlan(moves: Array(plan.moves.dropFirst())), certificate, proof).contains("certificate"))
            #expect(said(PostPlan(moves: plan.moves + [move]), certificate, proof).contains("everyone"))
            var wrong = move
            wrong.to = move.from
            #expect(said(PostPlan(moves: [wrong] + plan.moves.dropFirst()), certificate, proof).contains("own"))
            wrong = move
            wrong.subject = "体育与健康"
            seen.formUnion(said(PostPlan(moves: [wrong] + plan.moves.dropFirst()), certificate, proof))
            let nothing = PostProof(prices: proof.prices.map { _ in 0 })
            if certificate.objective ?? 0 > 0 { #expect(said(plan, certificate, nothing).contains("proof")) }
            #expect(said(plan, certificate, PostProof(prices: [])).contains("proof"))
            var other = certificate
            other.objective = (certificate.objective ?? 0) - 1
            #expect(said(plan, other, proof).contains("certificate"))
            var changed = problem
            changed.rules.posts.points.kilometre += 1
            #expect(verify(changed, plan, certificate, proof).contains { $0.rule == "certificate" })
        }
        #expect(seen.isSuperset(of: ["vacancy", "subject"]))
    }

    @Test("要求全部安置：做不到就指出哪些人只有哪些岗位，并经得起复核") func everyone() throws {
        let rules = try SmallCounty.rules()
        var (possible, impossible) = (0, 0)
        for seed in 1...160 {
            var county = SmallCounty(UInt64(seed))
            let problem = county.problem(rules, everyone: true)
            let most = best(problem)[1]
            switch method.plan(problem) {
            case .plan(let plan, let certificate, let proof):
                possible += 1
                #expect(most == problem.waiting && verify(problem, plan, certificate, proof).isEmpty, "seed \(seed)")
            case .infeasible(let conflict, let shortage, let certificate):
                impossible += 1
                #expect(most < problem.waiting && certificate.status == .infeasible && conflict.first?.id == "everyone")
                #expect(verify(problem, shortage).map(\.description) == [], "seed \(seed)")
                var wrong = shortage
                wrong.people.removeAll()
                #expect(!verify(problem, wrong).isEmpty)
            }
        }
        #expect(possible > 20 && impossible > 20)
    }

    @Test("换个次序说、学校换个编号，结果一样；多一个空岗不会变差") func metamorphic() throws {
        let rules = try SmallCounty.rules()
        for seed in 1...40 {
            var county = SmallCounty(UInt64(seed))
            let problem = county.problem(rules)
            let order = problem.units.indices.reversed()
            let back = Dictionary(order.enumerated().map { ($1, $0) }) { first, _ in first }
            let other = PostProblem(
                region: problem.region, year: problem.year, units: order.map { problem.units[$0] },
                candidates: problem.candidates.reversed().map { person in
                    var copy = person
                    copy.unit = back[person.unit] ?? 0
                    return copy
                }, rules: rules, placesEveryone: false)
            #expect(other.digest == problem.digest)
            var more = problem.units
            for place in more.indices where more[place].surplus == 0 {
                more[place].vacancies += 1
                more[place].posts["语文", default: 0] += 1
            }
            let wider = PostProblem(
                region: problem.region, year: problem.year, units: more, candidates: problem.candidates, rules: rules, placesEveryone: false
            )
            guard case .plan(let first, _, _) = method.plan(problem), case .plan(let second, _, _) = method.plan(wider) else { continue }
            let (a, b) = (PostOutcome(problem, first), PostOutcome(wider, second))
            #expect(b.filled >= a.filled && (b.filled > a.filled || b.placed >= a.placed))
        }
    }

    @Test("去掉一条规则，不会少补一个空岗，也不会少安置一人") func waived() throws {
        let rules = try SmallCounty.rules()
        var gained = 0
        for seed in 1...60 {
            var county = SmallCounty(UInt64(seed))
            let problem = county.problem(rules)
            guard case .plan(let strict, _, _) = method.plan(problem) else { continue }
            for rule in ["distance", "subject", "stage"] {
                var eased = problem
                eased.waived = [rule]
                guard case .plan(let plan, let certificate, let proof) = method.plan(eased) else {
                    Issue.record("seed \(seed), \(rule)")
                    continue
                }
                #expect(verify(eased, plan, certificate, proof) == [], "seed \(seed), \(rule)")
                let (a, b) = (PostOutcome(problem, strict), PostOutcome(eased, plan))
                #expect(b.filled >= a.filled && (b.filled > a.filled || b.placed >= a.placed), "seed \(seed), \(rule)")
                if b.filled > a.filled { gained += 1 }
            }
        }
        #expect(gained > 10)
    }

    @Test("没有经纬度的学校算不出距离，不安排；资格高的可以往下教，低的不能往上教") func bars() throws {
        let rules = try SmallCounty.rules()
        let place = PostProblem.Place(latitude: 37_000_000, longitude: 118_000_000)
        let units = [
            PostProblem.Unit(id: "a/primary", school: "a", title: "甲", stage: .primary, place: place, surplus: 1, spare: ["语文": 1]),
            PostProblem.Unit(id: "b/primary", school: "b", title: "乙", stage: .primary, place: nil, vacancies: 1, posts: ["语文": 1]),
            PostProblem.Unit(id: "c/junior", school: "c", title: "丙", stage: .junior, place: place, vacancies: 1, posts: ["语文": 1]),
        ]
        func bars(_ from: Int, _ qualified: Stage, _ to: Int) -> [String] {
            let person = PostProblem.Candidate(id: "T", unit: from, subject: "语文", qualified: qualified, reason: .willing)
            let problem = PostProblem(
                region: "甲县", year: SchoolYear(2025), units: units, candidates: [person], rules: rules, placesEveryone: false)
            return problem.bars(person, problem.units[to], "语文")
        }
        #expect(bars(0, .primary, 1) == ["distance"])
        #expect(bars(0, .primary, 2) == ["stage"] && bars(0, .junior, 2) == [])
        #expect(bars(2, .junior, 0).contains("vacancy") && !bars(2, .junior, 0).contains("stage"))
    }
}
