internal import Pages
internal import PathToStandard
internal import Planning
internal import Vocabulary

/// Paths to the standard held against each other: all of them reach it, so the dearer ones must buy something else.
struct PathDifference {
    /// Which is the cheapest, and for two plans what the other one buys for its money.
    let headline: String
    /// What each dearer plan buys; empty where the headline has said it.
    let sentences: [String]

    init(_ sheets: [PathSheet], _ names: [String]) {
        guard let least = sheets.map(\.cost).min(), let place = sheets.firstIndex(where: { $0.cost == least }) else {
            (headline, sentences) = ("", [])
            return
        }
        let others = sheets.indices.filter { $0 != place }.map { PathDifference.words(sheets[place], sheets[$0], names[$0]) }
        let first = "最省的是\(names[place])，\(PathWords.money(least))万元"
        headline = others.count == 1 ? "\(first)；\(others[0])" : first
        sentences = others.count == 1 ? [] : others.map { "\($0)。" }
    }

    /// What the dearer plan has for the money it costs more.
    private static func words(_ cheap: PathSheet, _ dear: PathSheet, _ name: String) -> String {
        let more = dear.cost - cheap.cost
        let conditions = dear.limits.isEmpty ? "" : "（\(dear.limits.joined(separator: "，"))）"
        let gains = gains(cheap, dear)
        // The dear one's own bound does not rule the cheap one's cost out: looking longer might have made them alike.
        if more > 0, gains.isEmpty, let bound = dear.certificate.bound, Int(bound) <= cheap.cost {
            return "\(name)\(conditions)多\(PathWords.money(more))万元，差得比证明的误差还小，可以看作一样"
        }
        guard more > 0 else { return "\(name)\(conditions)费用一样\(gains.isEmpty ? "" : "，\(gains.joined(separator: "、"))")" }
        return
            "\(name)\(conditions)多花\(PathWords.money(more))万元，\(gains.isEmpty ? "没有少招聘、少调动，差异也没有更小" : "换来\(gains.joined(separator: "、"))")"
    }

    private static func gains(_ cheap: PathSheet, _ dear: PathSheet) -> [String] {
        var gains: [String] = []
        if dear.hires < cheap.hires { gains.append("少招聘\(cheap.hires - dear.hires)人") }
        if dear.moved < cheap.moved { gains.append("少调动\(cheap.moved - dear.moved)人") }
        let (was, now) = (sites(cheap), sites(dear))
        if now < was { gains.append("少在\(was - now)所学校施工") }
        if let was = worst(cheap), let now = worst(dear), was - now > 0.000_5 {
            gains.append("最大的差异系数由\(Figure.fixed(was, 3))降到\(Figure.fixed(now, 3))")
        }
        if (dear.years?.count ?? 1) < (cheap.years?.count ?? 1) {
            gains.append("早\((cheap.years?.count ?? 1) - (dear.years?.count ?? 1))年做完")
        }
        return gains
    }

    /// Schools where something is built.
    private static func sites(_ sheet: PathSheet) -> Int { Set(sheet.measures.filter { $0.kind == .build }.map(\.school)).count }
    private static func worst(_ sheet: PathSheet) -> Double? { sheet.spreads.compactMap(\.after).max() }

    static func summary(_ sheets: [PathSheet], _ sides: PlanSides) -> DataTable {
        typealias Cell = DataTable.Cell
        func row(_ label: String, _ cell: (PathSheet) -> Cell) -> [Cell] { [Cell(label)] + sheets.map(cell) }
        func number(_ value: Double, _ decimals: Int = 0) -> Cell { Cell(value, decimals: decimals) }
        var rows = [
            row("限制") { Cell($0.limits.isEmpty ? "没有限制" : $0.limits.joined(separator: "；")) },
            row("费用（万元）") { number(Double($0.cost) / 10_000, 1) }, row("招聘（人）") { number(Double($0.hires)) },
            row("县内调动（人）") { number(Double($0.moved)) }, row("离最省") { Cell(PathWords.proof($0.certificate)) },
            row("达标的学校单位") { Cell("\($0.before.unitsMet) → \($0.after.unitsMet) / \($0.after.units)") },
            row("达标的差异系数") { Cell("\($0.before.spreadsMet) → \($0.after.spreadsMet) / \($0.after.spreads)") },
        ]
        let actions = sheets.flatMap(\.measures).reduce(into: [String]()) { if !$0.contains($1.action) { $0.append($1.action) } }
        for action in actions {
            rows.append(
                row(action) { sheet in
                    let own = sheet.measures.filter { $0.action == action }
                    guard let unit = own.first?.unit else { return Cell("—") }
                    return Cell(
                        "\(PathWords.amount(own.reduce(0) { $0 + $1.count }, unit))，\(PathWords.money(own.reduce(0) { $0 + $1.cost }))万元")
                })
        }
        for spread in sheets.first?.spreads ?? [] {
            rows.append(
                row("\(spread.stage)\(spread.item)差异系数") { sheet in
                    let other = sheet.spreads.first { $0.stage == spread.stage && $0.item == spread.item }
                    return Cell(Figure.fixed(other?.before, 3) + " → " + Figure.fixed(other?.after, 3))
                })
        }
        return DataTable("summary", "方案对比", columns: [.init("what", "项目")] + sides.columns(), rows: rows)
    }

    /// What each school gets, in 万元.
    static func schools(_ sheets: [PathSheet], _ sides: PlanSides) -> DataTable {
        let totals = sheets.map { sheet in
            Dictionary(sheet.measures.map { ($0.place, $0.cost) }, uniquingKeysWith: +)
        }
        let places = sheets.flatMap(\.measures).reduce(into: [String]()) { if !$0.contains($1.place) { $0.append($1.place) } }
        return DataTable(
            "schools", "各校费用对比（万元）", columns: [.init("place", "学校")] + sides.columns(.number(1), .sum),
            rows: places.map { place in
                [.init(place)] + totals.map { .init($0[place].map { Double($0) / 10_000 }, decimals: 1, absent: "—") }
            })
    }
}
