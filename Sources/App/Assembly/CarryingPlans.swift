internal import Casework
internal import CityPlans
internal import Foundation
internal import Indicators
internal import Pages
internal import Planning
internal import Plans
internal import Registry
internal import Shortfalls
internal import SiteMap
internal import Storage
internal import Targets
internal import Vault
internal import Vocabulary

extension WebServer {
    /// What adopted plans lead to: cases of the shortfalls they close, and drafts of targets.
    var carrying: PlanCarrying {
        let (installation, evaluations) = (installation, evaluations)
        return PlanCarrying(
            openers: openers(OpenRectifications.link),
            openCases: { record, works, finishBy, visit in
                let shortfalls = PlannedShortfalls(
                    office: installation.caseOffice(evaluations), evaluations: evaluations, plans: installation.storage.proposals)
                return try await shortfalls.open(
                    record, works, finishBy: finishBy, by: installation.caseActor(visit.person, today: visit.today), today: visit.today)
            },
            draftTargets: draftTargets)
    }

    /// What adopted plans of staff lead to: a task for every school that takes part, and drafts of targets.
    var staffCarrying: StaffCarrying {
        let (installation, evaluations) = (installation, evaluations)
        return StaffCarrying(
            openers: openers(OpenStaffTasks.link),
            openCases: { plan, tasks, finishBy, visit in
                let actor = installation.caseActor(visit.person, today: visit.today)
                return try await OpenStaffTasks(installation.caseOffice(evaluations)).run(
                    plan, tasks, finishBy: finishBy, by: actor, at: Date(), today: visit.today
                ).map { outcome in
                    CarriedOut(
                        title: outcome.title, message: outcome.refusal?.message ?? "已下达，\(outcome.opened?.number ?? "")",
                        url: outcome.opened.map { SiteMap.oneCase($0.id) })
                }
            }, draftTargets: draftTargets)
    }

    /// Who opens cases of the kind that begins with such a link, where the visitor does not.
    private func openers(_ link: String) -> @Sendable (String, Visit) -> String? {
        let installation = installation
        return { county, visit in
            guard let kind = installation.cases.all.first(where: { $0.opening.from.contains(link) }),
                !kind.mayOpen(installation.caseActor(visit.person, today: visit.today), in: county)
            else { return nil }
            return kind.openers
        }
    }

    @Sendable private func draftTargets(_ plan: String, _ title: String, _ text: String, _ visit: Visit) async throws -> String {
        let drafts = installation.storage.planDrafts
        let by = PlanSignature(by: visit.person.id, name: visit.person.name, at: Date())
        // The draft bears the plan's id, so that a second press leads to the first one's.
        let draft = ReviewedDraft(id: "of-\(plan)", title: String(title.prefix(80)), text: text, by: by)
        if try await drafts.draft(draft.id) == nil { try await drafts.open(draft) }
        return SiteMap(Scope(year: visit.today.schoolYear)).planDraft(draft.id)
    }
}

/// The shortfalls the works of a plan close, opened as cases with their part of the money.
private struct PlannedShortfalls {
    let office: CaseOffice
    let evaluations: any Evaluations
    let plans: any ProposalStore

    /// The returns as the plan promises them, judged; nil where it promises none.
    private func promised(_ record: ProposalRecord, _ evaluated: Evaluated) async throws -> StandardResult? {
        guard let file = try await plans.file("applied.xlsx", of: record.id) else { return nil }
        let place = FileManager.default.temporaryDirectory.appending(path: "\(RandomID.make()).xlsx")
        defer { try? FileManager.default.removeItem(at: place) }
        try Data(file.bytes).write(to: place)
        let reading = EvaluateWorkbook(
            place, standard: record.standard, schoolYear: record.schoolYear, goodRowsOnly: true, catalogue: evaluated.evaluation.catalogue)
        guard case .evaluated(let result, _, _) = reading.run(today: record.schoolYear.countDay) else { return nil }
        return result
    }

    func open(
        _ record: ProposalRecord, _ works: [PlannedWork], finishBy: Day, by actor: CaseActor, today: Day
    ) async throws -> [CarriedOut] {
        guard let evaluated = try await evaluations.evaluated(record.standard, record.schoolYear, .official),
            let county = evaluated.result.county(record.county)
        else { throw StoreRefusal(.empty, "没有“\(record.county)”\(record.schoolYear.label.zh)的数据，不能下发") }
        let gaps = county.shortfalls.filter { $0.isBinding && $0.stage != nil }.compactMap { gap in
            gap.element.map { (key: ShortfallKey(gap, standard: record.standard), element: $0) }
        }
        let shared = WorkShares(works, gaps)
        let promised = try await promised(record, evaluated)
        var outcomes: [CarriedOut] = []
        for share in shared.shares {
            let what = share.works.map(\.what).joined(separator: "；")
            let order = OpenRectifications.Order(
                finishBy: finishBy, money: share.money > 0 ? share.money : nil,
                demand: String("按已采用的\(record.title)：\(what)".prefix(300)), promise: promised?.standing(share.key))
            outcomes += try await OpenRectifications(office).run([share.key], in: evaluated, order, by: actor, at: Date(), today: today)
                .map { outcome in
                    CarriedOut(
                        title: "\(share.works[0].schoolName)\(outcome.title)",
                        message: outcome.refusal?.message ?? "已下发，\(outcome.opened?.number ?? "")",
                        url: outcome.opened.map { SiteMap.oneCase($0.id) })
                }
        }
        return outcomes
            + shared.idle.map { CarriedOut(title: $0.what, message: "现在没有对应的必须整改的短板（为缩小校际差异，或已经补上），没有立件", url: nil) }
    }
}
