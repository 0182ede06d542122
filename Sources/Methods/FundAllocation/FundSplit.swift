/// Which source pays how much of each project, in whole yuan: a flow from sources to projects, widened along augmenting paths.
struct FundSplit {
    private let problem: FundProblem
    /// What each source has left.
    private var left: [Int]
    /// Paid by source, then project.
    private var paid: [[Int: Int]]

    init(_ problem: FundProblem) {
        self.problem = problem
        left = problem.sources.map { problem.amount($0) ?? .max / 4 }
        paid = problem.sources.map { _ in [:] }
    }

    /// Pays for a project, moving earlier payments between sources where that makes room. False, and nothing changed, if it can't be.
    mutating func pay(_ project: Int) -> Bool {
        let before = self
        var due = problem.projects[project].cost
        while due > 0 {
            guard let (path, room) = path(to: project) else {
                self = before
                return false
            }
            let amount = Swift.min(due, room)
            push(amount, along: path, to: project)
            due -= amount
        }
        return true
    }

    mutating func refund(_ project: Int) {
        for source in paid.indices { left[source] += paid[source].removeValue(forKey: project) ?? 0 }
    }

    var payments: [FundPlan.Payment] {
        problem.projects.indices.flatMap { project in
            problem.sources.indices.compactMap { source in
                guard let amount = paid[source][project], amount > 0 else { return nil }
                return FundPlan.Payment(
                    project: problem.projects[project].id, source: problem.sources[source].id, amount: amount)
            }
        }
    }

    /// A step of a path: money of `source` goes to a project that `from` pays now; at the path's end `from` is nil.
    private struct Step {
        var source: Int
        var project: Int?
    }

    /// From a source that pays the project back to one with money left, and how much can move along it.
    private func path(to project: Int) -> (steps: [Step], room: Int)? {
        var reached = [Int: (next: Int, through: Int, room: Int)]()
        var queue: [Int] = []
        for source in left.indices where problem.sources[source].mayPay(problem.projects[project]) {
            reached[source] = (-1, -1, .max)
            queue.append(source)
        }
        var head = 0
        while head < queue.count {
            let source = queue[head]
            head += 1
            if left[source] > 0 {
                var (steps, room, place) = ([Step](), left[source], source)
                while let step = reached[place], step.next >= 0 {
                    steps.append(Step(source: place, project: step.through))
                    room = Swift.min(room, step.room)
                    place = step.next
                }
                steps.append(Step(source: place, project: nil))
                return (steps, room)
            }
            // Another source may take over what this one pays for.
            for (other, amount) in paid[source].sorted(by: { $0.key < $1.key }) where amount > 0 {
                for candidate in left.indices where reached[candidate] == nil {
                    guard problem.sources[candidate].mayPay(problem.projects[other]) else { continue }
                    reached[candidate] = (source, other, amount)
                    queue.append(candidate)
                }
            }
        }
        return nil
    }

    private mutating func push(_ amount: Int, along steps: [Step], to project: Int) {
        left[steps[0].source] -= amount
        for (place, step) in steps.enumerated() {
            guard let through = step.project else {
                paid[step.source][project, default: 0] += amount
                continue
            }
            paid[step.source][through, default: 0] += amount
            paid[steps[place + 1].source][through, default: 0] -= amount
        }
    }
}
