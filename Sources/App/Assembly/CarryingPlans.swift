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
            openers: { county, visit in
                guard let kind = installation.cases.all.first(where: { $0.opening.from.contains(OpenRectifications.link) }),
                    !kind.mayOpen(installation.caseActor(visit.person, today: visit.today), in: county)
                else { return nil }
                return kind.openers
            },
            openCases: { record, works, finishBy, visit in
                let shortfalls = PlannedShortfalls(office: installation.caseOffice(evaluations), evaluations: evaluations)
                return try await shortfalls.open(
                    record, works, finishBy: finishBy, by: installation.caseActor(visit.person, today: visit.today), today: visit.today)
            },
            draftTargets: { title, text, visit in
                let by = PlanSignature(by: visit.person.id, name: visit.person.name, at: Date())
                let draft = ReviewedDraft(id: RandomID.make(), title: String(title.prefix(80)), text: text, by: by)
                try await installation.storage.planDrafts.open(draft)
                return SiteMap(Scope(year: visit.today.schoolYear)).planDraft(draft.id)
            })
    }
}

/// The shortfalls the works of a plan close, opened as cases with their part of the money.
private struct PlannedShortfalls {
    let office: CaseOffice
    let evaluations: any Evaluations

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
        var outcomes: [CarriedOut] = []
        for share in shared.shares {
            let what = share.works.map(\.what).joined(separator: "；")
            let order = OpenRectifications.Order(
                finishBy: finishBy, money: share.money > 0 ? share.money : nil,
                demand: String("按已采用的\(record.title)：\(what)".prefix(300)))
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
