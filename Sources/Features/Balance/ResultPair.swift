internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// A county in two results as a page shows it; what differs, the kernel's comparison says.
struct ResultPair {
    struct Spread {
        var stage: Stage
        var row: SpreadChart.Row
        var nowCeiling: Double?
        var thenCeiling: Double?
        var thenVerdict: Verdict?
        var change: Double? { row.value.flatMap { now in row.before.map { now - $0 } } }
    }
    struct Move {
        var label: String
        var url: String
        var then: Verdict?
        var now: Verdict
    }

    let look: Look
    let now: CountyResult
    let then: CountyResult?
    let old: StandardResult
    private let comparison: CountyComparison?

    init(_ look: Look, _ county: CountyResult, against old: StandardResult) {
        self.look = look
        self.old = old
        now = county
        then = old.county(county.county)
        // Only this county of the two results.
        var (before, after) = (old, look.evaluated.result)
        before.counties = then.map { [$0] } ?? []
        after.counties = [county]
        comparison = ResultComparison(before, after, catalogue: look.desk.evaluations.catalogue).county(county.county)
    }

    private var isSameStandard: Bool { old.standard.id == look.standard.id }
    private var isSameYear: Bool { old.schoolYear == look.scope.year }

    var nowName: String { name(look.scope.year, look.standard) }
    var thenName: String { name(old.schoolYear, old.standard) }

    /// What differs between the two, not what they share.
    private func name(_ year: SchoolYear, _ standard: Standard) -> String {
        isSameStandard ? year.label.zh : isSameYear ? standard.label.zh : "\(year.label.zh)《\(standard.label.zh)》"
    }

    func sentence(better: Int, worse: Int) -> String {
        guard then != nil else { return "\(thenName)没有这个县的数据" }
        if better == 0, worse == 0 { return "与\(thenName)相比，学校单位的结论没有变化" }
        return "与\(thenName)相比，\(better)个学校单位变为达标，\(worse)个变为不达标或资料不足"
    }

    /// Measured items of the later result, beside what measures the same in the earlier one.
    var spreads: [Spread] {
        let held = Set(now.stages.filter { $0.units > 0 }.map(\.stage))
        return (comparison?.stages ?? []).filter { held.contains($0.stage) }.flatMap { stage in
            let order = (now.stage(stage.stage)?.indicators ?? []).map(\.code)
            return stage.indicators.filter { $0.code.after != nil }.sorted { place($0, order) < place($1, order) }
                .compactMap { spread($0, stage.stage) }
        }
    }

    private func place(_ indicator: IndicatorComparison, _ order: [String]) -> Int {
        indicator.code.after.flatMap { order.firstIndex(of: $0) } ?? order.count
    }

    private func spread(_ indicator: IndicatorComparison, _ stage: Stage) -> Spread? {
        guard let code = indicator.code.after, let verdict = indicator.verdict.after else { return nil }
        return Spread(
            stage: stage,
            row: SpreadChart.Row(
                label: look.label(code), value: indicator.cv.after, before: indicator.cv.before, verdict: verdict,
                url: look.site.indicator(now.county, code), explanation: look.site.spread(now.county, code, stage)),
            nowCeiling: indicator.ceiling.after, thenCeiling: indicator.ceiling.before, thenVerdict: indicator.verdict.before)
    }

    var spreadTable: DataTable {
        let rows = spreads.map { spread -> [DataTable.Cell] in
            [
                .init(spread.row.label, url: spread.row.url), .init(spread.stage.label.zh), .init(spread.row.before, decimals: 4),
                .init(spread.thenCeiling, decimals: 2), spread.thenVerdict.map { .init(Light($0)) } ?? .init("—"),
                .init(spread.row.value, decimals: 4, url: spread.row.explanation), .init(spread.nowCeiling, decimals: 2),
                .init(Light(spread.row.verdict)), .init(spread.change, Figure.change(spread.change, 4)),
            ]
        }
        return DataTable(
            "spreads", "\(now.county)差异系数对比",
            columns: [
                .init("item", "指标"), .init("stage", "学段", isTight: true), .init("then", thenName, .number(4)),
                .init("thenCeiling", "上限", .number(2)), .init("thenVerdict", "结论", isTight: true), .init("now", nowName, .number(4)),
                .init("nowCeiling", "上限", .number(2)), .init("nowVerdict", "结论", isTight: true), .init("change", "变化", .number(4)),
            ], rows: rows)
    }

    var movedUnits: [Move] {
        (comparison?.moved ?? []).compactMap { unit in
            guard let verdict = unit.verdict.after else { return nil }
            return Move(label: unit.title, url: look.site.school(now.county, unit.school), then: unit.verdict.before, now: verdict)
        }
    }

    /// Items keep their meaning only within one standard.
    var movedItems: [Move] {
        guard isSameStandard, let then else { return [] }
        let earlier = Dictionary(then.parts.flatMap(\.items).map { ($0.code, $0.verdict) }) { first, _ in first }
        return now.parts.flatMap(\.items).filter { item in earlier[item.code].map { $0 != item.verdict } ?? false }.map { item in
            let url = item.level == .unit ? look.site.indicator(now.county, item.code) : look.site.item(now.county, item.code)
            return Move(label: "\(item.code) \(look.label(item.code))", url: url, then: earlier[item.code], now: item.verdict)
        }
    }

    func table(_ moves: [Move]) -> DataTable {
        let isItems = moves.first.map { $0.url.contains("/items/") || $0.url.contains("/indicators/") } ?? false
        return DataTable(
            isItems ? "items" : "moved", isItems ? "结论有变化的条目" : "结论有变化的学校单位",
            columns: [
                .init("name", isItems ? "条目" : "学校单位"), .init("then", thenName, isTight: true), .init("now", nowName, isTight: true),
            ],
            rows: moves.map { [.init($0.label, url: $0.url), $0.then.map { .init(Light($0)) } ?? .init("—"), .init(Light($0.now))] },
            hasTools: moves.count > 12)
    }
}
