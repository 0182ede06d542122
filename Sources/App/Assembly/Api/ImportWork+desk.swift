internal import API
internal import Foundation
internal import Imports
internal import Indicators

extension ImportWork {
    /// As the pages of 数据导入 do it.
    init(_ desk: ImportsDesk, _ uploads: URL) {
        self.init(
            records: { try await desk.records(for: $0, limit: $1) }, record: { try await desk.record($0, $1) },
            begin: { try await desk.begin($0, $1) }, take: { try await desk.take($0, on: $1, $2, seen: $3, $4) },
            recount: { try await desk.recount($0, $1) }, effect: { try await desk.effects.effect(of: $0) },
            marked: { try await desk.markedWorkbook($0) }, uploads: uploads, sizeLimit: desk.sizeLimit)
    }
}
