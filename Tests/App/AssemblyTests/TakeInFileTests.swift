import Foundation
import Imports
import Indicators
import Testing
import Vault
import Vocabulary

@testable import Assembly

@Suite("交来的表") struct TakeInFileTests {
    @Test("有错的行指到单元格，其余的行可以单独导入") func goodRows() async throws {
        let desk = try await Desk()
        let record = try await desk.preview([Desk.school("1001"), Desk.school("1002", pupils: "-5"), Desk.school("1003")])
        #expect(record.state == .preview && record.tally == ImportTally(read: 3, new: 2, refused: 1))
        let complaint = try #require(try await desk.imports.diagnostics(of: record.id, from: 0, limit: 100).first { $0.severity == .error })
        #expect(complaint.place.description.hasSuffix("!E3") && complaint.message.contains("不能是负数"))
        _ = try await desk.imports.apply(record.id, ImportChoice(goodRowsOnly: true), seen: record.version, by: Desk.signed())
        #expect(try await desk.evaluated()?.result.county("清河县")?.schools == 2)
    }

    @Test("整份读不了的表：没有留下半点数据，说明原因") func refused() async throws {
        let desk = try await Desk()
        let record = try await desk.preview([])
        #expect(record.state == .refused)
        #expect(try await desk.imports.diagnostics(of: record.id, from: 0, limit: 10).contains { $0.message.contains("没有一行数据") })
        #expect(try await desk.evaluated() == nil)
    }

    @Test("不是学校表的文件当场说明，不留导入记录") func foreign() async throws {
        let desk = try await Desk()
        let file = desk.folder.appendingPathComponent("x")
        try Data("菜名,价格\n豆腐,3\n".utf8).write(to: file)
        await #expect(throws: FileRefusal.self) {
            _ = try await desk.installation.takeIn().begin(file, name: "菜单.csv", year: Desk.year, county: nil, by: Desk.signed())
        }
        #expect(try await desk.imports.records(ImportFilter()).isEmpty)
    }

    @Test("县里只能报本县的学校") func ownCounty() async throws {
        let desk = try await Desk()
        let record = try await desk.preview([Desk.school("1001"), Desk.school("2001", "东岭县")], county: "清河县")
        #expect(record.tally == ImportTally(read: 2, new: 1, refused: 1))
    }

    @Test("原件留存，能原样取回") func kept() async throws {
        let desk = try await Desk()
        let record = try await desk.preview([Desk.school("1001")])
        let bytes = try #require(try await desk.installation.files.bytes(of: record.start.file))
        #expect(String(decoding: bytes, as: UTF8.self) == Desk.head + Desk.school("1001"))
    }

    @Test("文件夹里的表只导入一次，重启不重来") func folder() async throws {
        let desk = try await Desk()
        let year = desk.folder.appendingPathComponent("2025")
        try FileManager.default.createDirectory(at: year, withIntermediateDirectories: true)
        try Data((Desk.head + Desk.school("1001")).utf8).write(to: year.appendingPathComponent("清河县.csv"))
        let folder = DataFolder(desk.folder)
        #expect(try await folder.takeIn(desk.installation, by: Desk.signed()) == ["清河县.csv"])
        #expect(try await folder.takeIn(desk.installation, by: Desk.signed()) == [])
        try Data((Desk.head + Desk.school("1002", pupils: "-1")).utf8).write(to: year.appendingPathComponent("错.csv"))
        let refusal = await #expect(throws: DataFolderRefusal.self) { try await folder.takeIn(desk.installation, by: Desk.signed()) }
        #expect(refusal?.description.contains("!E2") == true)
        #expect(try await desk.imports.records(ImportFilter(states: [.preview])).isEmpty, "no preview is left for nobody")
        #expect(try await desk.evaluated()?.result.county("清河县")?.schools == 1)
    }
}
