internal import Casework
internal import Indicators
internal import Inspection
internal import Vocabulary

/// What is known of each part of a scorecard, with how it came about. What nobody knows is missing.
struct ScoreInputs {
    let desk: SupervisionDesk
    let county: String
    /// nil for the whole county.
    let school: String?
    let today: Day
    let visits: [SchoolVisit]

    func run(_ card: Scorecard) async throws -> [String: ScoreInput] {
        var inputs: [String: ScoreInput] = [:]
        for part in card.parts {
            inputs[part.id] =
                switch part.measure {
                case .indicators: try await indicators(part.standard)
                case .visits: average
                case .findings: try await findings()
                case .coverage: try await coverage()
                case .budget: try await budget()
                }
        }
        return inputs
    }

    private func indicators(_ standard: String) async throws -> ScoreInput {
        guard let year = try await desk.evaluations.availability()[standard]?.max(),
            let result = try await desk.evaluations.evaluated(standard, year, .official)?.result.county(county)
        else { return .missing("没有\(county)的学校数据") }
        let source = "\(year.label.zh)数据"
        guard let school else {
            let items = result.parts.flatMap(\.items)
            let (met, not) = (items.count { $0.verdict == .met }, items.count { $0.verdict == .notMet })
            let open = items.count { $0.verdict == .insufficient }
            return .share(
                met, of: met + not, "\(source)：判定的\(met + not)项中\(met)项达标\(open > 0 ? "，另有\(open)项资料不足，没有算进去" : "")",
                whenEmpty: "\(source)：没有一项可以判定")
        }
        let units = result.units(of: school)
        let (met, measured) = (units.reduce(0) { $0 + $1.met }, units.reduce(0) { $0 + $1.measured })
        let unknown = units.reduce(0) { $0 + $1.unknown.count }
        return .share(
            met, of: measured, "\(source)：测算的\(measured)项中\(met)项达到标准\(unknown > 0 ? "，另有\(unknown)项资料不足，没有算进去" : "")",
            whenEmpty: units.isEmpty ? "\(source)里没有这所学校，或不在督导评估范围" : "\(source)：没有一项可以测算")
    }

    private var average: ScoreInput {
        let scores = visits.filter { $0.state == .done }.compactMap { VisitTable.score(desk, $0) }
        guard !scores.isEmpty else { return .missing("本年还没有完成的入校督导") }
        let mean = scores.reduce(0, +) / Double(scores.count)
        return .known(mean / 100, "本年完成\(scores.count)次入校督导，平均\(rounded(mean))分")
    }

    private func findings() async throws -> ScoreInput {
        let filter = CaseFilter(definition: FindingCase.kind, isOpen: nil, county: county, school: school)
        let found = try await desk.office.query.figures(filter, by: .definition, opened: (nil, nil), today: today).first
        let (cases, late, closed) = (found.map { $0.open + $0.closed } ?? 0, found?.overdue ?? 0, found?.closed ?? 0)
        if cases == 0 {
            return visits.contains { $0.state == .done } ? .known(1, "已入校督导，没有立件的问题") : .missing("没有入校督导，也没有立件的问题")
        }
        return .share(
            cases - late, of: cases, "立件\(cases)件，已销号\(closed)件，逾期\(late)件（未逾期的算按期）", whenEmpty: "没有立件")
    }

    private func coverage() async throws -> ScoreInput {
        let codes = Set(try await desk.schools().filter { $0.county == county }.map(\.code))
        let covered = Set(try await desk.store.responsibilities(county).map(\.school)).intersection(codes).count
        return .share(covered, of: codes.count, "\(codes.count)所学校中\(covered)所有责任督学", whenEmpty: "没有学校名单")
    }

    private func budget() async throws -> ScoreInput {
        let codes = try await desk.schools().filter { $0.county == county }.map(\.code)
        let groups = Dictionary(grouping: visits) { $0.school }
        let most = desk.catalogue.rules.visitsPerYear
        let kept = codes.count { desk.planner.count(groups[$0] ?? []).counted <= most }
        return .share(kept, of: codes.count, "\(codes.count)所学校中\(kept)所的检查不超过每年\(most)次", whenEmpty: "没有学校名单")
    }

    private func rounded(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
