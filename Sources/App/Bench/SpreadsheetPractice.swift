import Exchanges
import Planning
import TeacherRotation
import Vocabulary

/// What is done in a spreadsheet: the eligible sorted by backbone and by years at the school, each sent to the reachable school with the
/// fewest of the kind per pupil, and in exchange the longest-serving colleague of the same subject who is none comes back.
struct SpreadsheetPractice {
    private(set) var plan = RotationPlan()
    private let problem: RotationProblem

    init(_ problem: RotationProblem) {
        self.problem = problem
        let (standings, units) = (problem.standings, problem.units)
        let quota = problem.quota(standings).least
        var counts = Array(repeating: 0, count: units.count)
        for teacher in problem.teachers where teacher.isBackbone { counts[teacher.unit] += 1 }
        func level(_ unit: Int) -> Double { Double(counts[unit]) / Double(units[unit].pupils) }
        func years(_ place: Int) -> Int { problem.teachers[place].years ?? 0 }
        let eligible = problem.teachers.indices.filter { standings[$0].isEligible }.sorted { left, right in
            let a = (problem.teachers[left].isBackbone ? 0 : 1, -years(left), left)
            return a < (problem.teachers[right].isBackbone ? 0 : 1, -years(right), right)
        }
        var used: Set<Int> = []
        var moves: [RotationPlan.Move] = []
        for place in eligible where moves.count + 2 <= quota + 1 && !used.contains(place) {
            let teacher = problem.teachers[place]
            // The weakest school near enough that has somebody to give back.
            let near = units.indices.filter { reaches(teacher.unit, $0) }.sorted { (level($0), $0) < (level($1), $1) }
            for unit in near {
                let back = eligible.first { other in
                    let colleague = problem.teachers[other]
                    return colleague.unit == unit && colleague.post == teacher.post && !colleague.isBackbone && !used.contains(other)
                        && other != place
                }
                guard let back else { continue }
                used.formUnion([place, back])
                moves.append(.init(teacher: teacher.id, from: units[teacher.unit].id, to: units[unit].id))
                moves.append(.init(teacher: problem.teachers[back].id, from: units[unit].id, to: units[teacher.unit].id))
                if teacher.isBackbone {
                    counts[teacher.unit] -= 1
                    counts[unit] += 1
                }
                break
            }
        }
        plan = RotationPlan(moves: moves)
    }

    private func reaches(_ from: Int, _ to: Int) -> Bool {
        guard from != to, let limit = problem.rules.travel.school, let here = problem.units[from].place, let there = problem.units[to].place
        else { return false }
        return here.metres(to: there) <= limit
    }

    func words(against ours: RotationOutcome) -> String {
        let practice = RotationOutcome(problem, plan)
        let spreads = SpreadKind.allCases.map { kind in
            (problem.stages.first.flatMap { practice.cv(kind, $0, isAfter: true) } ?? 0)
        }
        let ratio = Double(practice.cost) / Double(Swift.max(1, ours.cost))
        return
            "sort and send to the weakest: moved \(practice.moved), CV \(spreads.map { "\(Double(Int($0 * 1_000)) / 1_000)" }.joined(separator: "/")), \(Double(Int(ratio * 100)) / 100) × our cost"
    }
}
