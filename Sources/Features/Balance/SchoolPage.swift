internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// One school: its units against every indicator, what is missing in raw quantity, and what it reported.
struct SchoolPage: Sendable {
    struct Unit: Sendable {
        var title: String
        var light: Light
        var note: String
        var rows: [Row]
    }
    struct Row: Sendable {
        var code: String
        var label: String
        var url: String
        var value: String
        var threshold: String
        var floor: String
        var missing: String
        var rule: String
        var light: Light
    }
    struct Test: Sendable {
        var label: String
        var value: String
        var bound: String
        var rule: String
    }
    struct Fact: Sendable {
        var label: String
        var value: String
        var cell: String
    }

    let page: PageFrame
    let units: [Unit]
    let hasTests: Bool
    let tests: [Test]
    let facts: [Fact]
    let excluded: [String]

    init?(_ look: Look, _ county: CountyResult, code: String) {
        let table = look.evaluated.evaluation.schools
        guard
            let row = (0..<table.count).first(where: {
                table.attribute("code", $0) == code && table.attribute("county", $0) == county.county
            })
        else {
            return nil
        }
        let units = county.units(of: code)
        let name = table.attribute("name", row)
        let binding = county.shortfalls.filter { $0.school == code && $0.isBinding }
        let failing = units.filter { $0.verdict == .notMet }
        let headline =
            units.isEmpty
            ? "不计入本标准"
            : failing.isEmpty
                ? (units.allSatisfy { $0.verdict == .met } ? "达标" : "资料不足") : "不达标，要补\(binding.filter { $0.stage != nil }.count)项缺口"
        page = look.frame(
            "\(name)：\(headline)",
            lead:
                "\(look.desk.evaluations.catalogue.kind(table.attribute("kind", row))?.label ?? "")，\(table.attribute("setting", row))，\(table.attribute("sponsor", row))，标识码 \(code)。",
            county: county.county, current: look.site.school(county.county, code))
        self.units = units.map { SchoolPage.unit($0, county, look) }
        tests = county.shortfalls.filter { $0.school == code && $0.rule == .schoolTest }.map {
            Test(label: $0.label, value: Figure.short($0.value), bound: Figure.short($0.threshold), rule: $0.ruleText)
        }
        hasTests = !tests.isEmpty
        excluded = county.excluded.filter { $0.school == code }.map { "\($0.label.zh)（\($0.clause)）" }
        facts = SchoolPage.facts(table, row, look)
    }

    private static func unit(_ unit: UnitResult, _ county: CountyResult, _ look: Look) -> Unit {
        let items = look.standard.measured.map(\.item)
        let gaps = county.shortfalls.filter { $0.school == unit.school && $0.stage == unit.stage }
        let share = unit.share.map { $0 < 1 ? "用房、场地、设备按 \(Figure.fixed($0 * 100, 1))% 分摊到本学段。" : "" } ?? ""
        return Unit(
            title: "\(unit.title)：\(unit.met) / \(unit.measured) 项达到标准", light: Light(unit.verdict),
            note: "学生 \(unit.pupils.map(Figure.grouped) ?? "—") 人。\(share)",
            rows: items.map { item in
                let gap = gaps.first { $0.code == item.code }
                let bound = item.threshold[unit.stage]
                let verdict: Verdict =
                    unit.values[item.code] == nil ? .insufficient : bound == nil ? .measured : gap == nil ? .met : .notMet
                return Row(
                    code: item.code, label: look.label(item.code),
                    url: look.site.explanation(county.county, unit.school, unit.stage, item.code),
                    value: unit.values[item.code].map { Figure.short($0) } ?? unit.unknown[item.code]?.zh ?? "—",
                    threshold: Figure.short(bound),
                    floor: Figure.short(gap?.floor), missing: gap.map { Figure.amount($0.needed, $0.unit) } ?? "—",
                    rule: gap?.ruleText ?? "",
                    light: gap?.rule == .allowedMiss ? .warning : Light(verdict))
            })
    }

    private static func facts(_ table: ReturnTable, _ row: Int, _ look: Look) -> [Fact] {
        guard let form = look.desk.evaluations.catalogue.forms[table.form] else { return [] }
        return form.columns.compactMap { column in
            guard case .fact(let key) = column.field else { return nil }
            let fact = table.fact(key, row)
            if case .absent(.blank) = fact, key.stage != nil { return nil }
            if column.isExtra, fact.number == nil { return nil }
            let text: String
            switch fact {
            case .known(let value):
                let written = value / column.scale
                text =
                    written == written.rounded() && column.field != .fact(FactKey("founded", nil))
                    ? Figure.grouped(written) : Figure.plain(written)
            case .absent(let reason): text = reason.zh
            }
            return Fact(label: column.header, value: text, cell: table.cell(key.description, row)?.description ?? "")
        }
    }
}
