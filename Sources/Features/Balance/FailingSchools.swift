internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// The school units of a county that do not pass, each with its largest gap.
struct FailingSchools {
    /// How many stand on the county's page.
    static let most = 12

    let county: CountyResult
    let look: Look

    init(_ county: CountyResult, _ look: Look) {
        self.county = county
        self.look = look
    }

    func table(_ units: [UnitResult], id: String = "schools") -> DataTable {
        DataTable(
            id, "\(county.county)未达标的学校单位",
            columns: [
                .init("school", "学校"), .init("pupils", "学生", .number(0)), .init("met", "达标项", .figure),
                .init("verdict", "结论", isTight: true), .init("gap", "最大缺口"), .init("missing", "缺", .figure),
            ], rows: units.prefix(FailingSchools.most).map(row), hasTools: false)
    }

    private func row(_ unit: UnitResult) -> [DataTable.Cell] {
        let gaps = county.shortfalls.filter { $0.school == unit.school && $0.stage == unit.stage }
        let largest = gaps.filter(\.isBinding).max { $0.value / $0.threshold > $1.value / $1.threshold } ?? gaps.first
        let unknown = unit.unknown.keys.sorted()
        let code = largest?.code ?? unknown.first ?? look.standard.measured.first?.item.code ?? ""
        let explanation = look.site.explanation(county.county, unit.school, unit.stage, code)
        let gap = largest?.label ?? (unknown.isEmpty ? "—" : "\(unknown.map(look.label).joined(separator: "、"))没有数据")
        return [
            .init(unit.title, url: look.site.school(county.county, unit.school)), .init(unit.pupils),
            .init(Double(unit.met), "\(unit.met) / \(unit.measured)", url: look.site.school(county.county, unit.school)),
            .init(Light(unit.verdict)), .init(gap),
            .init(largest?.needed, Figure.amount(largest?.needed, largest?.unit ?? ""), absent: "补数据", url: explanation),
        ]
    }
}
