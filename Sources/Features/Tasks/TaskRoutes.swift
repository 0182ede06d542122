internal import Foundation
public import Hummingbird
internal import Indicators
internal import Jobs
public import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

extension TasksDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/tasks") { request, context in try await list(request, context.visit) }
        let one = router.group("/tasks/:task")
        one.get { _, context in
            Answer.page(try templates.html(TaskPage(self, try await job(context), context.visit), "task"))
        }
        one.get("events") { _, context in TaskEvents.response(try await job(context), jobs) }
        one.get("result") { _, context in try await result(try await job(context)) }
        one.post("cancel") { _, context in
            try await step(context, stopping: true) { job in
                let now = try await jobs.cancel(job.id, at: now())
                if !now.state.isOpen { try await kinds[job.kind]?.giveUp(now, reason: "") }
            }
        }
        one.post("retry") { _, context in
            try await step(context, stopping: false) { job in
                guard kinds[job.kind]?.isRepeatable == true else { throw StoreRefusal(.state, "“\(job.order.title)”不能重做，请重新提交") }
                _ = try await jobs.retry(job.id, at: now())
                wake()
            }
        }
    }

    private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        guard visit.mayAnywhere(.look) else {
            try visit.require(.look, in: nil)
            return Answer.seeOther("/")
        }
        let query = PageQuery(request.uri.query)
        let (all, from) = (query["who"] == "all", max(0, Int(query["from"] ?? "") ?? 0))
        let filter =
            all
            ? JobFilter(
                seenBy: visit.person.id, counties: visit.person.counties(.look, today: visit.today), from: from, limit: TasksDesk.pageSize)
            : JobFilter(of: visit.person.id, from: from, limit: TasksDesk.pageSize)
        return Answer.page(try templates.html(TaskListPage(self, try await jobs.jobs(filter), visit, all: all, from: from), "task-list"))
    }

    private func job(_ context: PageContext) async throws -> Job {
        guard let job = try await jobs.job(context.segment("task")) else { throw PageMissing("没有这项任务，可能链接有误。请回到“任务”重新选择") }
        guard context.visit.maySee(job) else { throw PageForbidden("这项任务不是您所在县的，不能查看") }
        return job
    }

    /// Takes a step and shows the job; a refusal is shown on the page itself.
    private func step(_ context: PageContext, stopping: Bool, _ take: (Job) async throws -> Void) async throws -> Response {
        let job = try await job(context)
        guard context.visit.maySteer(job, stopping: stopping) else {
            if let duty = Duty(rawValue: job.order.duty) { try context.visit.require(duty, in: job.order.county) }
            throw PageForbidden("这项任务不归您办理")
        }
        context.note.say(job.order.title)
        do {
            try await take(job)
            return Answer.seeOther(SiteMap(Scope(year: context.visit.today.schoolYear)).task(job.id))
        } catch let refusal as StoreRefusal {
            let now = try await jobs.job(job.id) ?? job
            return Answer.page(try templates.html(TaskPage(self, now, context.visit, notice: refusal.message), "task"), status: .conflict)
        }
    }

    private func result(_ job: Job) async throws -> Response {
        guard let file = job.result?.file, let bytes = try await jobs.bytes(of: job.id) else {
            throw PageMissing("这项任务没有可下载的结果")
        }
        return Answer.file(Data(bytes), name: file.name, type: file.type)
    }
}
