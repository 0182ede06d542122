import Foundation
import Indicators
import Testing
import Vocabulary

@testable import Workbooks

@Suite("不合规矩的工作簿") struct OddSheetTests {
    private func read(_ book: SmallBook) throws -> ReturnImport { try Desk.read(book.data, "xlsx") }
    private func code(_ book: SmallBook) throws -> String { try Desk.refusal(book.data, "xlsx").code }

    @Test(
        "行或单元格的次序错乱、重复、越界：整表不读，不猜哪个对",
        arguments: [
            SmallBook.row(3) + SmallBook.row(2), SmallBook.row(2) + SmallBook.row(2), SmallBook.row(1_048_577), SmallBook.row(0),
            SmallBook.row(2).replacing("<row r=\"2\">", with: "<row r=\"2x\">"),
            SmallBook.row(2, "<c r=\"F2\"><v>1</v></c><c r=\"E2\"><v>2</v></c>"),
            SmallBook.row(2, "<c r=\"E2\"><v>1</v></c><c r=\"E2\"><v>2</v></c>"), SmallBook.row(2, "<c r=\"E3\"><v>1</v></c>"),
            SmallBook.row(2, "<c r=\"XFE2\"><v>1</v></c>"), SmallBook.row(2, "<c r=\"5\"><v>1</v></c>"),
            SmallBook.row(2, SmallBook.text(String(repeating: "长", count: 70_000), "E2")),
        ]) func disorder(rows: String) throws
    {
        #expect(try code(SmallBook(rows: rows)) == "file.cells")
    }

    @Test("写明的范围大得离谱、隔着几十万空行、最后一列有字：照样读，不占内存") func hugeExtent() throws {
        let rows =
            SmallBook.row(2, "<c r=\"E2\"><v>5</v></c>" + SmallBook.text("备", "XFD2")) + "<row r=\"500000\"/>" + SmallBook.row(1_048_576)
        let read = try read(SmallBook(rows: rows, before: "<dimension ref=\"A1:XFD1048576\"/>"))
        #expect(read.table.count == 2 && read.table.sheetRow(1) == 1_048_576 && read.errors.isEmpty)
    }

    @Test("自带文档类型和实体的：不读") func entities() throws {
        var book = SmallBook()
        book.sheet = "<!DOCTYPE worksheet [<!ENTITY a \"1\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>" + book.sheet
        #expect(try code(book) == "file.damaged")
        book = SmallBook()
        book.strings = "<!DOCTYPE sst SYSTEM \"http://127.0.0.1/x.dtd\">" + book.strings
        #expect(try code(book) == "file.damaged")
    }

    @Test("层层套叠、一个标签几兆长、没写完：不读") func shapes() throws {
        #expect(try code(SmallBook(rows: String(repeating: "<a>", count: 200) + String(repeating: "</a>", count: 200))) == "file.damaged")
        #expect(try code(SmallBook(rows: "<row r=\"2\" x=\"\(String(repeating: "y", count: 3_000_000))\"/>")) == "file.damaged")
        var book = SmallBook()
        book.sheet = String(book.sheet.dropLast(30))
        #expect(try code(book) == "file.damaged")
    }

    @Test("工作表指向工作簿之外：不跟过去；同名的两张表：不猜") func outside() throws {
        var book = SmallBook()
        book.relations = book.relations.replacing("Target=", with: "TargetMode=\"External\" Target=")
        #expect(try code(book) == "file.sheets")
        book = SmallBook()
        book.workbook = book.workbook.replacing("</sheets>", with: "<sheet name=\"学校数据\" sheetId=\"2\" r:id=\"rId1\"/></sheets>")
        #expect(try code(book) == "file.damaged")
    }

    @Test("几百张工作表：不读；表头前面全是空行：找几兆就不再找") func tooMuch() throws {
        var book = SmallBook()
        let sheets = (2...400).map { "<sheet name=\"表\($0)\" sheetId=\"\($0)\" r:id=\"rId1\"/>" }.joined()
        book.workbook = book.workbook.replacing("</sheets>", with: sheets + "</sheets>")
        #expect(try code(book) == "file.sheets")
        let blanks = SmallBook(rows: "", before: "<cols>" + String(repeating: "<col min=\"1\" max=\"1\"/>", count: 600_000) + "</cols>")
        #expect(try code(blanks) == "return.header.none")
    }

    @Test("带宏的工作簿：照读，说明宏没有运行；交回的工作簿没有宏") func macros() throws {
        var book = SmallBook(pupils: SmallBook.text("无", "E2"))
        book.others = [
            ("xl/vbaProject.bin", [1, 2, 3]),
            (
                "[Content_Types].xml",
                Array(
                    "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/><Override PartName=\"/xl/vbaProject.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>"
                        .utf8)
            ),
        ]
        book.relations = book.relations.replacing("</Rel", with: "<Relationship Id=\"rId9\" Type=\"m\" Target=\"vbaProject.bin\"/></Rel")
        let read = try read(book)
        #expect(read.diagnostics.contains { $0.code == "file.macros" })
        let url = try Desk.file(book.data, "xlsm")
        let back = try Desk.file(try WorkbookReader(catalogue: Desk.catalogue).marked(url, name: "a.xlsm", with: read.diagnostics), "xlsx")
        defer { for file in [url, back] { try? FileManager.default.removeItem(at: file) } }
        let archive = try ZipArchive(back, name: "a.xlsx")
        #expect(!archive.contains("xl/vbaProject.bin"))
        for part in ["[Content_Types].xml", "xl/_rels/workbook.xml.rels"] {
            var bytes: [UInt8] = []
            try archive.read(part) { bytes += $0 }
            #expect(
                !String(decoding: bytes, as: UTF8.self).contains("vba") && !String(decoding: bytes, as: UTF8.self).contains("macroEnabled"))
        }
        #expect(try Desk.read(try Data(contentsOf: back), "xlsx").errors.map(\.code) == ["return.number"])
    }

    @Test("没有样式的工作簿也能标出错误交回") func withoutStyles() throws {
        var book = SmallBook(pupils: SmallBook.text("无", "E2"))
        book.styles = "<styleSheet/>"
        let url = try Desk.file(book.data, "xlsx")
        defer { try? FileManager.default.removeItem(at: url) }
        let back = try WorkbookReader(catalogue: Desk.catalogue).marked(url, name: "a.xlsx", with: try read(book).diagnostics)
        #expect(try Desk.read(back, "xlsx").errors.map(\.place.description) == ["学校数据!E2"])
    }

    @Test("一所学校在两个县、编号重复：各指出第一次在哪行") func repeated() throws {
        let other = SmallBook.row(4).replacing("104", with: "102").replacing("清河县", with: "云溪县")
        let read = try read(SmallBook(rows: SmallBook.row(2) + SmallBook.row(3).replacing("103", with: "102") + other))
        #expect(read.errors.map(\.code) == ["return.code.duplicate", "return.code.counties"])
        #expect(read.errors.allSatisfy { $0.message.contains("第2行") } && read.table.count == 1)
    }

    @Test("别的表格格式给出做法", arguments: [("content.xml", ".ods"), ("xl/workbook.bin", ".xlsb"), ("word/document.xml", "不是 Excel")])
    func otherKinds(entry: String, word: String) throws {
        let refusal = try Desk.refusal(StoredZip(entries: [(entry, [60])]).data(), "xlsx")
        #expect(refusal.code == "file.kind" && refusal.message.contains(word))
    }
}
