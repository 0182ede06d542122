import Foundation
import Indicators
import Storage
import Testing
import Vault

@Suite("原表存在库里") struct FilesContract {
    private let bytes = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    private func cache(_ desk: Desk) -> FileVault { FileVault(folder: desk.folder.appendingPathComponent("cache-\(RandomID.make())")) }

    @Test("一台收下，另一台取得到，字节一样", arguments: Engine.allCases) func shared(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let source = desk.folder.appendingPathComponent("source")
        try Data(bytes).write(to: source)
        let kept = try await desk.storage.files(cache: cache(desk)).keep(contentsOf: source, name: "大表.xlsx")
        let other = try await desk.reopened().files(cache: cache(desk))
        let url = try #require(try await other.url(of: kept))
        #expect(try Data(contentsOf: url) == Data(bytes))
        #expect(try await other.bytes(of: kept) == bytes)
        #expect(try await other.url(of: KeptFile(name: "没有", digest: String(repeating: "0", count: 64), size: 1)) == nil)
        #expect(try await other.url(of: KeptFile(name: "没存")) == nil)
    }

    @Test("存到一半断了：取不到半份，再存一次就完整", arguments: Engine.allCases) func half(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let first = try await desk.storage.files(cache: cache(desk)).keep(bytes, name: "大表.xlsx")
        _ = try await engine.open(desk.folder).write { connection in
            try connection.execute("DELETE FROM kept_chunk WHERE number > 0", [])
            try connection.execute("UPDATE kept_file SET is_whole = 0", [])
        }
        #expect(try await desk.storage.files(cache: cache(desk)).url(of: first) == nil)
        _ = try await desk.storage.files(cache: cache(desk)).keep(bytes, name: "大表.xlsx")
        #expect(try await desk.storage.files(cache: cache(desk)).bytes(of: first) == bytes)
    }

    @Test("库里的原件被改动，取时发现", arguments: Engine.allCases) func tampered(_ engine: Engine) async throws {
        let desk = try await Desk(engine)
        let kept = try await desk.storage.files(cache: cache(desk)).keep(bytes, name: "大表.xlsx")
        _ = try await engine.open(desk.folder).write { connection in
            try connection.execute("UPDATE kept_chunk SET body = $1 WHERE number = 1", [.bytes([1, 2, 3])])
        }
        let refused = await refusal { _ = try await desk.storage.files(cache: cache(desk)).url(of: kept) }
        #expect(refused?.code == .damaged)
    }
}
