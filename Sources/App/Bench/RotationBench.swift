import ArgumentParser
import Assembly
import Definitions
import Exchanges
import Foundation
import HighsSolver
import Planning
import Synchronization
import TeacherRotation
import Vocabulary

/// A region's exchange of teachers, against the same model given to the solver straight and against sorting in a spreadsheet.
struct Rotation: ParsableCommand {
    @Option var schools = 60
    @Option(help: "of the full-time teachers, in ten-thousandths") var rate = 1_500
    @Option var seconds = 120.0
    @Option var gap = 0.005
    @Option var seed: UInt64 = 1
    @Flag(help: "by rings alone") var alone = false
    @Flag(help: "also the same programme given to the solver as it is") var straight = false
    @Flag var verbose = false
    @Option(help: "where to write the same programme for other solvers") var write: String?
    @Option(help: "instead of one region so many small districts in turn, each with its own rate: do plans break a rule?") var districts = 0

    func run() throws {
        let log = DiagnosticLog()
        let definitions = DefinitionSet(try CatalogueFolder().files, log).of(kind: RotationRules.documentKind)
        guard let rules = definitions.first.map({ RotationRules($0, log) }), !log.hasErrors else { throw ValidationError("no rules") }
        if districts > 0 { return print(try manyDistricts(rules)) }
        let problem = InventedRegion.problem(schools: schools, rate: rate, rules: rules, seed: seed)
        if let write {
            let programme = RotationProgramme(problem)
            try ModelText(programme.linear).write(write)
            print("programme: one of its objective is \(programme.cost(1) - programme.cost(0)), none is \(programme.cost(0))")
        }
        let solver = try HighsSolver.found()
        let (begin, isTalking, naming) = (ProcessInfo.processInfo.systemUptime, verbose, Moment())
        let method = TeacherRotation(
            using: alone ? nil : solver, seconds: seconds, gap: gap, clock: { ProcessInfo.processInfo.systemUptime },
            progress: { told in
                if told.step == .names { naming.seconds.withLock { $0 = ProcessInfo.processInfo.systemUptime - begin } }
                guard isTalking else { return }
                let time = ProcessInfo.processInfo.systemUptime - begin
                print(String(format: "%.1f s", time), told.step.rawValue, told.fraction, told.gap ?? -1)
            })
        let answer = try method.plan(problem)
        guard case .plan(let plan, let certificate) = answer else {
            print("no plan", answer)
            return
        }
        let outcome = RotationOutcome(problem, plan)
        let flaws = verify(problem, plan, certificate)
        func cv(_ isAfter: Bool) -> String {
            SpreadKind.allCases.map { String(format: "%.3f", outcome.cv($0, .primary, isAfter: isAfter) ?? 0) }.joined(separator: "/")
        }
        print(
            "teachers \(problem.teachers.count), moved \(outcome.moved), CV \(cv(false)) -> \(cv(true)), objective \(outcome.cost), bound \(Int(certificate.bound ?? 0)), gap \(certificate.gap.map { String(format: "%.4f%%", $0 * 100) } ?? "-"), \(String(format: "%.1f s", certificate.seconds)), of which naming \(String(format: "%.2f s", certificate.seconds - naming.seconds.withLock { $0 })), violations \(flaws.count)"
        )
        print("   \(SpreadsheetPractice(problem).words(against: outcome))")
        if straight { try tryStraight(problem, solver, Double(outcome.cost)) }
    }

    /// The whole programme in whole numbers, given to the solver as it is.
    private func tryStraight(_ problem: RotationProblem, _ solver: HighsSolver, _ ours: Double) throws {
        let (begin, model) = (ProcessInfo.processInfo.systemUptime, RotationProgramme(problem))
        let answer = try solver.solve(model.linear, SolverOptions(seconds: seconds, gap: gap)) { false }
        let time = String(format: "%.1f s", ProcessInfo.processInfo.systemUptime - begin)
        guard !answer.values.isEmpty else {
            print("   HiGHS straight: no plan in \(time), \(model.linear.columns.count) columns, \(model.linear.rows.count) rows")
            return
        }
        let cost = model.cost(answer.objective)
        print(
            "   HiGHS straight: \(answer.status.rawValue) in \(time), \(String(format: "%.4f", cost / ours)) × our cost, its gap \(String(format: "%.4f%%", (answer.objective - answer.bound) / abs(answer.objective) * 100))"
        )
    }

    /// Seeds one after another, with and without the solver by turns; every plan is held against every rule once more.
    private func manyDistricts(_ rules: RotationRules) throws -> String {
        let solver = try HighsSolver.found()
        var (plans, violations, moves) = (0, 0, 0)
        let begin = ProcessInfo.processInfo.systemUptime
        for number in 0..<districts {
            let problem = InventedRegion.problem(
                schools: 6 + number % 9, rate: 500 + number * 37 % 2_000, rules: rules, seed: seed + UInt64(number))
            let method = TeacherRotation(
                using: number % 2 == 0 ? solver : nil, seconds: seconds, gap: gap, clock: { ProcessInfo.processInfo.systemUptime })
            guard case .plan(let plan, let certificate) = try method.plan(problem) else { continue }
            plans += 1
            moves += plan.moves.count
            violations += verify(problem, plan, certificate).count
        }
        let time = String(format: "%.0f s", ProcessInfo.processInfo.systemUptime - begin)
        return "\(districts) districts, plans for \(plans), \(moves) teachers moved, violations \(violations), \(time)"
    }
}

/// When something began, told from a closure.
private final class Moment: Sendable {
    let seconds = Mutex(0.0)
}
