import Foundation
import Indicators
import Reporting
import Testing
import Vocabulary

@testable import Workbooks

@Suite("一批一批地读") struct CursorTests {
    private let reader = WorkbookReader(catalogue: Desk.catalogue)
    private let head = "学校标识码,学校名称,县(市、区),办学类型,小学在校生数,备注\n"

    private func csv(_ rows: Int) -> String { head + (0..<rows).map { "\($0),校\($0),清河县,小学,\($0 % 7 == 3 ? "无" : "12"),\n" }.joined() }

    private func batches(_ url: URL, _ name: String) throws -> [ReturnBatch] {
        let form = try #require(Desk.catalogue.forms["school-return"])
        let cursor = try reader.open(url, name: name, form: form, importID: "i1")
        #expect(cursor.origin.importID == "i1" && cursor.origin.file == name && cursor.origin.columns["pupils.primary"] == 5)
        var batches: [ReturnBatch] = []
        while let batch = try cursor.next() { batches.append(batch) }
        #expect(try cursor.next() == nil)
        return batches
    }

    private func check(_ batches: [ReturnBatch], rows: Int) {
        #expect(batches.count == rows / 1_000 + 1)
        #expect(batches.dropLast().allSatisfy { $0.rows.count + $0.refused == 1_000 })
        #expect(batches.map(\.seen) == batches.indices.map { min(rows, ($0 + 1) * 1_000) })
        let fractions = batches.compactMap(\.fraction)
        #expect(fractions.count == batches.count && fractions == fractions.sorted() && fractions.last == 1)
        #expect((fractions.first ?? 1) < 0.6, "no more is read than asked for")
        #expect(batches.flatMap(\.rows).count + batches.reduce(0) { $0 + $1.refused } == rows)
        let notes = batches.map { $0.diagnostics.count { $0.code.hasPrefix("return.column") } }
        #expect(notes.first == 2 && notes.dropFirst().allSatisfy { $0 == 0 })
    }

    @Test("CSV：约一千行一批，进度从小到大，表头的话只说一次") func csvBatches() throws {
        let url = try Desk.file(Data(csv(4_500).utf8))
        defer { try? FileManager.default.removeItem(at: url) }
        check(try batches(url, "上报.csv"), rows: 4_500)
    }

    @Test("xlsx：同样一批一批，不整张读入") func xlsxBatches() throws {
        let headers = ["学校标识码", "学校名称", "县(市、区)", "办学类型", "小学在校生数", "备注"]
        let rows: [[SheetBook.Cell]] = (0..<4_500).map {
            [.text("\($0)"), .text("校\($0)"), .text("清河县"), .text("小学"), $0 % 7 == 3 ? .text("无") : .number(12), .empty]
        }
        let book = SheetBook([SheetBook.Sheet(name: "学校数据", title: "", columns: headers.map { SheetBook.Column($0) }, rows: rows)])
        let url = try Desk.file(try XlsxWriter().write(book), "xlsx")
        defer { try? FileManager.default.removeItem(at: url) }
        check(try batches(url, "上报.xlsx"), rows: 4_500)
    }

    @Test("正好一千行，后面没有空的一批") func exactBatch() throws {
        let url = try Desk.file(Data(csv(1_000).utf8))
        defer { try? FileManager.default.removeItem(at: url) }
        let read = try batches(url, "a.csv")
        #expect(read.reduce(0) { $0 + $1.rows.count + $1.refused } == 1_000 && read.last?.fraction == 1)
    }

    // MARK: Which forms

    private let forms = ["school-return", "county-return", "school-return-2012"].compactMap { Desk.catalogue.forms[$0] }

    private func held(_ bytes: Data, _ ending: String) throws -> [String] {
        let url = try Desk.file(bytes, ending)
        defer { try? FileManager.default.removeItem(at: url) }
        return try reader.forms(in: url, name: "上报.\(ending)", among: forms).map(\.id)
    }

    private func book(_ sheets: [(String, [String])]) throws -> Data {
        try XlsxWriter().write(
            SheetBook(sheets.map { SheetBook.Sheet(name: $0.0, title: "", columns: $0.1.map { SheetBook.Column($0) }, rows: []) }))
    }

    @Test("一个工作簿里有学校表和县级表：两张都认出，说明页不算") func twoForms() throws {
        let county = try #require(Desk.catalogue.forms["county-return"]).columns.prefix(9).map(\.header)
        let schools = ["学校标识码", "学校名称", "县(市、区)", "办学类型", "小学在校生数"]
        #expect(
            try held(try book([("说明", ["填表说明", "联系人"]), ("县", county), ("学校", schools)]), "xlsx") == ["school-return", "county-return"])
        #expect(try held(Data(csv(1).utf8), "csv") == ["school-return"])
    }

    @Test("2012年办法的模板和2017年的模板各认各的") func templates() throws {
        for form in forms {
            #expect(try held(try TemplateWriter(form: form, catalogue: Desk.catalogue).write(SchoolYear(2025)), "xlsx") == [form.id])
        }
    }

    @Test("什么表也不像：说出表头要有什么；缺一列：说缺哪列") func noForm() throws {
        #expect(throws: FileRefusal.self) { try held(try book([("通讯录", ["姓名", "电话"])]), "xlsx") }
        do {
            _ = try held(Data("学校标识码,学校名称,小学在校生数\n1,甲,3\n".utf8), "csv")
            Issue.record("taken")
        } catch let refusal as FileRefusal {
            #expect(refusal.diagnostic.code == "return.header.missing" && refusal.diagnostic.message.contains("办学类型"))
        }
    }
}
