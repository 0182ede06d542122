internal import Jobs
internal import Pages
internal import Planning
internal import Registry
internal import SiteMap
internal import Vocabulary

/// What came of a search: the plans of the counties, or why there are none.
struct PlanAnswersPage: Sendable {
    struct Row: Sendable {
        var county: String
        var url: [String]
        var words: String
        var rules: [String]
        var hasRules: Bool
        var again: [String]
    }

    let page: PageFrame
    let rows: [Row]
    /// The plan whose conditions were changed.
    let from: [String]
    let file: [PageFrame.Link]

    init(_ desk: PlansDesk, _ job: Job, _ answers: [PathAnswer], _ question: PathQuestion, _ visit: Visit) {
        let scope = Scope(year: SchoolYear(question.year), standard: question.standard)
        let site = SiteMap(scope)
        let found = answers.count { $0.plan != nil }
        let title =
            question.county == nil
            ? "\(answers.count)个县算完：\(found)个有方案，\(answers.count - found)个没有" : answers.first?.message ?? "没有结果"
        page = desk.frame(title, lead: "\(job.order.name)于\(PageTime.text(job.order.at))交办。", visit, scope, county: question.county)
        rows = answers.map { answer in
            Row(
                county: answer.county, url: answer.plan.map { [site.plan($0)] } ?? [], words: answer.message, rules: answer.rules,
                hasRules: !answer.rules.isEmpty,
                again: answer.plan == nil && visit.may(.plan, in: answer.county) ? [site.newPlan(answer.county) + "&task=\(job.id)"] : [])
        }
        from = question.from.map { [site.plan($0)] } ?? []
        file = job.result?.file.map { [PageFrame.Link("下载\($0.name)", site.taskStep(job.id, "result"))] } ?? []
    }
}
