internal import Foundation
internal import Jobs
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// One job: how far it is, what came of it, what can be done.
struct TaskPage: Sendable {
    struct Fact: Sendable {
        var label: String
        var text: String
    }

    let page: PageFrame
    let notice: [String]
    /// Where the browser hears how far it is, while there is something to hear.
    let events: [String]
    let words: String
    let isOpen: Bool
    let percent: [Int]
    let problem: [String]
    let results: [PageFrame.Link]
    let buttons: [TaskButton]
    let facts: [Fact]

    init(_ desk: TasksDesk, _ job: Job, _ visit: Visit, notice: String? = nil) {
        let site = SiteMap(Scope(year: visit.today.schoolYear))
        var frame = desk.frame(
            TaskWords.headline(job), lead: "\(job.order.name)于\(PageTime.text(job.order.at))交办。", visit,
            crumbs: [PageFrame.Link("任务", site.tasks)], place: job.order.county ?? "全市")
        if job.state.isOpen { frame.quietRefresh = [3] }
        page = frame
        self.notice = notice.map { [$0] } ?? []
        events = job.state.isOpen ? [site.taskStep(job.id, "events")] : []
        isOpen = job.state.isOpen
        words = isOpen ? TaskWords.sentence(job) : ""
        percent = job.progress.percent.map { [$0] } ?? []
        problem = job.state == .failed ? [TaskPage.advice(job, desk)] : []
        results = TaskPage.results(job, site)
        buttons = TaskButton.all(job, desk, site, visit)
        facts = TaskPage.facts(job, desk)
    }

    private static func advice(_ job: Job, _ desk: TasksDesk) -> String {
        let isRepeatable = desk.kinds[job.kind]?.isRepeatable == true
        return job.error.contains("请") ? job.error : "\(job.error)。" + (isRepeatable ? "可以改正后重做" : "请改正后重新提交")
    }

    /// Where to find what came of it.
    static func results(_ job: Job, _ site: SiteMap) -> [PageFrame.Link] {
        guard let result = job.result else { return [] }
        return (result.page.isEmpty ? [] : [PageFrame.Link("看结果", result.page)])
            + (result.file.map { [PageFrame.Link("下载\($0.name)", site.taskStep(job.id, "result"))] } ?? [])
    }

    private static func facts(_ job: Job, _ desk: TasksDesk) -> [Fact] {
        var facts = [Fact(label: "做什么", text: desk.kinds[job.kind]?.label.zh ?? job.kind)]
        if let result = job.result { facts.append(Fact(label: "结果", text: result.summary)) }
        if let start = job.startedAt { facts.append(Fact(label: "开始", text: PageTime.text(start))) }
        if let end = job.finishedAt { facts.append(Fact(label: "结束", text: PageTime.text(end))) }
        if job.attempts > 1 { facts.append(Fact(label: "第几次", text: "第\(job.attempts)次：前面的没有做到底，程序自动重新开始")) }
        facts.append(Fact(label: "任务编号", text: job.id))
        return facts
    }
}
