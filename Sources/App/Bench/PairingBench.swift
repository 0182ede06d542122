import AlliancePairing
import ArgumentParser
import Foundation
import HighsSolver
import Planning

/// Strong and weak schools paired: one to one, against an assignment routine given the same table; and with loads that differ, the same
/// programme written for other solvers, and against choosing school by school as people do.
struct Pairing: ParsableCommand {
    @Option var leads = 80
    @Option var members = 220
    @Option var seconds = 5.0
    @Option var seed: UInt64 = 1
    @Flag(help: "one member a lead, all alike") var alike = false
    @Option(help: "where to write the gains (little-endian whole numbers, alike) or the programme (MPS)") var write: String

    func run() throws {
        let problem = InventedAlliances.problem(leads: leads, members: members, alike: alike, seed: seed)
        let programme = PairingProgramme(problem)
        let clock: @Sendable () -> Double = { ProcessInfo.processInfo.systemUptime }
        if alike {
            try Data(programme.gains.flatMap { $0.map { Int64($0 ?? Int(Int32.min)) } }.withUnsafeBytes { Array($0) })
                .write(to: URL(fileURLWithPath: write))
            var (times, total) = ([Double](), nil as Int?)
            for _ in 0..<5 {
                let begin = clock()
                total = programme.matched()
                times.append(clock() - begin)
            }
            let begin = clock()
            _ = PairingProgramme(problem)
            return try tell(["total": Double(total ?? 0), "seconds": times.sorted()[2], "tableSeconds": clock() - begin])
        }
        try ModelText(programme.linear).write(write)
        let method = AlliancePairing(using: try HighsSolver.found(), seconds: seconds, clock: clock)
        guard case .plan(let plan, let total, let least, let proof) = try method.plan(problem) else { throw ValidationError("no pairing") }
        let checkedGap = total.objective.flatMap { own in total.checkedBound.map { abs(own - $0) / Swift.max(1, abs(own)) } }
        try tell([
            "total": -(total.objective ?? 0), "gap": total.gap ?? 1, "checkedGap": checkedGap ?? 1, "seconds": total.seconds,
            "violations": Double(verify(problem, plan, total: total, least: least, proof: proof).count),
            "oneByOne": oneByOne(problem, programme.gains), "least": -(least.objective ?? 0),
            "leastProved": least.status == .proved ? 1 : 0,
        ])
    }

    /// The weakest schools choose first, each the lead it gains most from that has room.
    private func oneByOne(_ problem: PairingProblem, _ gains: [[Int?]]) -> Double {
        let needs = problem.members.map { $0.needs.values.reduce(0, +) }
        var (room, places, total) = (problem.leads.map(\.capacity), problem.leads.map { _ in problem.groupSize - 1 }, 0)
        for member in problem.members.indices.sorted(by: { (needs[$1], $0) < (needs[$0], $1) }) {
            let load = problem.members[member].load
            let open = problem.leads.indices.filter { gains[member][$0] != nil && room[$0] >= load && places[$0] > 0 }
            guard let lead = open.max(by: { (gains[member][$0] ?? 0) < (gains[member][$1] ?? 0) }) else { continue }
            total += gains[member][lead] ?? 0
            room[lead] -= load
            places[lead] -= 1
        }
        return Double(total)
    }
}

/// Schools scattered over a county, the same for the same seed.
struct InventedAlliances {
    private var luck: Chance

    private mutating func place() -> PairingProblem.Place {
        .init(latitude: 37_000_000 + Int(luck.next() * 500_000), longitude: 118_000_000 + Int(luck.next() * 500_000))
    }

    private mutating func points(_ most: Double) -> [String: Int] {
        var points: [String: Int] = [:]
        for item in 1...7 { points["L\(item)"] = Int(most * luck.next()) }
        return points
    }

    static func problem(leads: Int, members: Int, alike: Bool, seed: UInt64) -> PairingProblem {
        var county = InventedAlliances(luck: Chance(seed &* 2_654_435_769 &+ 77))
        let weak = (0..<members).map { number in
            PairingProblem.Member(
                id: "m\(number)", title: "M\(number)", stage: "primary", place: county.place(),
                load: alike ? 1 : 5 + Int(county.luck.next() * 20),
                needs: county.points(400))
        }
        let load = weak.reduce(0) { $0 + $1.load }
        let strong = (0..<leads).map { number in
            PairingProblem.Lead(
                id: "l\(number)", title: "L\(number)", stage: "primary", place: county.place(),
                capacity: alike ? 1 : load / leads * 9 / 10 + Int(county.luck.next() * 20), strengths: county.points(500))
        }
        return PairingProblem(title: "Invented", leads: strong, members: weak, groupSize: alike ? 2 : 8, travelPoints: 4)
    }
}
