import Foundation
import Indicators
import Testing
import Vocabulary

@testable import Workbooks

@Suite("单元格里写的东西") struct OddCellTests {
    private func read(_ book: SmallBook) throws -> ReturnImport { try Desk.read(book.data, "xlsx") }

    private func fact(_ read: ReturnImport, _ key: String) throws -> Fact? {
        let key = try #require(FactKey(key))
        return read.table.count == 1 ? read.table.fact(key, 0) : nil
    }

    @Test(
        "认得准的数",
        arguments: [
            ("<c r=\"E2\"><v>812</v></c>", 812), ("<c r=\"E2\"><f>800+12</f><v>812</v></c>", 812),
            ("<c r=\"E2\"><f>[1]外部!A1</f><v>77</v></c>", 77), ("<c r=\"E2\" t=\"str\"><v> 812 人</v></c>", 812),
            (SmallBook.text("８１２", "E2"), 812), (SmallBook.text("1,234", "E2"), 1234), (SmallBook.text("1 234", "E2"), 1234),
            (SmallBook.text("-0", "E2"), 0), ("<c r=\"E2\"><v>-0</v></c>", 0), ("<c r=\"E2\"><v>1.2E+2</v></c>", 120),
            (SmallBook.text("8e2", "E2"), 800), ("<c r=\"E2\"><v><![CDATA[81]]>2</v></c>", 812),
            ("<c r=\"E2\"><v>8<!-- 9 -->12</v></c>", 812),
            ("<c><v>5</v></c>", 5),
        ]) func numbers(cell: String, value: Double) throws
    {
        let read = try read(SmallBook(pupils: cell))
        #expect(read.errors.isEmpty, "\(read.errors)")
        let known = try #require(try fact(read, "pupils.primary")?.number)
        #expect(known == value && known.sign == .plus)
    }

    @Test(
        "认不准的不猜，指明单元格",
        arguments: [
            SmallBook.text("1,2", "E2"), SmallBook.text("12,34", "E2"), SmallBook.text("1,2345", "E2"), SmallBook.text("12 34", "E2"),
            SmallBook.text("85%", "E2"), SmallBook.text("NaN", "E2"), SmallBook.text("inf", "E2"), SmallBook.text("1e999", "E2"),
            SmallBook.text("0x1A", "E2"), SmallBook.text("一百", "E2"), SmallBook.text("约80", "E2"), SmallBook.text("3元", "E2"),
            "<c r=\"E2\"><v>NaN</v></c>", "<c r=\"E2\"><v>0x1A</v></c>", "<c r=\"E2\"><v>1e999</v></c>", "<c r=\"E2\" t=\"b\"><v>1</v></c>",
            "<c r=\"E2\" s=\"1\"><v>45000</v></c>", "<c r=\"E2\" t=\"e\"><v>#DIV/0!</v></c>", "<c r=\"E2\"><f>A1</f></c>",
            "<c r=\"E2\" t=\"s\"><v>9</v></c>", "<c r=\"E2\" t=\"s\"><v>0</v></c>", "<c r=\"E2\"><v>1</v><v>.5</v></c>",
        ]) func unclear(cell: String) throws
    {
        let read = try read(SmallBook(pupils: cell))
        #expect(read.table.count == 0 && read.refused == 1)
        #expect(read.errors.map(\.place.description) == ["学校数据!E2"])
    }

    @Test(
        "建校年份写成日期也认得",
        arguments: [
            "<c r=\"G2\" s=\"1\"><v>45536</v></c>", "<c r=\"G2\"><v>20240901</v></c>", "<c r=\"G2\"><v>2024</v></c>",
            SmallBook.text("2024/9/1", "G2"), SmallBook.text("2024年9月", "G2"), SmallBook.text("2024-09", "G2"),
            SmallBook.text("２０２４年", "G2"),
        ]) func founded(cell: String) throws
    {
        let read = try read(SmallBook(year: cell))
        #expect(read.errors.isEmpty, "\(read.errors)")
        #expect(try fact(read, "founded") == .known(2024))
    }

    @Test("从1904年数起的日期") func epoch1904() throws {
        var book = SmallBook(year: "<c r=\"G2\" s=\"1\"><v>44074</v></c>")
        book.workbook = book.workbook.replacing("<workbookPr/>", with: "<workbookPr date1904=\"1\"/>")
        #expect(try fact(try read(book), "founded") == .known(2024))
    }

    @Test("编号被改成日期或科学计数：不猜原来的编号") func spoiltCodes() throws {
        let date = SmallBook(
            rows: "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>45000</v></c>\(SmallBook.school(2).split(separator: "</c>", maxSplits: 1)[1])</row>")
        #expect(try read(date).errors.map(\.code) == ["return.code.date"])
    }

    @Test("带格式的文字和注音：只取文字") func richText() throws {
        let name = "<c r=\"B2\" t=\"inlineStr\"><is><r><t>东关</t></r><r><t>小学</t></r><rPh sb=\"0\" eb=\"1\"><t>dong</t></rPh></is></c>"
        var book = SmallBook(rows: SmallBook.row(2).replacing(SmallBook.text("东关小学", "B2"), with: name))
        #expect(try read(book).table.attribute("name", 0) == "东关小学")
        book.strings = "<sst><si><r><t>西</t></r><r><t>关</t></r><rPh><t>xi</t></rPh></si></sst>"
        book.sheet = book.sheet.replacing(name, with: "<c r=\"B2\" t=\"s\"><v>0</v></c>")
        #expect(try read(book).table.attribute("name", 0) == "西关")
    }

    @Test("县级表的是非项：是、否、对勾型的真假都认得，百分数按小数") func yesAndNo() throws {
        let form = try #require(Desk.catalogue.forms["county-return"])
        let flags = form.columns.filter { $0.note.hasPrefix("是=1") }.prefix(3).map(\.header)
        let spread = try #require(form.columns.first { $0.field == .fact(FactKey("monitoring_spread")) }).header
        let url = try Desk.file(Data("县(市、区),\(flags.joined(separator: ",")),\(spread)\n清河县,是,否,TRUE,14.5%\n".utf8))
        defer { try? FileManager.default.removeItem(at: url) }
        let read = try ReturnReader(form: form, catalogue: Desk.catalogue).read(url, schoolYear: SchoolYear(2025))
        #expect(read.errors.isEmpty, "\(read.errors)")
        #expect(read.table.row(0).facts.values.compactMap(\.number).sorted() == [0, 0.145, 1, 1])
    }
}
