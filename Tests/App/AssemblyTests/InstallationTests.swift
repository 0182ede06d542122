import Foundation
import Indicators
import Storage
import Testing
import Vault
import Vocabulary

@testable import Assembly

@Suite("一处安装") struct InstallationTests {
    private func open(_ folder: URL) async throws -> Installation {
        try await Installation(folder, catalogue: Desk.catalogue.0, catalogueDigest: Desk.catalogue.digest, keys: PersonalKeys())
    }

    private func reading(_ installation: Installation) async throws {
        let start = ImportStart(
            id: "i1", form: "school-return", key: "code", schoolYear: Desk.year, county: nil, file: KeptFile(name: "半份.csv"),
            uploader: Desk.signed())
        _ = try await installation.storage.imports.begin(start)
    }

    @Test("另一个程序还开着同一个文件夹，新启动的不打断它在读的表") func second() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(RandomID.make())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try await open(folder)
        try await reading(first)
        let second = try await open(folder)
        #expect(try await second.storage.imports.record("i1")?.state == .reading)
        #expect(try await first.storage.imports.record("i1")?.state == .reading)
    }

    @Test("程序没了再启动，没读完的当场标为中断") func alone() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(RandomID.make())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await reading(open(folder))
        #expect(try await open(folder).storage.imports.record("i1")?.state == .abandoned)
    }

    @Test("守望停下时退出登记，自己在读的标为中断") func leaving() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(RandomID.make())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let installation = try await open(folder)
        try await reading(installation)
        let watch = Task { await installation.keepWatch(every: .milliseconds(20)) }
        try await Task.sleep(for: .milliseconds(200))
        #expect(try await installation.storage.imports.record("i1")?.state == .reading)
        watch.cancel()
        await watch.value
        #expect(try await installation.storage.imports.record("i1")?.state == .abandoned)
    }

    @Test(
        "数据库地址的写法",
        arguments: [
            ("sqlite:var/data/junheng.sqlite", "sqlite:var/data/junheng.sqlite"), ("/a/b.sqlite", "sqlite:/a/b.sqlite"),
            ("postgres://u:secret@h/d", "postgres://u@h/d"),
        ])
    func address(_ text: String, _ shown: String) throws { #expect(try DatabaseAddress(text).description == shown) }

    @Test("认不出的数据库地址，说应该怎么写", arguments: ["mysql://h/d", "sqlite:", "var/data"]) func wrongAddress(_ text: String) {
        let refusal = #expect(throws: (any Error).self) { _ = try DatabaseAddress(text) }
        #expect(refusal.map { "\($0)" }?.contains("postgres://用户:密码@主机:端口/库名") == true)
    }
}
