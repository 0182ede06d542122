import Foundation
import Indicators
import Testing
import Vault

@Suite("保管箱") struct VaultTests {
    @Test("摘要与公布的例子一致") func digest() {
        #expect(Sha256.hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Sha256.hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("分段与整体摘要相同") func pieces() {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var digest = Sha256()
        for start in stride(from: 0, to: bytes.count, by: 777) { digest.update(bytes[start..<min(start + 777, bytes.count)]) }
        #expect(digest.hex() == Sha256.hex(bytes))
    }

    @Test("编号不会重复") func ids() {
        let ids = Set((0..<1_000).map { _ in RandomID.make() })
        #expect(ids.count == 1_000)
        #expect(ids.allSatisfy { $0.count == 32 })
    }

    @Test("文件按原样取回，同样的内容只存一份") func files() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vault-\(RandomID.make())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let vault = FileVault(folder: folder)
        let bytes = Array("学校标识码,学校名称\n".utf8)
        let first = try await vault.keep(bytes, name: "清河.csv")
        let second = try await vault.keep(bytes, name: "另名.csv")
        #expect(first.digest == second.digest)
        #expect(first.name == "清河.csv")
        #expect(try await vault.bytes(of: first) == bytes)
        let place = try #require(try await vault.url(of: first))
        #expect(try Sha256.hex(file: place) == first.digest)
        #expect(
            try await vault.keep(contentsOf: place, name: "又名.csv") == KeptFile(name: "又名.csv", digest: first.digest, size: bytes.count))
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.deletingLastPathComponent().path).count == 1)
        #expect(try await vault.bytes(of: KeptFile(name: "无", digest: "../../etc/passwd")) == nil)
    }
}
