internal import Pages
internal import Planning
internal import SiteMap
internal import Vocabulary

/// What plans side by side have in common, whichever method made them: names, maps, bars, and the schools they leave differently.
struct PlanSides {
    struct Bar: Sendable {
        var title: String
        var svg: String
    }

    let names: [String]
    let links: [PageFrame.Link]
    let map: [BeforeAfterMap]
    private let records: [ProposalRecord]
    private let schools: [[PlannedSchool]]?

    /// `schools` are those of each plan; nil for a plan kept without. Maps and differences need plans of one county and year.
    ///
    /// `pairs` are those of pairings, which change no school: they are drawn instead.
    init(_ desk: PlansDesk, _ records: [ProposalRecord], _ schools: [[PlannedSchool]?], pairs: [[MethodSheet.Pair]]? = nil) async throws {
        self.records = records
        let names = records.indices.map { "方案\($0 + 1)" }
        self.names = names
        links = zip(names, records).map { name, record in
            let site = SiteMap(Scope(year: record.schoolYear, standard: record.standard))
            return PageFrame.Link("\(name)：\(record.title)，\(PageTime.text(record.made.at))", site.plan(record.id))
        }
        let known = schools.compactMap { $0 }
        guard let first = records.first, known.count == records.count, known.count > 1,
            records.allSatisfy({ ($0.county, $0.schoolYear.start, $0.standard) == (first.county, first.schoolYear.start, first.standard) })
        else {
            (self.schools, map) = (nil, [])
            return
        }
        let drawing = try await PlanMap(desk, first)
        self.schools = pairs == nil ? known : nil
        let drawn = pairs.map { drawing.pairings(names, $0, known[0]) } ?? drawing.compared(names.map { "\($0)之后" }, known)
        map = drawn.map { [$0] } ?? []
    }

    func columns(_ kind: DataTable.Column.Kind = .text, _ total: DataTable.Column.Total = .none) -> [DataTable.Column] {
        names.enumerated().map { DataTable.Column("p\($0 + 1)", $1, kind, total: total) }
    }

    /// One number of every plan as bars; nil where no plan has one.
    func bars(_ title: String, _ values: [Double?], _ words: (Double) -> String) -> Bar? {
        let most = values.compactMap { $0 }.max() ?? 0
        guard most > 0 else { return nil }
        let (width, left) = (300.0, 50.0)
        var shapes = ""
        for (place, value) in values.enumerated() {
            let y = 4 + Double(place) * 24
            shapes += Svg.text(left - 8, y + 12, names[place], anchor: "end")
            guard let value else {
                shapes += Svg.text(left, y + 12, "没有记下", style: "soft")
                continue
            }
            let length = Swift.max(1, (width - left - 96) * value / most)
            shapes += Svg.bar("bar-after", left, y, length, 15, title: "\(names[place])：\(words(value))")
            shapes += Svg.text(left + length + 6, y + 12, words(value), style: "tiny")
        }
        return Bar(title: title, svg: Svg.chart(width, 8 + Double(values.count) * 24, title, shapes))
    }

    /// Schools that the plans leave or treat differently; empty where there is nothing to tell.
    func differences() -> [DataTable] {
        guard let schools, let first = schools.first, let record = records.first else { return [] }
        let site = SiteMap(Scope(year: record.schoolYear, standard: record.standard))
        let plans = schools.map { plan in Dictionary(plan.map { ($0.code, $0) }) { first, _ in first } }
        let rows = first.compactMap { school -> [DataTable.Cell]? in
            let sides = plans.map { $0[school.code] }
            guard Set(sides.map { "\($0?.after.rawValue ?? "")|\($0?.works ?? [])" }).count > 1 else { return nil }
            return [.init(school.name, url: site.school(record.county, school.code)), .init(Light(school.before))]
                + sides.map { side in
                    guard let side else { return .init("—") }
                    let works = SchoolWords.works(side)
                    return .init("\(side.after.label.zh)，\(SchoolWords.items(side))\(works.isEmpty ? "" : "：\(works)")")
                }
        }
        guard !rows.isEmpty else { return [] }
        return [
            DataTable(
                "differences", "各方案不一样的学校",
                columns: [.init("school", "学校"), .init("now", "现在", isTight: true)] + columns(), rows: rows)
        ]
    }
}
