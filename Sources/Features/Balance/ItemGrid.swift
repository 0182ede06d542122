internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// The lights of one part of a standard, each a link to its explanation.
struct ItemGrid: Sendable {
    struct Item: Sendable {
        var code: String
        var label: String
        var url: String
        var light: Light
        /// Class of the cell: what is not met stands out from afar.
        var style: String
        var detail: String
    }

    var id: String
    var label: String
    var summary: String
    var items: [Item]

    init(_ part: PartResult, _ county: CountyResult, _ look: Look) {
        id = part.id
        label = part.label.zh
        let gaps = [("不达标", part.count(.notMet)), ("资料不足", part.count(.insufficient))].filter { $0.1 > 0 }.map { "，\($0.1)项\($0.0)" }
        summary = "\(part.items.count)项中\(part.count(.met))项达标\(gaps.joined())"
        items = part.items.map { item in
            Item(
                code: item.code, label: item.label.zh,
                url: item.level == .unit ? look.site.indicator(county.county, item.code) : look.site.item(county.county, item.code),
                light: Light(item.verdict), style: item.verdict == .notMet ? "notmet-cell" : "", detail: ItemDetail.text(item, county, look)
            )
        }
    }
}

/// What an item's verdict rests on, in one line.
enum ItemDetail {
    static func text(_ item: ItemResult, _ county: CountyResult, _ look: Look) -> String {
        if item.level == .unit {
            return county.stages.compactMap { stage in
                stage.indicator(item.code).map {
                    "\(stage.stage.label.zh)差异系数 \(Figure.fixed($0.cv, 3))（上限 \(Figure.fixed($0.ceiling, 2))）"
                }
            }.joined(separator: "，")
        }
        return item.tests.compactMap { test($0, look) }.joined(separator: "；")
    }

    static func test(_ test: TestResult, _ look: Look) -> String? {
        if !test.missing.isEmpty { return "缺：\(names(test.missing, look))" }
        if test.schools > 0 {
            return test.failing == 0
                ? "\(test.test.label.zh)：\(test.schools)所全部符合" : "\(test.test.label.zh)：\(test.schools)所中\(test.failing)所不符合"
        }
        guard let value = test.value else { return nil }
        let label = test.test.label.zh
        guard let bound = test.bound else { return "\(label) \(number(value, test.test))（\(Verdict.measured.label.zh)）" }
        return switch test.test.format {
        case .yesNo: "\(label)：\(value >= 1 ? "是" : "否")"
        case .percent, .number: "\(label) \(number(value, test.test))（要求 \(test.test.comparison.sign) \(number(bound, test.test))）"
        }
    }

    /// A value or bound as its test shows it.
    static func number(_ value: Double, _ test: Standard.Test) -> String {
        switch test.format {
        case .percent: "\(Figure.plain((value * 10_000).rounded() / 100))%"
        case .yesNo: value >= 1 ? "是" : "否"
        case .number: (value == value.rounded() ? Figure.grouped(value) : Figure.plain((value * 10_000).rounded() / 10_000)) + test.unit
        }
    }

    static func names(_ missing: [String], _ look: Look) -> String {
        missing.map { look.desk.evaluations.catalogue.elements[String($0.prefix { $0 != "." })]?.label.zh ?? $0 }.joined(separator: "、")
    }
}
