internal import Pages
internal import SiteMap
internal import Staffing
internal import Vocabulary

/// The tables of a county's or a unit's staff.
enum StaffingTables {
    static func units(_ survey: StaffingSurvey, _ site: SiteMap) -> DataTable {
        DataTable(
            "units", "各学校单位的编制和实有",
            columns: [
                .init("school", "学校"), .init("standing", "结论", isTight: true), .init("stage", "学段", isTight: true),
                .init("setting", "城乡", isTight: true), .init("pupils", "在校生", .number(0), total: .sum),
                .init("classes", "班数", .number(0), total: .sum), .init("establishment", "标准编制", .number(0), total: .sum),
                .init("approved", "核定编制", .number(0), total: .sum), .init("posted", "在编实有", .number(0), total: .sum),
                .init("balance", "超（缺）", .figure), .init("off", "编外", .number(0), total: .sum),
                .init("leaving", "到\(survey.years.last ?? survey.year.start)年底退休", .number(0), total: .sum), .init("gap", "缺什么资料"),
            ],
            rows: survey.units.map { unit in
                [
                    .init(unit.title, url: site.staffingSchool(survey.county, unit.school)), .init(StaffingWords.light(unit.standing)),
                    .init(unit.stage.label.zh), .init(unit.setting), StaffingWords.cell(unit.pupils), StaffingWords.cell(unit.classes),
                    StaffingWords.cell(unit.establishment), .init(unit.approved.map(Double.init)),
                    unit.isWhole ? .init(Double(unit.known)) : .init(nil, absent: unit.known > 0 ? "至少\(unit.known)" : "资料不足"),
                    .init(unit.balance.map(Double.init), StaffingWords.balance(unit.balance), absent: "资料不足"),
                    .init(survey.hasRoster ? Double(unit.offEstablishment) : nil),
                    .init(survey.hasRoster ? Double(unit.leaving.reduce(0) { $0 + $1.count }) : nil),
                    .init(unit.establishment == nil ? unit.steps.last ?? "" : unit.gap),
                ]
            })
    }

    static func subjects(_ rows: [UnitStaffing.Subject], id: String, _ caption: String) -> DataTable {
        DataTable(
            id, caption,
            columns: [
                .init("subject", "学科", isTight: true), .init("need", "按课时需要", .number(1), total: .sum),
                .init("teachers", "专任教师", .number(0), total: .sum), .init("established", "其中在编", .number(0), total: .sum),
                .init("all", "开课余（缺）", .figure), .init("balance", "在编余（缺）", .figure),
            ],
            rows: rows.map { row in
                let all = row.need.map { Double(row.teachers * 1_000 - $0) / 1_000 }
                return [
                    .init(row.name), .init(row.need.map { Double($0) / 1_000 }, decimals: 1, absent: "没有课时规定或班数"),
                    .init(Double(row.teachers)), .init(Double(row.established)),
                    .init(all, all.map { signed($0) }, absent: "—", style: (all ?? 0) <= -1 ? "notmet" : ""),
                    .init(row.balance.map(Double.init), row.balance.map { $0 == 0 ? "0" : $0 > 0 ? "余\($0)" : "缺\(-$0)" }),
                ]
            })
    }

    private static func signed(_ number: Double) -> String {
        let tenths = Int((abs(number) * 10).rounded())
        return tenths == 0 ? "0" : "\(number < 0 ? "缺" : "余")\(tenths / 10).\(tenths % 10)"
    }

    static func leaving(_ rows: [UnitStaffing.Leaving], _ years: [Int], id: String = "leaving") -> DataTable {
        let subjects = Set(rows.map(\.subject)).sorted()
        return DataTable(
            id, "各年退休人数（在编）",
            columns: [.init("subject", "学科或岗位", isTight: true)]
                + years.map { .init("y\($0)", "\($0)年", .number(0), total: .sum) } + [.init("early", "其间可提前", .number(0), total: .sum)],
            rows: subjects.map { subject in
                let own = rows.filter { $0.subject == subject }
                return [.init(subject)] + years.map { year in .init(Double(own.reduce(0) { $1.year == year ? $0 + $1.count : $0 })) }
                    + [.init(Double(own.reduce(0) { $0 + $1.early }))]
            })
    }

    /// Establishment and people over the years to come, by stage and in all.
    static func ahead(_ survey: StaffingSurvey) -> DataTable {
        let groups = survey.stages.map { ($0.label.zh, survey.sums($0)) } + (survey.stages.count > 1 ? [("全县", survey.sums())] : [])
        return DataTable(
            "ahead", "今后各年的编制和补充需求",
            columns: [
                .init("stage", "学段", isTight: true), .init("year", "秋季", .figure), .init("pupils", "在校生", .number(0)),
                .init("establishment", "标准编制", .number(0)), .init("remaining", "现有在编留任", .number(0)), .init("need", "要补充", .figure),
                .init("missing", "资料不足的单位", .number(0)), .init("assumed", "新生数"),
            ],
            rows: groups.flatMap { label, sums in
                sums.map { sum in
                    [
                        .init(label), .init(Double(sum.year), "\(sum.year)年"), StaffingWords.cell(sum.pupils),
                        StaffingWords.cell(sum.establishment), StaffingWords.cell(sum.remaining), need(sum.need),
                        .init(Double(sum.missing)), .init(sum.pupils == nil ? "—" : sum.isAssumed ? "含假定" : "有预测"),
                    ]
                }
            })
    }

    /// What a stage's subjects lack in the years to come.
    static func outlook(_ survey: StaffingSurvey, _ stage: Stage) -> DataTable {
        let rows = survey.outlook.filter { $0.stage == stage }
        var subjects: [String] = []
        for row in rows where !subjects.contains(row.subject) { subjects.append(row.subject) }
        let years = Set(rows.map(\.year)).sorted()
        return DataTable(
            "outlook-\(stage.rawValue)", "\(survey.county)\(stage.label.zh)今后各年各学科在编余（缺）",
            columns: [.init("subject", "学科", isTight: true)] + years.map { .init("y\($0)", "\($0)年秋", .figure) },
            rows: subjects.map { subject in
                [.init(subject)]
                    + years.map { year in
                        let balance = rows.first { $0.year == year && $0.subject == subject }?.balance
                        return .init(
                            balance.map(Double.init), balance.map { $0 == 0 ? "0" : $0 > 0 ? "余\($0)" : "缺\(-$0)" }, absent: "资料不足",
                            style: (balance ?? 0) < 0 ? "notmet" : "")
                    }
            })
    }

    static func ahead(_ unit: UnitStaffing) -> DataTable {
        DataTable(
            "ahead-\(unit.stage.rawValue)", "\(unit.title)今后各年的编制和补充需求",
            columns: [
                .init("year", "秋季", isTight: true), .init("pupils", "在校生", .number(0)), .init("classes", "班数", .number(0)),
                .init("establishment", "标准编制", .number(0)), .init("remaining", "现有在编留任", .number(0)), .init("need", "要补充", .figure),
                .init("assumed", "新生数"),
            ],
            rows: unit.ahead.map { year in
                [
                    .init("\(year.year)年"), StaffingWords.cell(year.pupils), StaffingWords.cell(year.classes),
                    StaffingWords.cell(year.establishment), StaffingWords.cell(year.remaining), need(year.need),
                    .init(year.pupils == nil ? "—" : year.isAssumed ? "假定与今年相同" : "有预测"),
                ]
            })
    }

    private static func need(_ need: Int?) -> DataTable.Cell {
        .init(need.map(Double.init), need.map { $0 < 0 ? "多\(-$0)" : "\($0)" }, absent: "资料不足")
    }
}
