import Foundation
import Indicators
import Reporting
import Testing
import Vocabulary

@testable import Workbooks

/// Tests/Product/marked_workbooks.py compares the same files cell by cell through another library.
@Suite("错误工作簿") struct MarkedTests {
    private let reader = WorkbookReader(catalogue: Desk.catalogue)
    private let headers = ["学校标识码", "学校名称", "县(市、区)", "办学类型", "小学在校生数", "教学仪器设备值(万元)"]

    private func book(_ pupils: [SheetBook.Cell]) throws -> Data {
        let rows = pupils.enumerated().map { [.text("\($0)"), .text("校"), .text("清河县"), .text("小学"), $1, .number(1)] }
        return try XlsxWriter().write(
            SheetBook([SheetBook.Sheet(name: "学校数据", title: "某县", columns: headers.map { SheetBook.Column($0) }, rows: rows)]))
    }

    private func marked(_ bytes: Data, _ ending: String, _ diagnostics: [Diagnostic]? = nil) throws -> Data {
        let url = try Desk.file(bytes, ending)
        defer { try? FileManager.default.removeItem(at: url) }
        let form = try #require(Desk.catalogue.forms["school-return"])
        let read = try ReturnReader(form: form, catalogue: Desk.catalogue).read(url, schoolYear: SchoolYear(2025))
        return try reader.marked(url, name: url.lastPathComponent, with: diagnostics ?? read.diagnostics)
    }

    private func rows(_ bytes: Data) throws -> [SheetRow] {
        let url = try Desk.file(bytes, "xlsx")
        defer { try? FileManager.default.removeItem(at: url) }
        let file = try SheetFile(url)
        var rows: [SheetRow] = []
        try file.rows(of: try #require(file.sheets.first)) { rows.append($0) }
        return rows
    }

    @Test("最右一列写明哪格为什么错，再读时这一列不算") func reasons() throws {
        let back = try marked(try book([.number(-8), .number(8), .text("无")]), "xlsx")
        let sheet = try rows(back)
        #expect(sheet[1][6] == .text("错误原因") && sheet[3].cells.count == 6)
        #expect(sheet[2][6].plain.hasPrefix("E列：小学在校生数填了 -8") && sheet[2][4] == .number(-8))
        let again = try Desk.read(back, "xlsx")
        #expect(again.table.count == 1 && again.errors.map(\.code) == ["return.number.low", "return.number"])
        #expect(!again.diagnostics.contains { $0.message.contains("错误原因") })
    }

    @Test("标过的工作簿再标一次：只有一列错误原因，改好的行不再有话") func twice() throws {
        let once = try marked(try book([.number(-8), .text("无")]), "xlsx")
        let left = Diagnostic(.error, "return.number", at: .cell(sheet: "学校数据", row: 4, column: 5), "还是不对")
        let sheet = try rows(try marked(once, "xlsx", [left]))
        #expect(sheet.map(\.cells.count).max() == 7)
        #expect(sheet[2].cells.count == 6 && sheet[3][6] == .text("E列：还是不对"))
    }

    @Test("原来没有的格也标上") func createdCell() throws {
        let blank = Diagnostic(.error, "return.blank", at: .cell(sheet: "学校数据", row: 3, column: 9), "没有填写")
        #expect(try rows(try marked(try book([.number(1)]), "xlsx", [blank]))[2][6] == .text("I列：没有填写"))
    }

    @Test("CSV 变成工作簿交回，行号不变，编号的前导零还在") func csv() throws {
        let text = "某县,,,,\n学校标识码,学校名称,县(市、区),办学类型,小学在校生数\n007,=1+1,清河县,小学,-5\n008,乙,清河县,小学,12\n"
        let back = try marked(Data(text.utf8), "csv")
        let sheet = try rows(back)
        #expect(sheet[2].number == 3 && sheet[2][0] == .text("007") && sheet[2][1] == .text("=1+1") && sheet[2][4] == .number(-5))
        #expect(sheet[1][5] == .text("错误原因") && sheet[2][5].plain.contains("不能是负数"))
        #expect(try Desk.read(back, "xlsx").errors.first?.place.description.hasSuffix("!E3") == true)
    }

    @Test("文字里的尖括号、引号和看不见的字符写回去仍是好工作簿") func escapes() throws {
        let place = Diagnostic.Place.cell(sheet: "学校数据", row: 3, column: 2)
        let odd = Diagnostic(.warning, "x", at: place, "<a & \"b\">\u{1}]]>\n末行")
        #expect(try rows(try marked(try book([.number(1)]), "xlsx", [odd]))[2][6] == .text("B列：提醒：<a & \"b\">]]>\n末行"))
    }

    @Test("标签带前缀、行空着、格缺着的工作簿：标在该在的地方") func prefixed() throws {
        func prefixed(_ text: String) -> String {
            text.replacing("</", with: "\u{1}").replacing("<", with: "<x:").replacing("\u{1}", with: "</x:").replacing(
                "xmlns=", with: "xmlns:x=")
        }
        var book = SmallBook(rows: SmallBook.row(2, "<c r=\"F2\"><v>1</v></c>") + "<row r=\"3\" spans=\"1:7\"/>" + SmallBook.row(4))
        book.sheet = prefixed(
            book.sheet.replacing(
                "<sheetData>", with: "<dimension ref=\"A1:G4\"/><cols><col min=\"2\" max=\"20\" width=\"9\"/></cols><sheetData>"))
        book.styles = prefixed(book.styles)
        let wrong = [(2, 5), (2, 6), (3, 2), (4, 7)].map { Diagnostic(.error, "x", at: .cell(sheet: "学校数据", row: $0, column: $1), "错") }
        let back = try marked(book.data, "xlsx", wrong)
        let sheet = try rows(back)
        #expect(sheet.map { $0[7].plain } == ["错误原因", "E列：错\nF列：错", "B列：错", "G列：错"] && sheet[1][5] == .number(1))
        // Marked once more with nothing of it left but one: the reader refuses cells out of order, so they are in order.
        #expect(try rows(try marked(back, "xlsx", Array(wrong.prefix(1)))).map { $0[7].plain } == ["错误原因", "E列：错", ""])
    }
}
