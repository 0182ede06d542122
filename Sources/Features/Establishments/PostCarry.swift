internal import Foundation
internal import Hummingbird
public import Pages
internal import Registry
internal import SiteMap
internal import Staffing
public import Vocabulary

extension PostRecord {
    /// What the plan asks of each school, in the order of their names: how many of which subject go and come. No persons. Nil in plans
    /// that were kept without their schools.
    func tasks(_ year: SchoolYear) -> [SchoolTask]? {
        guard let schools else { return nil }
        let byCode = Dictionary(grouping: schools.filter { $0.filled + $0.gave > 0 }, by: \.code)
        return byCode.map { code, units in
            var lines: [String: SchoolTask.Line] = [:]
            for unit in units {
                for (subject, count) in unit.gives { lines[subject, default: .init(subject: subject, out: 0, into: 0)].out += count }
                for (subject, count) in unit.takes { lines[subject, default: .init(subject: subject, out: 0, into: 0)].into += count }
            }
            var task = SchoolTask(
                matter: "县管校聘", school: code, schoolName: units[0].name, title: "",
                lines: lines.values.sorted { $0.subject < $1.subject })
            task.title = "\(year.label.zh)县管校聘：补上空岗\(task.into)个，派出\(task.out)人"
            return task
        }.sorted { ($0.schoolName, $0.school) < ($1.schoolName, $1.school) }
    }
}

extension PostSchool {
    /// Without the stage that stands behind it where the school has several.
    var name: String { title.hasSuffix("（\(stage.label.zh)）") ? String(title.dropLast(stage.label.zh.count + 2)) : title }
}

/// An adopted matching as the text of a work plan, which is read like any other and reviewed before it counts.
struct PostTargets {
    let county: String
    let record: PostRecord
    let finishBy: Day

    /// The school year is not named in it: whoever reads a plan takes its years for the term.
    var text: String {
        let day = "\(finishBy.year)年\(finishBy.month)月\(finishBy.day)日前"
        let rest = record.empty.reduce(0) { $0 + $1.count }
        var lines = ["\(day)，缺编学校补上空岗\(record.rows.count)个。"]
        if record.placed > 0 { lines.append("\(day)，安置待岗人员\(record.placed)名。") }
        if rest > 0 { lines.append("\(day)，没有补上的空岗\(rest)个列入招聘计划。") }
        return """
            一、总体目标
            \(county)按已采用的岗位匹配方案，\(day)完成县管校聘岗位调整。
            二、重点任务
            （一）县管校聘
            \(lines.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n"))
            """
    }
}

extension EstablishmentDesk {
    func carryPart(_ kept: RosterPlan, _ record: PostRecord, _ outcomes: [CarriedOut], _ visit: Visit) -> CarryPart {
        let site = SiteMap(Scope(year: kept.year))
        let isAdopted = kept.adoptedAt != nil && record.tasks(kept.year)?.isEmpty == false
        let mayArrange = isAdopted && visit.may(.arrangeStaff, in: kept.county)
        return CarryPart(
            "下达任务：每所有空岗补上或派出人员的学校一件，写明各学科进出几人，不写教师姓名和编号。生成督办草稿：把补空岗、安置待岗写成规划文本，复核后逐条督办。",
            casesURL: mayArrange ? site.postPlanCarry(kept.id, "cases") : nil, casesLabel: "给各校下达任务",
            openers: mayArrange ? carrying.openers(kept.county, visit) : nil,
            targetsURL: isAdopted && visit.may(.supervise, in: nil) ? site.postPlanCarry(kept.id, "targets") : nil, outcomes: outcomes,
            visit)
    }

    private func carried(_ id: String, _ finishBy: Day, _ visit: Visit) async throws -> (RosterPlan, PostRecord, [SchoolTask]) {
        let (kept, record) = try await found(id, visit, .look)
        guard kept.adoptedAt != nil else { throw StaffingRefusal("这份方案还没有采用。先采用，再下达任务") }
        guard finishBy > visit.today else { throw StaffingRefusal(CarryPart.noDay, .input) }
        guard let tasks = record.tasks(kept.year) else { throw StaffingRefusal("这份方案没有记下各校的进出，请重新上传名册做一份") }
        guard !tasks.isEmpty else { throw StaffingRefusal("这份方案没有人调动，不需要下达任务") }
        return (kept, record, tasks)
    }

    /// Opens a case at every school that gives or takes under an adopted plan. Throws `StaffingRefusal`, `PageMissing`, `NotAllowed`.
    public func openCases(_ id: String, finishBy: Day, _ visit: Visit) async throws -> [CarriedOut] {
        let (kept, _, tasks) = try await carried(id, finishBy, visit)
        try visit.require(.arrangeStaff, in: kept.county)
        return try await carrying.openCases(kept, tasks, finishBy, visit)
    }

    /// Drafts targets of an adopted plan, for review. Answers the address of the draft. Throws as `openCases`.
    public func draftTargets(_ id: String, finishBy: Day, _ visit: Visit) async throws -> String {
        let (kept, record, _) = try await carried(id, finishBy, visit)
        try visit.require(.supervise, in: nil)
        let text = PostTargets(county: kept.county, record: record, finishBy: finishBy).text
        return try await carrying.draftTargets(kept.id, "\(kept.county)\(kept.year.label.zh)岗位匹配任务分解", text, visit)
    }
}
