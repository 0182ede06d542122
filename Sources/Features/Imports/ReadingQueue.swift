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

    /// Returns when everything handed in so far is read.
    func finish() async { await last?.value }

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
                    await ReadingQueue.refuse(record, reason, imports, takeIn)
                }
            }
        }
    }

    /// Says so when the store hears it again: an import nobody reads must not look as if it were being read.
    private static func refuse(_ record: ImportRecord, _ reason: Diagnostic, _ imports: any ImportStore, _ takeIn: TakeInFile) async {
        while true {
            do {
                _ = try await imports.refuse(record.id, at: takeIn.now())
                try await imports.note([reason], on: record.id)
                return
            } catch is StoreUnavailable {
                try? await Task.sleep(for: .seconds(2))
            } catch {
                // Somebody else ended it.
                return
            }
        }
    }
}
