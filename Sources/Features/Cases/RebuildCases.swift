internal import Foundation
internal import Hummingbird
public import Jobs
internal import Pages
internal import Registry
internal import SiteMap
public import Vocabulary

/// Folds the summaries of all cases anew as a job. What was broken off or cancelled is taken up where it was.
public struct RebuildCases: JobKind {
    /// Answers how many summaries differed. Cancelled, it stops between two spans.
    public typealias Rebuild = @Sendable (_ progress: @escaping @Sendable (Int, Int) -> Void) async throws -> Int

    static let kind = "rebuild-cases"
    let rebuild: Rebuild

    public init(_ rebuild: @escaping Rebuild) { self.rebuild = rebuild }

    public var id: String { RebuildCases.kind }
    public var label: LocalizedText { LocalizedText(zh: "重建办件摘要", en: "Rebuild the summaries of cases") }
    public var isLong: Bool { true }

    public func run(_ job: Job, _ run: any JobRun) async throws -> JobResult {
        let rebuild = rebuild
        let work = Task {
            try await rebuild { done, total in run.report(JobProgress(done: done, total: total, what: "逐件按经过重算，第\(done)件，共\(total)件")) }
        }
        let watch = Task {
            while !Task.isCancelled {
                if run.isCancelled { work.cancel() }
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
        defer { watch.cancel() }
        let changed = try await work.value
        return JobResult(summary: changed == 0 ? "摘要与经过全部相符，没有改动" : "重建完毕，改正了\(changed)件", page: CaseAddress.list)
    }
}

extension CasesDesk {
    func addRebuild(to router: Router<PageContext>) {
        router.post("/cases/rebuild") { _, context in
            let visit = context.visit
            try visit.require(.manageAccounts, in: nil)
            let job = try await order(
                JobOrder(
                    id: UUID().uuidString.lowercased(), kind: RebuildCases.kind, title: "重建办件摘要", input: "{}", duty: "manageAccounts",
                    county: nil, person: visit.person.id, name: visit.person.name, at: now()))
            context.note.say(job.order.title)
            return Answer.seeOther(SiteMap(Scope(year: visit.today.schoolYear)).task(job.id))
        }
    }
}
