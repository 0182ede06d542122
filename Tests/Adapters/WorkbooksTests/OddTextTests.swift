import Foundation
import Indicators
import Testing
import Vocabulary

@testable import Workbooks

@Suite("不合规矩的 CSV") struct OddTextTests {
    private let head = "学校标识码,学校名称,县(市、区),办学类型,小学在校生数\n"
    private func code(_ text: String) throws -> String { try Desk.refusal(Data(text.utf8)).code }

    @Test(
        "双引号没有成对：说出哪一行，不吞掉后面的行",
        arguments: [
            "1,\"甲,清河县,小学,5\n2,乙,清河县,小学,5\n", "1,\"甲\"乙,清河县,小学,5\n", "1,\"甲,清河县,小学,5\n2,\"乙\",清河县,小学,5\n",
            "1,\"甲,清河县,小学,5\n2,乙,清河县,小学,5\n3,丙\",清河县,小学,5\n",
        ]) func quotes(rows: String) throws
    {
        let refusal = try Desk.refusal(Data((head + rows).utf8))
        #expect(refusal.code == "file.quotes" && refusal.message.contains("第2行"))
    }

    @Test("引号里的逗号、引号和换行是文字") func quotedText() throws {
        let read = try Desk.read(head + "1,\"甲,\"\"乙\"\"\n丙\",清河县,小学,5\r\n2,丁,清河县,小学,6")
        #expect(read.table.attribute("name", 0) == "甲,\"乙\" 丙" && read.table.count == 2 && read.errors.isEmpty)
    }

    @Test("行末是 CR、LF 或 CRLF，分隔是逗号、制表符或分号", arguments: ["\n", "\r\n", "\r"], [",", "\t", ";"])
    func lineEnds(end: String, sign: String) throws {
        let text = (head + "1,甲,清河县,小学,5\n\n2,乙,清河县,小学,6\n").replacing("县(市、区)", with: "县区").replacing(",", with: sign)
        let read = try Desk.read(text.replacing("\n", with: end))
        #expect(read.table.count == 2 && read.table.sheetRow(1) == 4)
    }

    @Test("一个文件两种编码：说出哪行是哪种") func mixed() throws {
        let gb: [UInt8] = [0x32, 0x2C, 0xC7, 0xE5, 0xBA, 0xD3, 0x2C]  // 2,清河, in GB18030
        let refusal = try Desk.refusal(Data(head.utf8) + Data("1,甲,清河县,小学,5\n".utf8) + Data(gb) + Data("\n".utf8))
        #expect(refusal.code == "file.encoding" && refusal.message.contains("第3行不是"))
        #expect(try Desk.refusal(Data([0xEF, 0xBB, 0xBF, 0x61, 0x2C]) + Data(gb)).code == "file.encoding")
    }

    @Test("有空字节的、一行几十万字的、列多得离谱的：不读") func notText() throws {
        #expect(try code("学校标识码,\0学校名称\n") == "file.kind")
        #expect(try code(head + String(repeating: "x", count: 300_000) + "\n") == "file.cells")
        #expect(try code(head + "\"" + String(repeating: "x", count: 300_000)) == "file.quotes")
        #expect(try code(head + String(repeating: ",", count: 20_000) + "\n") == "file.rows")
    }

    @Test("GB18030 分成许多块来读，字不会从中间断开") func longGB() throws {
        // 小学在校生数 and the rest of the header in GB18030, as the C library writes them.
        let text = head + (0..<9_000).map { "\($0),柳庄𠮷小学\($0 % 10 == 0 ? "分校" : ""),清河县,小学,\($0)\n" }.joined()
        let bytes = try GB.encode(text)
        let read = try Desk.read(bytes)
        #expect(read.table.count == 9_000 && read.errors.isEmpty)
        #expect((0..<9_000).allSatisfy { read.table.attribute("name", $0) == ($0 % 10 == 0 ? "柳庄𠮷小学分校" : "柳庄𠮷小学") })
    }

    @Test("以等号、加号、减号、@ 开头的文字原样读入") func formulas() throws {
        let names = ["=1+1", "+86", "-甲", "@甲"]
        let read = try Desk.read(head + names.enumerated().map { "\($0),\($1),清河县,小学,5\n" }.joined())
        #expect((0..<4).map { read.table.attribute("name", $0) } == names)
    }
}

/// GB18030, as the C library writes it.
enum GB {
    static func encode(_ text: String) throws -> Data {
        let converter = try #require(iconv_open("GB18030", "UTF-8"))
        defer { iconv_close(converter) }
        var input = text.utf8.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: input.count * 2)
        var (left, room) = (input.count, output.count)
        _ = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var (from, to) = (source.baseAddress, target.baseAddress)
                return iconv(converter, &from, &left, &to, &room)
            }
        }
        try #require(left == 0)
        return Data(output.prefix(output.count - room).map { UInt8(bitPattern: $0) })
    }
}
