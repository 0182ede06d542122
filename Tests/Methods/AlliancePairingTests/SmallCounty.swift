import Foundation
import HighsSolver
import Planning
import Vocabulary

@testable import AlliancePairing

/// Invented counties small enough to try every pairing.
struct SmallCounty {
    var state: UInt64

    mutating func next(_ range: ClosedRange<Int>) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return range.lowerBound + Int((state >> 33) % UInt64(range.count))
    }

    mutating func place() -> PairingProblem.Place {
        .init(latitude: 37_000_000 + next(0...200_000), longitude: 118_000_000 + next(0...200_000))
    }

    /// `loads`: 1...1 where all schools ask the same. `reach` in kilometres.
    mutating func problem(leads: Int = 3, members: Int = 6, loads: ClosedRange<Int> = 1...1, reach: ClosedRange<Int>? = 8...22)
        -> PairingProblem
    {
        let items = ["师", "室", "器"]
        func numbers(_ range: ClosedRange<Int>) -> [String: Int] {
            var own = self
            let found = items.reduce(into: [String: Int]()) { $0[$1] = own.next(range) }
            self.state = own.state
            return found
        }
        let strong = (0..<leads).map { number in
            PairingProblem.Lead(
                id: "L\(number)", title: "强\(number)", stage: "小学", place: place(),
                capacity: (members * (loads.lowerBound + loads.upperBound) / 2 + leads - 1) / leads + next(0...loads.upperBound),
                strengths: numbers(0...400))
        }
        let weak = (0..<members).map { number in
            PairingProblem.Member(
                id: "M\(number)", title: "弱\(number)", stage: "小学", place: place(), load: next(loads), needs: numbers(0...400))
        }
        var problem = PairingProblem(
            title: "小县", leads: strong, members: weak, groupSize: members / leads + 2, reach: reach.map { next($0) * 1000 },
            travelPoints: 5, concession: next(0...1) * 30)
        problem.history = [.init(lead: "L0", member: "M1")]
        problem.historyPoints = 40
        return problem
    }
}

func method(solver: Bool = true, seconds: Double = 20) throws -> AlliancePairing {
    let clock: @Sendable () -> Double = { ProcessInfo.processInfo.systemUptime }
    guard solver else { return AlliancePairing(using: nil, seconds: seconds, clock: clock) }
    let library = try HighsLibrary(candidates: HighsLibrary.candidates(ProcessInfo.processInfo.environment, home: NSHomeDirectory()))
    return AlliancePairing(using: HighsSolver(library), seconds: seconds, clock: clock)
}

/// The best of all pairings, the rules written out once more.
struct TryEverything {
    /// Nil where there is no pairing.
    private(set) var total: Int?
    /// The highest least gain at no more than the concession.
    private(set) var least: Int?

    init(_ problem: PairingProblem) {
        let longest = problem.reach ?? 0
        var kept: [(total: Int, least: Int)] = []
        let (leads, members) = (problem.leads, problem.members)
        var number = 0
        let count = Int(pow(Double(leads.count), Double(members.count)))
        while number < count {
            var (rest, total, least) = (number, 0, Int.max)
            var (load, size, isAllowed) = (leads.map { _ in 0 }, leads.map { _ in 1 }, true)
            for member in members {
                let lead = leads[rest % leads.count]
                load[rest % leads.count] += member.load
                size[rest % leads.count] += 1
                rest /= leads.count
                let metres = problem.metres(lead, member) ?? longest
                if let reach = problem.reach, !problem.waived.contains("distance"), metres > reach { isAllowed = false }
                var gain = -problem.travelPoints * metres / 1000
                for (item, need) in member.needs { gain += Swift.min(need, lead.strengths[item] ?? 0) }
                if problem.history.contains(.init(lead: lead.id, member: member.id)) { gain += problem.historyPoints }
                total += gain
                least = Swift.min(least, gain)
            }
            for (place, lead) in leads.enumerated() {
                if load[place] > lead.capacity, !problem.waived.contains("capacity") { isAllowed = false }
                if size[place] > problem.groupSize, !problem.waived.contains("size") { isAllowed = false }
            }
            if isAllowed { kept.append((total, least)) }
            number += 1
        }
        total = kept.map(\.total).max()
        guard let total else { return }
        least = kept.filter { $0.total >= total - abs(total) * problem.concession / 1000 }.map(\.least).max()
    }
}
