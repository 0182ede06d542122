import Foundation
import Storage
import Testing
import Vault

@testable import Assembly

@Suite("备份与演练") struct BackupTests {
    private var inForce: CatalogueInForce { CatalogueInForce(catalogue: Desk.catalogue.0, digest: Desk.catalogue.digest) }

    private func backup(_ desk: Desk) async throws -> URL {
        let target = desk.folder.appendingPathComponent("copy.junheng")
        _ = try await Backup(desk.folder, key: nil, program: "test", inForce: inForce).make(to: target, at: Date())
        return target
    }

    private func grades(_ file: URL, _ inForce: CatalogueInForce, beside folder: URL) async throws -> [String: Doctor.Grade] {
        let findings = try await Rehearsal(Restoration(file, key: nil), inForce: inForce).run(
            beside: folder.appendingPathComponent("rehearsal")
        ).findings
        return Dictionary(uniqueKeysWithValues: findings.map { ($0.name, $0.grade) })
    }

    @Test("演练：结果、冻结和审计都与备份时相同，不留下任何东西") func rehearsal() async throws {
        let desk = try await Desk()
        try await desk.hand([Desk.school("A1"), Desk.school("A2")])
        let file = try await backup(desk)
        let before = try FileManager.default.contentsOfDirectory(atPath: desk.folder.path).sorted()
        let found = try await grades(file, inForce, beside: desk.folder)
        #expect(found == ["文件": .ok, "行数": .ok, "评估结果": .ok, "冻结": .ok, "审计": .ok])
        #expect(try FileManager.default.contentsOfDirectory(atPath: desk.folder.path).sorted() == before)
    }

    /// Somebody packs other rows under a manifest that fits them, but for the proof.
    @Test("演练：换过一个数的备份，清单对得上也会发现") func changed() async throws {
        let (desk, other) = (try await Desk(), try await Desk())
        try await desk.hand([Desk.school("A1")])
        try await other.hand([Desk.school("A1", pupils: "900")])
        let (file, changed) = (try await backup(desk), try await backup(other))
        let (first, second) = (desk.folder.appendingPathComponent("one"), desk.folder.appendingPathComponent("two"))
        for folder in [first, second] { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false) }
        let honest = try BackupArchive.unpack(file, into: first)
        var forged = try BackupArchive.unpack(changed, into: second)
        forged.proof = honest.proof
        let files = forged.entries.map { (path: $0.path, url: second.appendingPathComponent($0.path)) }
        forged.entries = []
        let target = desk.folder.appendingPathComponent("forged.junheng")
        _ = try BackupArchive.write(files, forged, to: target)
        #expect(try await grades(target, inForce, beside: desk.folder)["评估结果"] == .fail)
        var elsewhere = inForce
        elsewhere.digest = "another catalogue"
        #expect(try await grades(target, elsewhere, beside: desk.folder)["评估结果"] == .warn)
    }

    @Test("定时备份：按时间取名，只留最近几份，刚做的那份总留着，别人的文件不动") func folder() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(RandomID.make())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let backups = BackupFolder(folder)
        let start = Date(timeIntervalSince1970: 1_757_000_000)
        let places = (0..<5).map { backups.place(at: start.addingTimeInterval(Double($0) * 86_400)) }
        #expect(places[0].lastPathComponent == "junheng-20250904T153320Z.junheng")
        for place in places { try Data().write(to: place) }
        try Data().write(to: folder.appendingPathComponent("2024.junheng"))
        // The clock was set back: what was just made bears the oldest name.
        #expect(backups.prune(keep: 2, justMade: places[0]).map(\.lastPathComponent) == places[1...3].map(\.lastPathComponent))
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(left == ["2024.junheng", places[0].lastPathComponent, places[4].lastPathComponent])
    }
}
