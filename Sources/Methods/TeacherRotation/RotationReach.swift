internal import Exchanges
internal import Planning
internal import Vocabulary

/// Which schools exchange teachers with each other, and how far apart they are.
struct RotationReach {
    /// The units a unit may send to, in order, with the metres between.
    private(set) var neighbours: [[(unit: Int, metres: Int)]]

    init(_ problem: RotationProblem) {
        let units = problem.units
        let travel = problem.rules.travel
        let limit = problem.waived.contains("distance") ? nil : travel.school
        neighbours = Array(repeating: [], count: units.count)
        var byStage: [Stage: [Int]] = [:]
        let sponsors = problem.rules.eligibility.sponsors
        for (place, unit) in units.enumerated() where sponsors.isEmpty || sponsors.contains(unit.sponsor) {
            byStage[unit.stage, default: []].append(place)
        }
        for members in byStage.values {
            for unit in members {
                for other in members where other != unit && units[other].school != units[unit].school {
                    guard let here = units[unit].place, let there = units[other].place else { continue }
                    let metres = here.metres(to: there)
                    if let limit, metres > limit { continue }
                    neighbours[unit].append((other, metres))
                }
            }
        }
        guard let count = travel.nearest, !problem.waived.contains("nearest") else { return }
        keepNearest(count)
    }

    /// Two schools exchange where one of them is among the nearest of the other.
    private mutating func keepNearest(_ count: Int) {
        let nearest = neighbours.map { list in
            Set(list.sorted { ($0.metres, $0.unit) < ($1.metres, $1.unit) }.prefix(count).map(\.unit))
        }
        for unit in neighbours.indices {
            neighbours[unit] = neighbours[unit].filter { nearest[unit].contains($0.unit) || nearest[$0.unit].contains(unit) }
        }
    }

    func metres(_ from: Int, _ to: Int) -> Int? { neighbours[from].first { $0.unit == to }?.metres }
}
