internal import Pages
internal import Planning
internal import Vocabulary

/// Plans of a county's method held against each other.
struct MethodDifference {
    let headline: String
    let sentences: [String]
    let bars: [PlanSides.Bar]
    /// Conditions and figures.
    let summary: DataTable
    /// What each plan does.
    let works: DataTable

    init(_ plans: [(record: ProposalRecord, sheet: MethodSheet)], _ sides: PlanSides) {
        let sheets = plans.map(\.sheet)
        let isPairing = sheets.contains { !$0.pairs.isEmpty }
        let isOneCounty = Set(plans.map(\.record.county)).count == 1
        let told =
            isOneCounty
            ? isPairing ? MethodDifference.pairings(sheets, sides.names) : MethodDifference.purchases(sheets, sides.names)
            : ["\(plans.count)份方案不是同一个县的，结果不能直接相比"]
        headline = told.first ?? "\(plans.count)份方案并排看"
        sentences = told.dropFirst().map { "\($0)。" }
        bars =
            isPairing
            ? [
                sides.bars("得分合计", sheets.map { $0.total.map(Double.init) }) { "\(Int($0))分" },
                sides.bars("得分最低的一所", sheets.map { $0.pairs.compactMap(\.gain).min().map { Double(Swift.max(0, $0)) } }) { "\(Int($0))分" },
            ].compactMap { $0 }
            : [
                sides.bars("安排的钱", sheets.map { Double($0.cost) / 10_000 }) { "\(Figure.grouped($0, 1))万元" },
                sides.bars("之后达标的学校单位", sheets.map { $0.unitsMet.map(Double.init) }) { "\(Int($0))个" },
                sides.bars("项目", sheets.map { Double($0.purchases.count) }) { "\(Int($0))个" },
            ].compactMap { $0 }
        let columns = [DataTable.Column("what", "项目")] + sides.columns()
        func rows(_ lines: (MethodSheet) -> [MethodSheet.Line]) -> [[DataTable.Cell]] {
            let labels = sheets.flatMap { lines($0).map(\.label) }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            return labels.map { label in
                [.init(label)] + sheets.map { sheet in .init(lines(sheet).first { $0.label == label }?.text ?? "—") }
            }
        }
        summary = DataTable("summary", "条件和结果", columns: columns, rows: rows(\.conditions) + rows(\.figures))
        works = isPairing ? MethodDifference.leads(sheets, sides) : MethodDifference.projects(sheets, columns)
    }

    /// The cheapest first, then what each other one buys for the money it costs more.
    private static func purchases(_ sheets: [MethodSheet], _ names: [String]) -> [String] {
        guard let place = sheets.indices.min(by: { sheets[$0].cost < sheets[$1].cost }) else { return [] }
        let least = sheets[place]
        let others = sheets.indices.filter { $0 != place }.map { number -> String in
            let (other, more) = (sheets[number], sheets[number].cost - least.cost)
            let money = more > 0 ? "\(names[number])比\(names[place])多花\(PathWords.money(more))万元" : "\(names[number])花钱一样多"
            guard let was = least.unitsMet, let now = other.unitsMet else { return money }
            return now > was
                ? "\(money)，多让\(now - was)个学校单位达标" : now == was ? "\(money)，达标的学校单位一样多" : "\(money)，达标的学校单位反而少\(was - now)个"
        }
        return others.count == 1 ? others : ["花钱最少的是\(names[place])，\(PathWords.money(least.cost))万元"] + others
    }

    /// The best first, then how far the others are from it.
    private static func pairings(_ sheets: [MethodSheet], _ names: [String]) -> [String] {
        let totals = sheets.map(\.total)
        guard !totals.contains(nil), let place = sheets.indices.max(by: { (totals[$0] ?? 0) < (totals[$1] ?? 0) }) else { return [] }
        let best = totals[place] ?? 0
        let others = sheets.indices.filter { $0 != place }.map { number -> String in
            let less = best - (totals[number] ?? 0)
            let same = Set(sheets[number].pairs.map { "\($0.lead)|\($0.member)" }).intersection(
                sheets[place].pairs.map { "\($0.lead)|\($0.member)" })
            return "\(names[number])\(less > 0 ? "少\(less)分" : "得分一样")，\(same.count)对和\(names[place])相同"
        }
        let first = "得分合计最高的是\(names[place])，\(best)分"
        return others.count == 1 ? ["\(first)；\(others[0])"] : [first] + others
    }

    private static func projects(_ sheets: [MethodSheet], _ columns: [DataTable.Column]) -> DataTable {
        let all = sheets.flatMap { $0.purchases.map(\.project) }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return DataTable(
            "schools", "各方案做什么", columns: columns,
            rows: all.map { project in
                [.init(project)]
                    + sheets.map { sheet in
                        .init(sheet.purchases.first { $0.project == project }.map { "\(PathWords.money($0.cost))万元" } ?? "—")
                    }
            })
    }

    /// Who leads each weak school in each plan.
    private static func leads(_ sheets: [MethodSheet], _ sides: PlanSides) -> DataTable {
        let members = sheets.flatMap { $0.pairs.map(\.memberName) }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return DataTable(
            "schools", "各方案由谁带谁", columns: [.init("member", "成员学校")] + sides.columns(),
            rows: members.map { member in
                [.init(member)]
                    + sheets.map { sheet in
                        let own = sheet.pairs.filter { $0.memberName == member }
                        let words = own.map { pair in
                            pair.leadName
                                + [pair.metres.map { "\(PairingWords.kilometres($0))公里" }, pair.gain.map { "\($0)分" }].compactMap { $0 }
                                .reduce("") { $0 + "，\($1)" }
                        }
                        return .init(words.isEmpty ? "—" : words.joined(separator: "；"))
                    }
            })
    }
}

extension MethodSheet {
    /// Points of all pairs; nil in plans kept without them.
    fileprivate var total: Int? { pairs.isEmpty || pairs.contains { $0.gain == nil } ? nil : pairs.reduce(0) { $0 + ($1.gain ?? 0) } }
    /// School units that meet the standard once it is carried out; nil in plans kept without.
    fileprivate var unitsMet: Int? { schools.map { all in all.flatMap(\.units).count { $0.after == .met } } }
}
