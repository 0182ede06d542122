import Foundation
import Indicators
import Reporting
import Testing
import Vocabulary

@testable import Workbooks

/// JUNHENG_FUZZ multiplies the number of cases.
@Suite("乱改的文件：要么读对，要么说清，从不崩溃", .timeLimit(.minutes(10))) struct FuzzTests {
    private static let times = ProcessInfo.processInfo.environment["JUNHENG_FUZZ"].flatMap { Int($0) } ?? 1
    private static let facts = ["pupils.primary", "teaching_area", "founded"]

    private static let book: SmallBook = {
        let rows = (2...9).map { row in
            let area = row % 2 == 0 ? "<c r=\"F\(row)\"><v>\(4_000 + row).5</v></c>" : SmallBook.text("4,\(100 + row)", "F\(row)")
            let pupils = row % 3 == 0 ? "<c r=\"E\(row)\" t=\"s\"><v>1</v></c>" : "<c r=\"E\(row)\"><v>8\(row)2</v></c>"
            return SmallBook.row(row, pupils + (row == 7 ? "" : area) + "<c r=\"G\(row)\"><f>1980+\(row)</f><v>\(1_980 + row)</v></c>")
        }
        var book = SmallBook(rows: rows.joined())
        book.strings = "<sst><si><t>共享</t></si><si><t>845</t></si></sst>"
        return book
    }()

    private func read(_ data: Data, _ url: URL) throws -> ReturnImport? {
        try data.write(to: url)
        let form = try #require(Desk.catalogue.forms["school-return"])
        do {
            return try ReturnReader(form: form, catalogue: Desk.catalogue).read(url, schoolYear: SchoolYear(2025))
        } catch is FileRefusal {
            return nil
        }
    }

    /// Every number taken is the one the second reader finds in that cell, and none that stands there is missing.
    private func compare(_ read: ReturnImport, _ what: String, text: (Int, Int) -> String?, isEmpty: (Int, Int) -> Bool) {
        for index in 0..<read.table.count {
            let (row, columns) = (read.table.sheetRow(index), read.table.origin(index)?.columns ?? [:])
            for name in FuzzTests.facts {
                guard let key = FactKey(name), let column = columns[name] else { continue }
                switch read.table.fact(key, index) {
                case .known(let value):
                    let said = text(row, column).flatMap(NaiveNumber.read)
                    let isDay = name == "founded" && said != value
                    #expect(said == value || (isDay && said ?? 0 > 9_999) || isDay && said == nil, "\(what): row \(row), \(name): \(value)")
                case .absent: #expect(isEmpty(row, column), "\(what): row \(row), \(name) is missing")
                }
            }
            if let column = columns["code"] {
                let said = text(row, column).map { Double($0).map { SheetCell.number($0).plain } ?? PlainText.normal($0) }
                #expect(
                    said == read.table.attribute("code", index) || text(row, column) == read.table.attribute("code", index),
                    "\(what): code of row \(row)")
            }
        }
    }

    @Test("工作簿里面的表、文字、样式、目录") func insideTheArchive() throws {
        let url = try Desk.file(Data(), "xlsx")
        defer { try? FileManager.default.removeItem(at: url) }
        let words = [
            "<c r=\"E3\"><v>7</v></c>", "<row r=\"5\">", "</row>", "<c>", "</c>", "</v>", "<v>", "NaN", "-", "e9", ".", " t=\"s\"",
            " t=\"b\"", " s=\"1\"",
            " t=\"str\"", "&#49;", "&amp;", "]]>", "<!--", "-->", "<![CDATA[9]]>", "<?x?>", "</sheetData>", "<sheetData>",
            "<rPh><t>9</t></rPh>", "<f>1</f>",
        ]
        var chance = TestChance(20_260_901)
        var (taken, unlike) = (0, 0)
        for round in 0..<1_200 * FuzzTests.times {
            var parts = FuzzTests.book.parts
            let part = [4, 4, 4, 4, 4, 3, 2, 0, 1][chance.below(9)]
            chance.change(&parts[part].bytes, words: words)
            guard let read = try read(StoredZip(entries: parts).data(), url) else { continue }
            taken += 1
            guard let naive = NaiveSheet(sheet: parts[4].bytes, strings: parts[3].bytes) else {
                unlike += 1
                continue
            }
            compare(read, "case \(round)", text: naive.text, isEmpty: naive.isEmpty)
        }
        #expect(taken > 300 * FuzzTests.times && unlike < taken / 20, "\(taken) taken, \(unlike) not well formed for the second reader")
    }

    @Test("压缩包的字节") func theArchive() throws {
        let rows: [[SheetBook.Cell]] = (0..<5).map {
            [.text("10\($0)"), .text("校"), .text("清河县"), .text("小学"), .number(812), .number(4_000.5)]
        }
        let columns = SmallBook.headers.dropLast().map { SheetBook.Column($0) }
        let good = [
            Array(try XlsxWriter().write(SheetBook([SheetBook.Sheet(name: "学校数据", title: "某县", columns: columns, rows: rows)]))),
            Array(FuzzTests.book.data),
        ]
        let url = try Desk.file(Data(), "xlsx")
        defer { try? FileManager.default.removeItem(at: url) }
        let truth = try good.map { try #require(try read(Data($0), url)).table }
        var chance = TestChance(7)
        for round in 0..<800 * FuzzTests.times {
            var bytes = good[round % 2]
            // Half of the changes go where the directory of the archive is.
            for _ in 0...chance.below(4) {
                let place = chance.below(2) == 0 ? chance.below(bytes.count) : bytes.count - 1 - chance.below(min(500, bytes.count))
                bytes[place] = UInt8(chance.below(256))
            }
            if chance.below(8) == 0 { bytes.removeLast(chance.below(bytes.count)) }
            guard let read = try read(Data(bytes), url) else { continue }
            let known = truth[round % 2]
            let byNumber = Dictionary(uniqueKeysWithValues: (0..<known.count).map { (known.sheetRow($0), known.row($0)) })
            for row in 0..<read.table.count {
                #expect(read.table.row(row) == byNumber[read.table.sheetRow(row)], "case \(round)")
            }
        }
    }

    @Test("CSV 的字节，UTF-8 和 GB18030", arguments: [false, true]) func csv(isGB: Bool) throws {
        let text =
            SmallBook.headers.map { $0.contains("、") ? "县区" : $0 }.joined(separator: ",") + "\r\n"
            + (2...9).map {
                "10\($0),\($0 % 2 == 0 ? "\"东关,小学\"" : "西关小学"),清河县,小学,8\($0)2,\($0 == 7 ? "" : "\"4,10\($0)\""),19\($0 + 80)\r\n"
            }.joined()
        let good = isGB ? Array(try GB.encode(text)) : Array(text.utf8)
        let url = try Desk.file(Data())
        defer { try? FileManager.default.removeItem(at: url) }
        var chance = TestChance(isGB ? 11 : 13)
        var taken = 0
        for round in 0..<800 * FuzzTests.times {
            var bytes = good
            chance.change(&bytes, words: [",", "\"", "\"\"", "\n", "\r", "\r\n", "-", ".", "e5", "%", "9", ";", "\t", " ", "人", ",,,"])
            guard let read = try read(Data(bytes), url) else { continue }
            taken += 1
            let rows = NaiveTable.rows(bytes)
            func field(_ row: Int, _ column: Int) -> String? {
                guard rows.indices.contains(row - 1), rows[row - 1].indices.contains(column - 1) else { return nil }
                return String(decoding: rows[row - 1][column - 1], as: UTF8.self)
            }
            compare(read, "case \(round)", text: field) { field($0, $1)?.allSatisfy(\.isWhitespace) ?? true }
        }
        #expect(taken > 150 * FuzzTests.times, "\(taken)")
    }
}
