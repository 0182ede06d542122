internal import API
internal import Tasks

extension TaskWork {
    /// As the pages of 任务 do it.
    init(_ desk: TasksDesk) {
        self.init(
            list: { try await desk.jobs(of: $0, all: $1, states: $2, from: $3, limit: $4) }, one: { try await desk.job($0, $1) },
            steps: { desk.steps($0, $1).compactMap { TaskWork.Step(rawValue: $0.rawValue) } },
            take: { try await desk.take($0 == .cancel ? .cancel : .retry, $1, $2) }, result: { try await desk.result($0) },
            label: { desk.label($0) })
    }
}
