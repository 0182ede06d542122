internal import Foundation
public import Indicators
public import Jobs
internal import SiteMap
public import Vocabulary

/// Reads a handed-in file to its preview, away from the request that brought it, on whatever server is free.
public struct ReadImport: JobKind {
    static let kind = "read-import"

    let imports: any ImportStore
    let takeIn: TakeInFile

    public init(imports: any ImportStore, takeIn: TakeInFile) {
        self.imports = imports
        self.takeIn = takeIn
    }

    public var id: String { ReadImport.kind }
    public var label: LocalizedText { LocalizedText(zh: "读取交来的表", en: "Read a handed-in file") }
    /// The uploader sees at the import what was wrong, and hands in the right file.
    public var isRepeatable: Bool { false }
    public var isFinishedBeforeStop: Bool { true }

    /// The order to read an import; its input is the import's id.
    static func order(_ record: ImportRecord, form: String) -> JobOrder? {
        guard let id = record.start.job else { return nil }
        let uploader = record.start.uploader
        return JobOrder(
            id: id, kind: kind, title: "读取“\(record.start.file.name)”的\(form)", input: record.id, duty: "handIn", county: record.county,
            person: uploader.by, name: uploader.name, at: uploader.at)
    }

    public func run(_ job: Job, _ run: any JobRun) async throws -> JobResult {
        let record = try await imports.restart(job.order.input, at: takeIn.now())
        guard record.state == .reading else { return ReadImport.result(record) }
        let read = try await takeIn.read(record) { done, total in
            run.report(JobProgress(done: done, total: total, what: "已读\(done)行" + (total.map { "，约\($0)行" } ?? "")))
        }
        return ReadImport.result(read)
    }

    public func giveUp(_ job: Job, reason: String) async throws {
        let record = try await imports.restart(job.order.input, at: takeIn.now())
        guard record.state == .reading else { return }
        let words = reason.isEmpty ? "读取已被取消，没有导入任何数据。还要导入的话请重新上传" : "\(reason)。没有导入任何数据，请重新上传"
        _ = try await takeIn.refuse(record, Diagnostic(.error, "import.failed", at: .file(record.start.file.name), words))
    }

    private static func result(_ record: ImportRecord) -> JobResult {
        let page = SiteMap(Scope(year: record.schoolYear)).importPage(record.id)
        let (read, refused) = (record.tally.read, record.tally.refused)
        switch record.state {
        case .preview:
            return JobResult(summary: refused == 0 ? "读到\(read)行，等待确认" : "读到\(read)行，其中\(refused)行要改，等待确认", page: page)
        default: return JobResult(summary: "“\(record.start.file.name)”现在是“\(record.state.label.zh)”", page: page)
        }
    }
}
