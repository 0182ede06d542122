import Definitions
import Foundation
import Indicators
import Testing
import Vocabulary

@testable import Workbooks

/// The national form, and files written for one test.
enum Desk {
    static let catalogue: IndicatorCatalogue = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let files = (try? DefinitionFile.folder(folder.appendingPathComponent("Catalogue/national"))) ?? []
        let log = DiagnosticLog()
        return IndicatorCatalogue(DefinitionSet(files, log), log)
    }()

    static func file(_ bytes: Data, _ ending: String = "csv") throws -> URL {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(UUID().uuidString).\(ending)")
        try bytes.write(to: url)
        return url
    }

    static func read(_ text: String) throws -> ReturnImport { try read(Data(text.utf8)) }

    static func read(_ bytes: Data, _ ending: String = "csv") throws -> ReturnImport {
        let url = try file(bytes, ending)
        defer { try? FileManager.default.removeItem(at: url) }
        let form = try #require(catalogue.forms["school-return"])
        return try ReturnReader(form: form, catalogue: catalogue).read(url, schoolYear: SchoolYear(2025))
    }

    static func refusal(_ bytes: Data, _ ending: String = "csv") throws -> Diagnostic {
        do {
            _ = try read(bytes, ending)
        } catch let refusal as FileRefusal {
            return refusal.diagnostic
        }
        return try #require(nil as Diagnostic?, "the file was taken")
    }
}

@Suite("读学校表") struct ReturnReaderTests {
    private let head = "学校标识码,学校名称,县(市、区),办学类型,小学在校生数,教学仪器设备值(万元)\n"

    private func facts(_ read: ReturnImport, _ key: String) -> [Fact] {
        FactKey(key).map { key in (0..<read.table.count).map { read.table.fact(key, $0) } } ?? []
    }

    @Test("万元换算为元，名称换成类型代码，记住单元格") func plain() throws {
        let read = try Desk.read(head + "2137000001,东关小学,清河县,小学,812,170.5\n")
        #expect(read.errors.isEmpty && read.table.count == 1)
        #expect(facts(read, "equipment_value") == [.known(1_705_000)])
        #expect(read.table.attribute("kind", 0) == "211")
        #expect(read.table.cell("pupils.primary", 0)?.description.hasSuffix("!E2") == true)
    }

    @Test("表头下面一行只写单位：不当作学校，数按写明的单位读") func unitsRow() throws {
        let read = try Desk.read(
            "学校标识码,学校名称,县(市、区),办学类型,小学在校生数,教学仪器设备值\n,单位,,,（人）,千元\n2137000001,东关小学,清河县,小学,812,170.5\n")
        #expect(read.errors.isEmpty && read.table.count == 1)
        #expect(facts(read, "equipment_value") == [.known(170_500)] && facts(read, "pupils.primary") == [.known(812)])
    }

    @Test("表头下面一行的单位对不上：不猜，按单元格指出") func wrongUnitsRow() throws {
        let read = try Desk.read(head + ",单位,,,亩,万元\n2137000001,东关小学,清河县,小学,812,170.5\n")
        #expect(read.table.count == 1 && read.errors.contains { $0.place.description.hasSuffix("E2") })
    }

    @Test("标题里写的学年就是这份表的学年，写了两个就不猜") func titleYear() throws {
        let row = head + "1,东关小学,清河县,211,5,0\n"
        #expect(try Desk.read("清河县2024—2025学年学校情况,,,,,\n" + row).schoolYear == SchoolYear(2024))
        #expect(try Desk.read("2023-2024学年与2024-2025学年对照,,,,,\n" + row).schoolYear == nil)
        #expect(try Desk.read("2024—2026学年规划,,,,,\n" + row).schoolYear == nil)
        #expect(try Desk.read(row).schoolYear == nil)
    }

    @Test("空白是未填，缺列是没有这一列，都不是零") func missing() throws {
        let read = try Desk.read(head + "1,东关小学,清河县,211,,0\n")
        #expect(facts(read, "pupils.primary") == [.absent(.blank)])
        #expect(facts(read, "equipment_value") == [.known(0)])
        #expect(facts(read, "music_rooms") == [.absent(.noColumn)])
    }

    @Test("列序不限，多余列、空行、合计行、全角数字、千分位都能读") func forgiving() throws {
        let text = "备注,小学在校生数,办学类型,县（市、区）,学校 名称,学校标识码\n\n合计,9999,,,,\n好,１，２３４,小学,清河县,东关小学,１００１\n,,,,,\n好,\"1,200\",教学点,清河县,西关,1002\n"
        let read = try Desk.read(text)
        #expect(read.errors.isEmpty, "\(read.errors)")
        #expect(facts(read, "pupils.primary") == [.known(1234), .known(1200)])
        #expect(read.table.attribute("code", 0) == "1001")
    }

    @Test("多行合并表头和统计汇总导出表") func exports() throws {
        let text =
            "某县基本情况,,,,,,\n学校名称,学校标识码,统计三级,办学类型,在校生数,专任教师,\n,,,,合计,#按授课课程分,\n,,,,,体育与健康,艺术\n,,,,,,计\n东关小学,1001,清河县,小学,500,3,2\n城南初中,1002,清河县,初级中学,600,4,3\n"
        let read = try Desk.read(text)
        #expect(read.errors.isEmpty, "\(read.errors)")
        #expect(facts(read, "pupils.primary").first == .known(500))
        #expect(facts(read, "pupils.junior").last == .known(600))
        #expect(facts(read, "arts_pe_teachers.primary").first == .known(5))
    }

    @Test(
        "两行表头：学段在上或在下都读得懂",
        arguments: [
            ("小学,,初中,\n,,,,在校生数,班数,在校生数,班数"), ("在校生数,班数,在校生数,班数\n,,,,小学,小学,初中,初中"),
        ]) func twoRows(below: String) throws
    {
        let text = "学校标识码,学校名称,县(市、区),办学类型,\(below)\n1,甲,清河县,九年一贯制学校,500,12,300,6\n"
        let read = try Desk.read(text)
        #expect(read.errors.isEmpty, "\(read.errors)")
        #expect(facts(read, "pupils.primary") == [.known(500)] && facts(read, "pupils.junior") == [.known(300)])
        #expect(facts(read, "classes.primary") == [.known(12)] && facts(read, "classes.junior") == [.known(6)])
    }

    @Test("汇总导出表里向下合并的格不当作左边一格的延续") func mergedDownwards() throws {
        let text = """
            学校名称,学校标识码,统计三级,办学类型,在校生数,专任教师,,占地面积及其他办学条件,本学年校舍建筑面积,,占地面积及其他办学条件
            ,,,,合计,#按授课课程分,,占地面积,教学及辅助用房,,网络多媒体教室
            ,,,,,体育与健康,艺术,运动场地面积,计,室内体育用房,
            ,,,,,,计,,,,
            东关小学,1001,清河县,小学,500,3,4,4000,2600,100,12

            """
        let read = try Desk.read(text)
        #expect(read.errors.isEmpty, "\(read.errors)")
        #expect(facts(read, "arts_pe_teachers.primary") == [.known(7)] && facts(read, "pupils.primary") == [.known(500)])
        #expect(facts(read, "teaching_area") == [.known(2600)] && facts(read, "gym_area") == [.known(100)])
        #expect(facts(read, "sports_area") == [.known(4000)] && facts(read, "networked_classrooms") == [.known(12)])
    }

    @Test("认不出在校生数时，不再说设备值的单位不对") func unreadablePupils() throws {
        let read = try Desk.read(head + "1,甲,清河县,小学,约700,170\n")
        #expect(read.diagnostics.filter { $0.severity != .note && !$0.code.hasPrefix("return.column") }.map(\.code) == ["return.number"])
    }

    @Test("一贯制学校只有合计数时不猜，指明要补的列") func exportWithoutSplit() throws {
        let text = "学校名称,学校标识码,统计三级,办学类型,在校生数/合计\n柳庄学校,1001,清河县,九年一贯制学校,500\n"
        #expect(try Desk.read(text).errors.map(\.code) == ["return.total.stages"])
    }

    @Test(
        "错在哪个单元格、怎么改",
        arguments: [
            ("1,甲,清河县,小学,-5,1", "return.number.low", "E2"), ("1,甲,清河县,小学,12.5,1", "return.number.whole", "E2"),
            ("1,甲,清河县,小学,99999999,1", "return.number.high", "E2"), ("1,甲,清河县,小学,无,1", "return.number", "E2"),
            ("1,甲,清河县,大学堂,5,1", "return.kind", "D2"), (",甲,清河县,小学,5,1", "return.blank", "A2"),
            ("2.137E+09,甲,清河县,小学,5,1", "return.code.exponent", "A2"),
        ]) func complaints(row: String, code: String, cell: String) throws
    {
        let read = try Desk.read(head + row + "\n")
        #expect(read.errors.map(\.code) == [code])
        #expect(read.errors.first?.place.description.hasSuffix("!\(cell)") == true)
        #expect(read.table.count == 0)
    }

    @Test("重复的编号、同一学校在两个县") func keys() throws {
        let read = try Desk.read(head + "1,甲,清河县,小学,5,1\n1,乙,清河县,小学,5,1\n1,丙,云溪县,小学,5,1\n")
        #expect(read.errors.map(\.code) == ["return.code.duplicate", "return.code.counties"])
        #expect(read.table.count == 1)
    }

    @Test("室内体育用房大于教学用房：校验不通过") func checks() throws {
        let read = try Desk.read("学校标识码,学校名称,县(市、区),办学类型,教学及辅助用房面积,室内体育用房面积\n1,甲,清河县,小学,100,200\n")
        #expect(read.errors.map(\.code) == ["check.gym-within-teaching-area"])
    }

    @Test("几万处错误：列出前两万处，说明还有多少，不把内存占满") func countless() throws {
        let wide = head.dropLast() + ",初中在校生数,小学班数,初中班数\n"
        let read = try Desk.read(wide + (0..<6_000).map { "\($0),甲,清河县,小学,无,无,无,无,无\n" }.joined())
        #expect(read.refused == 6_000 && read.rowsRead == 6_000 && read.diagnostics.count == 20_001)
        #expect(read.diagnostics.last?.code == "return.more" && read.diagnostics.last?.message.contains("还有 10001 处") == true)
    }

    @Test("缺少必需的列：整表不接受，说出缺什么") func requiredColumns() throws {
        let refusal = try Desk.refusal(Data("学校标识码,学校名称,小学在校生数\n1,甲,5\n".utf8))
        #expect(refusal.code == "return.header.missing" && refusal.message.contains("县(市、区)、办学类型"))
    }

    @Test("UTF-8 BOM、GB18030、UTF-16 都认得") func encodings() throws {
        let text = head + "1,東關小学,清河县,小学,5,1\n"
        let gb = Data([0xB1, 0xEA, 0xCA, 0xB6, 0xC2, 0xEB])  // 标识码 in GB18030
        #expect(try Desk.read(Data([0xEF, 0xBB, 0xBF]) + Data(text.utf8)).table.attribute("name", 0) == "東關小学")
        #expect(try Desk.read(try #require(text.data(using: .utf16))).table.count == 1)
        let header = Data("1,".utf8) + gb
        let url = try Desk.file(header)
        defer { try? FileManager.default.removeItem(at: url) }
        let table = try SheetFile(url, name: "a.csv")
        var cells: [SheetCell] = []
        try table.rows(of: "a") { cells = $0.cells }
        #expect(cells == [.text("1"), .text("标识码")])
    }

    @Test(
        "认不得的文件给出做法",
        arguments: [
            (Data([0xD0, 0xCF, 0x11, 0xE0, 0, 0, 0, 0]), "file.ole"), (Data(), "file.empty"), (Data("PK\u{3}\u{4}残缺".utf8), "file.damaged"),
            (Data([0, 1, 2, 3, 0, 0, 0]), "file.kind"),
        ]) func refusals(bytes: Data, code: String) throws
    {
        #expect(try Desk.refusal(bytes, "xlsx").code == code)
    }
}
