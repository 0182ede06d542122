import Foundation

/// A zip archive without compression, so that tests can put anything into it, right or wrong.
struct StoredZip {
    var entries: [(name: String, bytes: [UInt8])]

    func data() -> Data {
        var body: [UInt8] = []
        var directory: [UInt8] = []
        for (name, bytes) in entries {
            let sums = StoredZip.number(Int(StoredZip.crc(bytes)), 4) + StoredZip.number(bytes.count, 4) + StoredZip.number(bytes.count, 4)
            let shared = StoredZip.number(20, 2) + [0, 8, 0, 0, 0, 0, 0x21, 0x5A] + sums + StoredZip.number(name.utf8.count, 2) + [0, 0]
            directory += [0x50, 0x4B, 1, 2, 20, 0] + shared + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + StoredZip.number(body.count, 4) + name.utf8
            body += [0x50, 0x4B, 3, 4] + shared + name.utf8 + bytes
        }
        let count = StoredZip.number(entries.count, 2)
        let end = [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + StoredZip.number(directory.count, 4) + StoredZip.number(body.count, 4)
        return Data(body + directory + end + [0, 0])
    }

    private static func number(_ value: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
    private static func crc(_ bytes: [UInt8]) -> UInt32 { ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) } }
}

/// The parts of a small workbook of schools, each open to change.
struct SmallBook {
    static let headers = ["学校标识码", "学校名称", "县(市、区)", "办学类型", "小学在校生数", "教学及辅助用房面积", "建校年份"]

    var workbook =
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><workbookPr/><sheets><sheet name=\"学校数据\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    var relations =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"w\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    /// Style 1 is a date.
    var styles =
        "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><cellXfs count=\"2\"><xf numFmtId=\"0\" fillId=\"0\"/><xf numFmtId=\"14\" fillId=\"0\"/></cellXfs></styleSheet>"
    var strings = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>共享</t></si></sst>"
    var sheet = ""
    var others: [(name: String, bytes: [UInt8])] = []

    /// `rows` is what stands between the header row and the end of the sheet's data.
    init(rows: String, before: String = "") {
        let head = SmallBook.headers.enumerated().map { SmallBook.text($1, "\(UnicodeScalar(UInt8(65 + $0)))1") }.joined()
        sheet =
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\(before)<sheetData><row r=\"1\">\(head)</row>\(rows)</sheetData></worksheet>"
    }

    /// One school in row 2; `pupils`, `area` and `year` are its last cells as XML.
    init(pupils: String = "", area: String = "", year: String = "") {
        self.init(rows: "<row r=\"2\">\(SmallBook.school(2))\(pupils)\(area)\(year)</row>")
    }

    static func text(_ text: String, _ place: String) -> String { "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>" }
    static func school(_ row: Int) -> String {
        text("10\(row)", "A\(row)") + text("东关小学", "B\(row)") + text("清河县", "C\(row)") + text("小学", "D\(row)")
    }
    static func row(_ row: Int, _ rest: String = "") -> String { "<row r=\"\(row)\">\(school(row))\(rest)</row>" }

    var parts: [(name: String, bytes: [UInt8])] {
        [
            ("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relations), ("xl/styles.xml", styles),
            ("xl/sharedStrings.xml", strings),
            ("xl/worksheets/sheet1.xml", sheet),
        ].map { ($0.0, Array($0.1.utf8)) } + others
    }
    var data: Data { StoredZip(entries: parts).data() }
}
