import Foundation
import Indicators
import Reporting
import Testing
import Vocabulary

@testable import Workbooks

@Suite("xlsx 写出与读回") struct XlsxTests {
    private let headers = ["学校标识码", "学校名称", "县(市、区)", "办学类型", "小学在校生数", "教学仪器设备值(万元)"]

    private func book(_ rows: [[SheetBook.Cell]]) -> SheetBook {
        SheetBook([SheetBook.Sheet(name: "学校数据", title: "某县", notes: ["说明"], columns: headers.map { SheetBook.Column($0) }, rows: rows)])
    }

    @Test("写出的表读回来一样，编号按数存也不变形") func roundTrip() throws {
        let data = try XlsxWriter().write(
            book([[.number(2_137_000_001), .text("东关小学"), .text("清河县"), .text("小学"), .number(812), .number(170.5)]]))
        let read = try Desk.read(data, "xlsx")
        #expect(read.errors.isEmpty && read.sheet == "学校数据")
        #expect(read.table.attribute("code", 0) == "2137000001")
        #expect(FactKey("equipment_value").map { read.table.fact($0, 0) } == .known(1_705_000))
        #expect(read.table.cell("equipment_value", 0)?.description == "学校数据!F4")
    }

    @Test("以等号开头的文字仍是文字") func injection() throws {
        let data = try XlsxWriter().write(book([[.text("1"), .text("=cmd|' /C calc'!A0"), .text("清河县"), .text("小学"), .number(1), .empty]]))
        #expect(try Desk.read(data, "xlsx").table.attribute("name", 0) == "=cmd|' /C calc'!A0")
    }

    @Test("模板填一行就能读，年份取自模板") func template() throws {
        let form = try #require(Desk.catalogue.forms["school-return"])
        let template = try Desk.file(try TemplateWriter(form: form, catalogue: Desk.catalogue).write(SchoolYear(2024)), "xlsx")
        defer { try? FileManager.default.removeItem(at: template) }
        let file = try SheetFile(template)
        #expect(file.sheets == ["学校数据"])
        #expect(try file.marks()["schoolYear"] == "2024")
        var head: [SheetRow] = []
        try file.rows(of: "学校数据") { head.append($0) }
        let match = try #require(HeaderMatch.find(in: SheetHead(head), HeaderNames(form)))
        #expect(match.columns.count == 31 && match.lastRow == head.count)
    }
}
