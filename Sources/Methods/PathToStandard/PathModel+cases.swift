internal import Planning
internal import Vocabulary

/// Items that some action, one number or "a part is no more than its whole" ties together, as teachers' do: what is done for one of them
/// moves the others.
struct PathGroup {
    let items: [Int]
    let actions: Set<Int>

    static func all(_ problem: PathProblem) -> [PathGroup] {
        var sets: [Set<String>] = []
        func tie(_ names: [String]) {
            let touched = sets.filter { !$0.isDisjoint(with: names) }
            sets.removeAll { !$0.isDisjoint(with: names) }
            sets.append(touched.reduce(Set(names)) { $0.union($1) })
        }
        for action in problem.costs.actions { tie(Array(action.adds.keys)) }
        for item in problem.items { tie(Array(item.terms.keys)) }
        for pair in problem.costs.within { tie([pair.part, pair.whole]) }
        return sets.map { names in
            PathGroup(
                items: problem.items.indices.filter { !names.isDisjoint(with: problem.items[$0].terms.keys) },
                actions: Set(problem.costs.actions.indices.filter { !names.isDisjoint(with: problem.costs.actions[$0].adds.keys) }))
        }.filter { !$0.items.isEmpty }.sorted { $0.items[0] < $1.items[0] }
    }
}

/// Where one item of a unit may stay unmet, each case of which one it is, or none, has its own part of the unit's steps: the hull of the
/// cases. Without it a relaxation gives teachers away in one case and takes them back in another, at no cost.
extension PathModel {
    mutating func addCases(_ place: Int, _ met: [Int: Int]) {
        let problem = data.problem
        guard !problem.waived.contains("schools"), met.count == problem.minimum + 1 else { return }
        for group in data.groups {
            let needs = group.items.compactMap { item in data.needs[place][item].map { (item: item, need: $0) } }
            let open = needs.filter { $0.need.more > 0 }.map(\.item)
            let givesAway = needs.contains { $0.need.more > 0 && $0.need.least < 0 }
            guard open.count > 1 || (open.count == 1 && givesAway), needs.allSatisfy({ data.lattices[place][$0.item] != nil }) else {
                continue
            }
            addCases(place, group, needs, open, met)
        }
    }

    private mutating func addCases(
        _ place: Int, _ group: PathGroup, _ needs: [(item: Int, need: PathNeed)], _ open: [Int], _ met: [Int: Int]
    ) {
        let parts = self.parts[place].filter { group.actions.contains($0.action) }
        var sums = parts.map { [LinearModel.Term($0.column, -1)] }
        var choice: [LinearModel.Term] = []
        let name = "\(group.items[0]) \(place)"
        for unmet in open.map(Optional.some) + [nil] {
            let label = "\(unmet.map { "\($0)" } ?? "-") \(name)"
            let part = linear.column("case \(label)", 0, 1)
            choice.append(.init(part, 1))
            if let unmet, let isMet = met[unmet] {
                linear.row("case met \(label)", [.init(isMet, 1), .init(part, 1)], atLeast: 1, atMost: 1)
            }
            let own = parts.enumerated().map { number, known in
                let column = linear.column("of \(number) \(label)", 0, linear.columns[known.column].upper)
                sums[number].append(.init(column, 1))
                return (column: column, action: known.action, sign: known.sign)
            }
            for (item, need) in needs {
                let bound = item == unmet ? need.least : need.least + need.more
                let amounts = own.map { LinearModel.Term($0.column, $0.sign * Double(data.lattices[place][item]?.amounts[$0.action] ?? 0)) }
                linear.row("case need \(item) \(label)", amounts + [.init(part, -bound)], atLeast: 0)
            }
            addNature(place, own, part, label)
        }
        linear.row("case \(name)", choice, atLeast: 1, atMost: 1)
        for (number, sum) in sums.enumerated() { linear.row("case sum \(number) \(name)", sum, atLeast: 0, atMost: 0) }
    }

    /// What holds for a unit's steps holds for those of a case, in proportion.
    private mutating func addNature(_ place: Int, _ own: [(column: Int, action: Int, sign: Double)], _ part: Int, _ label: String) {
        let stock = data.problem.units[place].stock
        for pair in data.problem.costs.within {
            guard let inner = stock[pair.part]?.approximate, let whole = stock[pair.whole]?.approximate else { continue }
            let row = own.map { step in
                let adds = data.adds[step.action]
                return LinearModel.Term(step.column, step.sign * ((adds[pair.part] ?? 0) - (adds[pair.whole] ?? 0)))
            }
            linear.row("case within \(pair.part) \(pair.whole) \(label)", row + [.init(part, inner - whole)], atMost: 0)
        }
        let leaving = own.filter { $0.sign < 0 }
        guard let most = data.mostLeaving[place], !leaving.isEmpty else { return }
        linear.row("case leaving \(label)", leaving.map { .init($0.column, 1) } + [.init(part, -most)], atMost: 0)
    }
}
