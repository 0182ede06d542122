public import Hummingbird
public import Jobs
public import Pages
internal import Registry

/// Puts into every page how many jobs of the visitor are under way.
public struct TaskCountMiddleware: RouterMiddleware {
    private let counts: TaskCounts

    public init(_ jobs: any JobStore) { counts = TaskCounts(jobs) }

    public func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .get, !request.uri.path.hasPrefix("/assets") else { return try await next(request, context) }
        var context = context
        context.visit.openTasks = await counts.count(of: context.visit.person.id)
        return try await next(request, context)
    }
}

/// The counts, asked for once in a while however many pages are read.
private actor TaskCounts {
    private static let age = Duration.seconds(2)

    private let jobs: any JobStore
    private var known: [String: Int] = [:]
    private var time: ContinuousClock.Instant?

    init(_ jobs: any JobStore) { self.jobs = jobs }

    func count(of person: String) async -> Int {
        let now = ContinuousClock.now
        if time.map({ now - $0 > TaskCounts.age }) ?? true {
            // Set before asking: others do not ask meanwhile. A store that does not answer costs a number, not the page.
            time = now
            known = (try? await jobs.openCounts()) ?? [:]
        }
        return known[person] ?? 0
    }
}
