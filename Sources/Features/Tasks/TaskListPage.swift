internal import Jobs
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// My jobs, or all I may see.
struct TaskListPage: Sendable {
    struct Row: Sendable {
        var title: String
        var url: String
        var kind: String
        var state: String
        var style: String
        var words: String
        /// Whole percents of a running job whose size is known.
        var percent: [Int]
        var county: String
        var name: String
        var time: String
        var result: [PageFrame.Link]
        var buttons: [TaskButton]
    }

    let page: PageFrame
    let notice: [String]
    let views: [PageFrame.Link]
    let rows: [Row]
    let isEmpty: Bool
    let pages: [PageFrame.Link]

    init(_ desk: TasksDesk, _ jobs: [Job], _ visit: Visit, all: Bool, from: Int, notice: String? = nil) {
        let site = SiteMap(Scope(year: visit.today.schoolYear))
        let (running, failed) = (jobs.count { $0.state.isOpen }, jobs.count { $0.state == .failed })
        let title =
            running > 0
            ? "\(running)项任务在进行" : failed > 0 ? "没有进行中的任务，\(failed)项没有做成" : jobs.isEmpty ? "还没有任务" : "任务都已做完"
        var frame = desk.frame(title, lead: "需要一会儿的事都在这里做：可以离开页面，做完再来看结果。", visit)
        if running > 0 { frame.refresh = [3] }
        page = frame
        self.notice = notice.map { [$0] } ?? []
        views = [
            PageFrame.Link("我的任务", site.tasks, isCurrent: !all), PageFrame.Link("能看到的全部任务", site.tasks + "?who=all", isCurrent: all),
        ]
        rows = jobs.map { TaskListPage.row($0, desk, site, visit) }
        isEmpty = jobs.isEmpty
        let base = site.tasks + "?who=\(all ? "all" : "me")&from="
        pages =
            (from > 0 ? [PageFrame.Link("更近的", "\(base)\(max(0, from - TasksDesk.pageSize))")] : [])
            + (jobs.count == TasksDesk.pageSize ? [PageFrame.Link("更早的", "\(base)\(from + TasksDesk.pageSize)")] : [])
    }

    private static func row(_ job: Job, _ desk: TasksDesk, _ site: SiteMap, _ visit: Visit) -> Row {
        Row(
            title: job.order.title, url: site.task(job.id), kind: desk.kinds[job.kind]?.label.zh ?? job.kind, state: TaskWords.state(job),
            style: TaskWords.style(job), words: TaskWords.sentence(job),
            percent: job.state == .running ? job.progress.percent.map { [$0] } ?? [] : [], county: job.order.county ?? "全市",
            name: job.order.name, time: PageTime.text(job.order.at), result: TaskPage.results(job, site),
            buttons: TaskButton.all(job, desk, site, visit))
    }
}

/// A step that can be taken with a job.
struct TaskButton: Sendable {
    var label: String
    var url: String

    static func all(_ job: Job, _ desk: TasksDesk, _ site: SiteMap, _ visit: Visit) -> [TaskButton] {
        desk.steps(job, visit).map { step in
            TaskButton(label: step == .cancel ? "取消" : "重做", url: site.taskStep(job.id, step.rawValue))
        }
    }
}
