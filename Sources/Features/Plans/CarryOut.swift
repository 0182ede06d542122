internal import Foundation
internal import Hummingbird
internal import Indicators
public import Pages
internal import PathToStandard
public import Planning
internal import Registry
internal import SiteMap
public import Vocabulary

/// Cases for the shortfalls the works of a plan close, and its targets.
public typealias PlanCarrying = Carrying<ProposalRecord, PlannedWork>

/// Something a plan has done at a school.
public struct PlannedWork: Sendable, Hashable {
    /// Code and name.
    public var school: String
    public var schoolName: String
    /// Id of the unit it is for; the school's code for what its stages share.
    public var place: String
    public var what: String
    /// Data elements it adds to.
    public var elements: Set<String>
    /// Yuan.
    public var cost: Int
}

extension CarryPart {
    /// `works` are what the plan has done: where there are none, nothing is carried on.
    init(_ record: ProposalRecord, _ works: [PlannedWork], _ outcomes: [CarriedOut], openers: String?, _ visit: Visit) {
        let site = SiteMap(Scope(year: record.schoolYear, standard: record.standard))
        let isAdopted = record.state == .adopted && !works.isEmpty
        let mayHandle = isAdopted && visit.may(.handle, in: record.county)
        self.init(
            "下发整改：方案要补的每一项短板各立一件，写明做什么、多少经费。生成督办草稿：把方案写成规划文本，复核后逐条督办。",
            casesURL: mayHandle ? site.carryOutPlan(record.id, "cases") : nil, casesLabel: "下发整改任务",
            openers: mayHandle ? openers : nil,
            targetsURL: isAdopted && visit.may(.supervise, in: nil) ? site.carryOutPlan(record.id, "targets") : nil, outcomes: outcomes,
            visit)
    }
}

extension PlansDesk {
    /// What a plan has done, school by school. Throws `StoreRefusal` where it does not read back.
    func works(_ record: ProposalRecord) throws -> [PlannedWork] {
        func elements(_ fits: (PathAction) -> Bool) -> Set<String> { Set(actions.filter(fits).flatMap(\.adds.keys)) }
        guard record.method == PathJob.method else {
            return try MethodSheet(record).purchases.map { bought in
                PlannedWork(
                    school: bought.school, schoolName: bought.schoolName, place: bought.place ?? bought.school, what: bought.project,
                    elements: elements { bought.actions.contains($0.id) }, cost: bought.cost)
            }
        }
        let sheet = try PathSheet(record)
        // Measures are the plan's steps in their order.
        let places = sheet.plan.steps.count == sheet.measures.count ? sheet.plan.steps.map(\.place) : sheet.measures.map(\.school)
        return zip(sheet.measures, places).map { measure, place in
            PlannedWork(
                school: measure.school, schoolName: measure.place, place: place,
                what: "\(measure.place)：\(measure.action)\(PathWords.amount(measure.count, measure.unit))",
                elements: elements { $0.label == measure.action }, cost: measure.cost)
        }
    }

    private static let noDay = StoreRefusal(.empty, CarryPart.noDay)

    private func carriedOn(
        _ id: ProposalID, _ finishBy: Day, _ visit: Visit
    ) async throws -> (record: ProposalRecord, works: [PlannedWork]) {
        let record = try await record(id, visit)
        guard record.state == .adopted else { throw StoreRefusal(.state, "这份方案还没有采用，或已换了别的方案。先采用，再下发任务") }
        guard finishBy > visit.today else { throw PlansDesk.noDay }
        let works = try works(record)
        guard !works.isEmpty else { throw StoreRefusal(.empty, "这份方案没有要花钱办的事，不需要下发任务") }
        return (record, works)
    }

    /// Opens cases for the shortfalls an adopted plan closes. Throws `StoreRefusal`.
    public func openCases(_ id: ProposalID, finishBy: Day, _ visit: Visit) async throws -> [CarriedOut] {
        let (record, works) = try await carriedOn(id, finishBy, visit)
        try visit.require(.handle, in: record.county)
        return try await carrying.openCases(record, works, finishBy, visit)
    }

    /// Drafts targets of an adopted plan, for review. Answers the address of the draft. Throws `StoreRefusal`.
    public func draftTargets(_ id: ProposalID, finishBy: Day, _ visit: Visit) async throws -> String {
        let (record, works) = try await carriedOn(id, finishBy, visit)
        try visit.require(.supervise, in: nil)
        return try await carrying.draftTargets(record.id, "\(record.title)任务分解", TargetText(record, works, finishBy).text, visit)
    }

    func addCarryRoutes(to router: Router<PageContext>) {
        let one = router.group("/plans/:plan/carry")
        one.post("cases") { request, context in
            try await carry(request, context, .handle) { id, day, visit in
                let outcomes = try await openCases(id, finishBy: day, visit)
                return try await drawn(try await record(id, visit), visit, request, outcomes: outcomes)
            }
        }
        one.post("targets") { request, context in
            try await carry(request, context, .supervise) { id, day, visit in
                Answer.seeOther(try await draftTargets(id, finishBy: day, visit))
            }
        }
    }

    private func carry(
        _ request: Request, _ context: PageContext, _ duty: Duty, _ step: (ProposalID, Day, Visit) async throws -> Response
    ) async throws -> Response {
        let visit = context.visit
        let record = try await record(context.segment("plan"), visit)
        if duty == .handle { try visit.require(.handle, in: record.county) } else { try visit.require(duty, in: nil) }
        context.note.say(record.title)
        do {
            guard let day = CarryPart.day(try await PostedForm.fields(request), visit) else { throw PlansDesk.noDay }
            return try await step(record.id, day, visit)
        } catch let refusal as StoreRefusal {
            return try await drawn(record, visit, request, notice: refusal.message)
        }
    }
}

/// An adopted plan as the text of a work plan, which is read like any other and reviewed before it counts.
struct TargetText {
    let record: ProposalRecord
    let works: [PlannedWork]
    let finishBy: Day

    init(_ record: ProposalRecord, _ works: [PlannedWork], _ finishBy: Day) {
        self.record = record
        self.works = works
        self.finishBy = finishBy
    }

    var text: String {
        let day = "\(finishBy.year)年\(finishBy.month)月\(finishBy.day)日前"
        let cost = works.reduce(0) { $0 + $1.cost }
        let schools = Set(works.map(\.school)).count
        let lines = works.enumerated().map { number, work in
            "\(number + 1). \(work.what)，\(day)完成\(work.cost > 0 ? "，经费不超过\(PathWords.money(work.cost))万元" : "")。"
        }
        return """
            一、总体目标
            \(record.county)按已采用的\(record.title)，\(day)在\(schools)所学校办成\(works.count)项，经费不超过\(PathWords.money(cost))万元。
            二、重点任务
            （一）各校措施
            \(lines.joined(separator: "\n"))
            """
    }
}
