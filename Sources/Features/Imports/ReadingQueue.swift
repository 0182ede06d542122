internal import Indicators
internal import Logging
internal import Vocabulary

/// Reads handed-in files one after the other, away from the requests that brought them.
actor ReadingQueue {
    private let takeIn: TakeInFile
    private let imports: any ImportStore
    private let logger: Logger
    private var last: Task<Void, Never>?

    init(_ takeIn: TakeInFile, _ imports: any ImportStore, _ logger: Logger) {
        self.takeIn = takeIn
        self.imports = imports
        self.logger = logger
    }

    func add(_ records: [ImportRecord]) {
        let (before, takeIn, imports, logger) = (last, takeIn, imports, logger)
        last = Task.detached {
            await before?.value
            for record in records {
                do {
                    _ = try await takeIn.read(record)
                } catch {
                    logger.error("reading failed", metadata: ["import": "\(record.id)", "error": "\(error)"])
                    let reason = Diagnostic(
                        .error, "import.failed", at: .file(record.start.file.name), "读取时程序出错，没有导入任何数据。请重新上传；再次出错请告诉系统管理员")
                    try? await imports.note([reason], on: record.id)
                    _ = try? await imports.refuse(record.id, at: takeIn.now())
                }
            }
        }
    }
}
