internal import Alliances
public import Foundation
public import Pages
internal import Registry
internal import Reporting
public import Vocabulary

/// 教联体工作报告 of a county and school year.
struct AlliancePaper {
    let county: String
    let alliances: [ToldAlliance]
    /// Of the same alliances.
    let effects: [ToldEffect]
    let view: AllianceView
    let organisation: String
    let date: Day

    var document: OfficialDocument {
        OfficialDocument(
            title: "\(county)\(view.year.label.zh)教联体工作报告", blocks: overview + groups + members + idle + effect,
            signature: organisation, date: date.chinese,
            source: "由均衡（Junheng）按教联体名册、活动记录和上报数据生成。活动按开始那天算到学年，撤销的不算。")
    }

    private var overview: [OfficialDocument.Block] {
        guard !alliances.isEmpty else { return [.heading(1, "总体情况"), .paragraph("\(county)\(view.year.label.zh)没有教联体。")] }
        let tally = view.tally(view.alliances)
        return [
            .heading(1, "总体情况"), .paragraph("算到\(view.day.chinese)，\(county)\(view.headline)。"),
            .paragraph(
                "共享教师合计\(tally.teachers)人次、\(tally.teacherDays)人·天，一人去几次算几人次。本学年登记活动\(tally.entries)项。"),
        ]
    }

    private var groups: [OfficialDocument.Block] {
        guard !alliances.isEmpty else { return [] }
        let rows = alliances.map { told -> [String] in
            let members = told.alliance.members(on: told.day)
            return [
                told.alliance.name, told.form.zh, told.alliance.lead.name, "\(members.count { $0.role == .supported })",
                "\(told.tally.teachers)", "\(told.tally.teacherDays)", "\(told.tally.lessons)", "\(told.tally.visits)",
                told.alliance.ended.map { "\($0)结束" } ?? (told.tally.isEmpty ? "还没有活动" : "有活动"),
            ]
        }
        return [
            .heading(1, "各教联体"),
            .table(
                .init(
                    caption: "各教联体本学年的活动",
                    headers: ["名称", "形式", "牵头学校", "成员校", "共享教师（人次）", "人·天", "共享课程（节）", "教研走访（次）", "本学年"],
                    widths: [3, 1.6, 2.6, 1, 1.2, 1, 1.2, 1.2, 1.6], rows: rows, numeric: [3, 4, 5, 6, 7])),
        ]
    }

    private var members: [OfficialDocument.Block] {
        let rows = alliances.flatMap { told in
            told.alliance.members.filter { touches($0) }.map { member -> [String] in
                let got = AllianceTally.ofSchool(member.school.code, in: told.alliance, told.activities, view.year).received
                return [
                    told.alliance.name, member.title, member.role.label.zh, member.from.description,
                    member.until.map { "\($0)退出" } ?? "", "\(got.teachers)", "\(got.lessons)", "\(got.visits)",
                ]
            }
        }
        guard !rows.isEmpty else { return [] }
        return [
            .heading(1, "成员"),
            .table(
                .init(
                    caption: "各教联体的成员，本学年得到多少",
                    headers: ["教联体", "学校", "角色", "加入日期", "退出", "共享教师（人次）", "共享课程（节）", "教研走访（次）"],
                    widths: [2.6, 2.8, 1.1, 1.6, 1.6, 1.2, 1.2, 1.2], rows: rows, numeric: [5, 6, 7])),
        ]
    }

    /// Whether a member was in on a day of the school year up to the day told for.
    private func touches(_ member: Alliance.Member) -> Bool {
        member.from <= view.day && member.until.map { $0 >= view.year.countDay } ?? true
    }

    private var idle: [OfficialDocument.Block] {
        guard !alliances.isEmpty else { return [] }
        let rows = alliances.flatMap { told in
            told.idle.map { [$0.title, told.alliance.name, told.alliance.lead.name, $0.from.description] }
        }
        let head = OfficialDocument.Block.heading(1, "本学年还没有得到帮扶的成员校")
        guard !rows.isEmpty else { return [head, .paragraph("没有：每所成员校本学年都有登记的活动。")] }
        return [
            head, .paragraph("下列\(rows.count)所成员校本学年没有登记任何共享教师、课程或教研走访，请牵头学校说明情况并安排。"),
            .table(
                .init(
                    caption: "没有得到帮扶的成员校", headers: ["成员校", "教联体", "牵头学校", "加入日期"], widths: [3, 3, 3, 1.6], rows: rows)),
        ]
    }

    /// Of each member's stage the newest year with data up to the year of the paper.
    private var effect: [OfficialDocument.Block] {
        guard !alliances.isEmpty else { return [] }
        let head = OfficialDocument.Block.heading(1, "成员校的变化")
        var (rows, unknown) = ([[String]](), 0)
        for (told, effect) in zip(alliances, effects) {
            let due = effect.rows.filter { $0.year <= view.year }
            let newest = Dictionary(due.map { ("\($0.member.school.code)/\($0.stage.rawValue)/\($0.member.from)", $0.year) }) {
                max($0, $1)
            }
            for row in due where newest["\(row.member.school.code)/\(row.stage.rawValue)/\(row.member.from)"] == row.year {
                guard let item = effect.item(row.code), row.change != nil else {
                    unknown += 1
                    continue
                }
                rows.append(AlliancePaper.cells(row, item, told.alliance))
            }
        }
        guard !rows.isEmpty || unknown > 0 else {
            return [head, .paragraph("资料不足：加入以后还没有新一年的统计数据（每年9月1日统计一次），看不出变化。")]
        }
        var blocks = [head, .paragraph(EffectNote.basis + EffectNote.caveat)]
        if unknown > 0 { blocks.append(.paragraph("另有\(unknown)项两年里有一年没有数，资料不足，不列。")) }
        guard !rows.isEmpty else { return blocks }
        return blocks + [
            .table(
                .init(
                    caption: "成员校指标变化与县内其他学校对照",
                    headers: ["成员校", "教联体", "指标", "加入前", "加入前的值", "学年", "当年的值", "变化", "其他学校平均变化", "其他学校（所）"],
                    widths: [2.4, 2.2, 2.6, 1.4, 1.2, 1.4, 1.2, 1.1, 1.3, 1], rows: rows, numeric: [4, 6, 7, 8, 9]))
        ]
    }

    private static func cells(_ row: AllianceEffect.Row, _ item: EffectItem, _ alliance: Alliance) -> [String] {
        func value(_ number: Double?) -> String { number.map { Figure.grouped($0, item.decimals) } ?? "资料不足" }
        func change(_ number: Double?) -> String { number.map { Figure.change($0, item.decimals) } ?? "资料不足" }
        return [
            "\(row.member.school.name)（\(row.stage.label.zh)）", alliance.name,
            item.label.zh + (item.unit.isEmpty ? "" : "（\(item.unit)）"), row.base.description, value(row.before), row.year.description,
            value(row.now), change(row.change), change(row.othersChange), "\(row.others)",
        ]
    }
}

extension AlliancesDesk {
    /// The report of a county and school year as a paper: `docx` or `pdf`. Throws `NotAllowed`.
    public func report(of county: String, _ asked: SchoolYear?, _ kind: String, _ visit: Visit) async throws -> (name: String, bytes: Data)
    {
        try visit.require(.look, in: county)
        let (year, all) = (asked ?? visit.today.schoolYear, try await store.alliances())
        let last = Day(year: year.start + 1, month: 8, day: 31)
        let told = try await groups(of: county, year, visit).filter { told in
            told.alliance.founded <= last && told.alliance.ended.map { $0 >= year.countDay } ?? true
        }
        let since = told.flatMap(\.alliance.members).filter { $0.role == .supported }.map(\.from.schoolYear).min() ?? year
        let (figures, items) = try await figures(since: since)
        let view = AllianceView(told.map(\.alliance), told.flatMap(\.activities), year, today: visit.today)
        let paper = AlliancePaper(
            county: county, alliances: told, effects: told.map { effect($0.alliance, all, figures, items, visit) }, view: view,
            organisation: organisation, date: visit.today)
        return ("\(county)\(year.label.zh)教联体工作报告.\(kind)", try self.paper(paper.document, kind))
    }
}
