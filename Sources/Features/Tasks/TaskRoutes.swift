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
        one.get("result") { _, context in
            let file = try await result(try await job(context))
            return Answer.file(Data(file.bytes), name: file.name, type: file.type)
        }
        for step in TaskStep.allCases {
            one.post(RouterPath(step.rawValue)) { _, context in try await take(step, context) }
        }
    }

    private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        guard visit.mayAnywhere(.look) else {
            try visit.require(.look, in: nil)
            return Answer.seeOther("/")
        }
        let query = PageQuery(request.uri.query)
        let (all, from) = (query["who"] == "all", max(0, Int(query["from"] ?? "") ?? 0))
        let found = try await jobs(of: visit, all: all, from: from, limit: TasksDesk.pageSize)
        return Answer.page(try templates.html(TaskListPage(self, found, visit, all: all, from: from), "task-list"))
    }

    private func job(_ context: PageContext) async throws -> Job { try await job(context.segment("task"), context.visit) }

    /// Takes a step and shows the job; a refusal is shown on the page itself.
    private func take(_ step: TaskStep, _ context: PageContext) async throws -> Response {
        let job = try await job(context)
        context.note.say(job.order.title)
        do {
            _ = try await take(step, job, context.visit)
            return Answer.seeOther(SiteMap(Scope(year: context.visit.today.schoolYear)).task(job.id))
        } catch let refusal as StoreRefusal {
            let now = try await jobs.job(job.id) ?? job
            return Answer.page(try templates.html(TaskPage(self, now, context.visit, notice: refusal.message), "task"), status: .conflict)
        }
    }
}
