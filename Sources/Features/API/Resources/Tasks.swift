internal import Foundation
internal import HTTPTypes
internal import Indicators
public import Jobs
public import Pages
internal import Registry
internal import Vocabulary

/// The work with jobs, as the pages of 任务 do it.
public struct TaskWork: Sendable {
    public enum Step: String, Sendable, CaseIterable { case cancel, retry }

    var list: @Sendable (Visit, _ all: Bool, Set<Job.State>, _ from: Int, _ limit: Int) async throws -> [Job]
    var one: @Sendable (JobID, Visit) async throws -> Job
    var steps: @Sendable (Job, Visit) -> [Step]
    var take: @Sendable (Step, Job, Visit) async throws -> Job
    var result: @Sendable (Job) async throws -> JobFile
    var label: @Sendable (String) -> String

    public init(
        list: @escaping @Sendable (Visit, Bool, Set<Job.State>, Int, Int) async throws -> [Job],
        one: @escaping @Sendable (JobID, Visit) async throws -> Job, steps: @escaping @Sendable (Job, Visit) -> [Step],
        take: @escaping @Sendable (Step, Job, Visit) async throws -> Job, result: @escaping @Sendable (Job) async throws -> JobFile,
        label: @escaping @Sendable (String) -> String
    ) {
        self.list = list
        self.one = one
        self.steps = steps
        self.take = take
        self.result = result
        self.label = label
    }
}

extension ApiDesk {
    /// Everything that takes longer than a request: how far it is, what came of it, stopping it and doing it again.
    var taskOperations: [Operation] {
        let one = Parameter.path("task", "任务的编号", .text(1...64))
        let tasks = work.tasks
        @Sendable func entry(_ job: Job, _ visit: Visit) -> JobEntry {
            JobEntry(job: job, kind: tasks.label(job.kind), steps: tasks.steps(job, visit))
        }
        func step(_ step: TaskWork.Step, _ title: LocalizedText, note: String) -> Operation {
            .post(
                "/tasks/{task}/\(step.rawValue)", "\(step.rawValue)Task", .tasks, title, needs: .person, [one], note: note,
                gives: JobEntry.shape
            ) { call in
                let job = try await tasks.one(call.segment("task"), call.visit)
                call.note.say(job.order.title)
                return entry(try await tasks.take(step, job, call.visit), call.visit)
            }
        }
        return [
            paged(
                "/tasks", "listTasks", .tasks, LocalizedText(zh: "任务，最近的在前", en: "Jobs, newest first"),
                [
                    .query("who", .choice(["me", "all"]), "me：我的（默认）；all：能看到的全部"),
                    .query("state", .choice(Job.State.allCases.map(\.rawValue)), "只看一种状态"),
                ], JobEntry.shape
            ) { call, from, limit in
                let states = call.text("state").flatMap { Job.State(rawValue: $0) }.map { Set([$0]) } ?? []
                return try await tasks.list(call.visit, call.text("who") == "all", states, from, limit).map { entry($0, call.visit) }
            },
            .get("/tasks/{task}", "getTask", .tasks, LocalizedText(zh: "一项任务", en: "A job"), [one], gives: JobEntry.shape) { call in
                entry(try await tasks.one(call.segment("task"), call.visit), call.visit)
            },
            Operation(
                method: .get, path: "/tasks/{task}/result", id: "getTaskResult", group: .tasks,
                title: LocalizedText(zh: "任务做出的文件", en: "The file a job made"), needs: .duty(.look), parameters: [one],
                success: .file(type: "application/octet-stream")
            ) { call in
                let file = try await tasks.result(try await tasks.one(call.segment("task"), call.visit))
                return Reply(file: Data(file.bytes), name: file.name, type: file.type)
            },
            step(.cancel, LocalizedText(zh: "取消", en: "Cancel"), note: "在排队的立即取消；正在做的，做的一方看到后停下，再读一次就知道停了没有。"),
            step(.retry, LocalizedText(zh: "重做", en: "Do it again"), note: "没有做成或取消了的可以重做；读文件的不能，请重新交。"),
        ]
    }
}

/// A job with what whoever asks may do with it.
struct JobEntry: Sendable {
    var job: Job
    var kind: String
    var steps: [TaskWork.Step]

    static let shape = Shape<JobEntry>.object(
        "Task",
        [
            Field("id", .text) { $0.job.id }, Field("kind", .text) { $0.job.kind }, Field("kindLabel", .text) { $0.kind },
            Field("title", .text) { $0.job.order.title }, Field("state", Shape<Job.State>.word) { $0.job.state },
            Field("stateLabel", .label) { $0.job.state.label }, .maybe("county", .text, "没有则是全市的") { $0.job.order.county },
            Field("askedBy", SignatureEntry.shape) { SignatureEntry(name: $0.job.order.name, at: $0.job.order.at) },
            Field("doing", .text, "正在做什么") { $0.job.progress.what }, Field("done", .count) { $0.job.progress.done },
            .maybe("total", .count, "没有则还不知道共有多少") { $0.job.progress.total },
            Field("attempts", .count) { $0.job.attempts }, Field("isCancelAsked", .flag, "有人要它停下") { $0.job.isCancelAsked },
            .maybe("error", .text, "为什么没有做成") { $0.job.error.isEmpty ? nil : $0.job.error },
            .maybe("result", .text, "结果，一句话") { $0.job.result?.summary }, .maybe("page", .text, "结果的页面") { $0.job.result?.page },
            .maybe("file", .text, "结果的文件名；用 GET /tasks/{task}/result 下载") { $0.job.result?.file?.name },
            .maybe("startedAt", .moment) { $0.job.startedAt }, .maybe("finishedAt", .moment) { $0.job.finishedAt },
            Field("steps", Shape<TaskWork.Step>.word.list, "现在可以办的") { $0.steps },
        ])
}
