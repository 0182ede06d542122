public import AlliancePairing
public import Indicators
internal import PathToStandard
internal import Vocabulary

/// What a bureau asks of a pairing.
public struct PairingWishes: Sendable {
    /// Schools in a group, the lead among them.
    public var groupSize = 4
    /// Metres; nil for no limit.
    public var reach: Int?
    /// Points of gain one kilometre costs; a point is a thousandth of a threshold.
    public var travelPoints = 5
    /// Nil: all schools ask the same. Else the members' pupils together are at most so many thousandths of the lead's.
    public var carry: Int?
    /// Thousandths of the total that may be given up for the school that gains least.
    public var concession = 0
    /// By school code or name.
    public var kept: [PairingProblem.Pair] = []
    public var barred: [PairingProblem.Pair] = []
    public var history: [PairingProblem.Pair] = []
    public var historyPoints = 100

    public init() {}
}

/// A pairing drawn from an evaluated county: units that meet the standard can lead, units that don't are led.
public struct DrawPairing: Sendable {
    public let problem: PairingProblem
    /// Units that can neither lead nor be led because something isn't known of them.
    public let unknown: [String]
    /// The items' labels by code.
    public let labels: [String: String]

    /// Throws `PathRefusal` in the user's words.
    public init(_ evaluation: Evaluation, _ county: CountyResult, _ wishes: PairingWishes) throws {
        let items = evaluation.standard.measured.map(\.item).filter { $0.comparison == .atLeast }
        guard !items.isEmpty else { throw PathRefusal("标准“\(evaluation.standard.label.zh)”没有对学校的要求，做不了结对") }
        labels = Dictionary(items.map { ($0.code, $0.label.zh) }) { first, _ in first }
        unknown = county.units.filter { $0.verdict != .met && $0.verdict != .notMet }.map(\.title)
        let weak = county.units.filter { $0.verdict == .notMet }
        guard !weak.isEmpty else {
            throw PathRefusal("\(county.county)没有不达标的学校，不需要结对\(unknown.isEmpty ? "" : "；资料不足的有：\(unknown.joined(separator: "、"))")")
        }
        let reader = UnitReader(evaluation: evaluation, items: items)
        let capacity = Swift.max(1, wishes.groupSize - 1)
        let leads = try county.units.filter { $0.verdict == .met }.map { unit in
            PairingProblem.Lead(
                id: unit.id, title: unit.title, stage: unit.stage.label.zh, place: reader.place(unit),
                capacity: try wishes.carry.map { try reader.pupils(unit) * $0 / 1000 } ?? capacity, strengths: reader.strengths(unit))
        }
        let members = try weak.map { unit in
            PairingProblem.Member(
                id: unit.id, title: unit.title, stage: unit.stage.label.zh, place: reader.place(unit),
                load: try wishes.carry == nil ? 1 : Swift.max(1, reader.pupils(unit)), needs: reader.needs(unit))
        }
        var problem = PairingProblem(
            title: county.county, leads: leads, members: members, groupSize: wishes.groupSize, reach: wishes.reach,
            travelPoints: wishes.travelPoints, concession: wishes.concession)
        problem.kept = try Self.pairs(wishes.kept, county, problem)
        problem.barred = try Self.pairs(wishes.barred, county, problem)
        problem.history = try Self.pairs(wishes.history, county, problem)
        problem.historyPoints = wishes.historyPoints
        self.problem = problem
    }

    /// Pairs of schools, written by code or by name, as pairs of their units of the same stage.
    private static func pairs(
        _ schools: [PairingProblem.Pair], _ county: CountyResult, _ problem: PairingProblem
    ) throws -> Set<PairingProblem.Pair> {
        let (leads, members) = (Set(problem.leads.map(\.id)), Set(problem.members.map(\.id)))
        var found: Set<PairingProblem.Pair> = []
        for pair in schools {
            let units = named(pair.lead, county).flatMap { lead in
                named(pair.member, county).filter { $0.stage == lead.stage && leads.contains(lead.id) && members.contains($0.id) }
                    .map { PairingProblem.Pair(lead: lead.id, member: $0.id) }
            }
            guard !units.isEmpty else {
                throw PathRefusal("“\(pair.lead)=\(pair.member)”不是一所达标学校和同学段的一所不达标学校，请核对学校的名称或标识码（牵头学校写在前面）")
            }
            found.formUnion(units)
        }
        return found
    }

    /// The units of a school somebody wrote; none where two schools bear the name.
    private static func named(_ written: String, _ county: CountyResult) -> [UnitResult] {
        let own = county.units(of: written)
        guard own.isEmpty else { return own }
        let called = county.units.filter { $0.name == written }
        return Set(called.map(\.school)).count == 1 ? called : []
    }
}

/// Takes strengths, needs and places of units out of the evaluation.
private struct UnitReader {
    let evaluation: Evaluation
    let items: [Standard.Item]

    func pupils(_ unit: UnitResult) throws -> Int {
        guard let pupils = unit.pupils, pupils > 0 else { throw PathRefusal("\(unit.title)缺在校生数，不能按学生数计算带动能力。请先补齐再算") }
        return Int(pupils.rounded())
    }

    /// Nil where the returns give none, or none that can be read.
    func place(_ unit: UnitResult) -> PairingProblem.Place? {
        guard let longitude = Double(evaluation.schools.attribute("longitude", unit.row)),
            let latitude = Double(evaluation.schools.attribute("latitude", unit.row)), abs(longitude) <= 180, abs(latitude) <= 90
        else { return nil }
        return .init(latitude: Int((latitude * 1_000_000).rounded()), longitude: Int((longitude * 1_000_000).rounded()))
    }

    /// Thousandths of the threshold, rounded so that no need looks smaller and no strength larger than it is.
    func needs(_ unit: UnitResult) -> [String: Int] { parts(unit) { Swift.max(0, Int((-$0 * 1000).rounded(.up))) } }
    func strengths(_ unit: UnitResult) -> [String: Int] {
        parts(unit) { Swift.max(0, Int((Swift.min($0, 1000) * 1000).rounded(.down))) }
    }

    private func parts(_ unit: UnitResult, _ points: (Double) -> Int) -> [String: Int] {
        items.reduce(into: [:]) { found, item in
            guard let value = unit.values[item.code], let threshold = item.threshold[unit.stage], threshold > 0, value.isFinite else {
                return
            }
            let count = points((value - threshold) / threshold)
            if count > 0 { found[item.code] = count }
        }
    }
}
