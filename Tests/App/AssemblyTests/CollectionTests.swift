import Casework
import CollectOnce
import Foundation
import Indicators
import Testing
import Vocabulary
import Workbooks

@testable import Assembly

@Suite("一数一源：真实的表") struct CollectionTests {
    private static let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    private static let folder = try? CatalogueFolder(environment: ["JUNHENG_CATALOGUE": root.path + "/Catalogue"])
    private static let today = Day(year: 2026, month: 9, day: 1)

    private func check() throws -> CollectionCheck {
        let folder = try #require(Self.folder)
        return CollectionCheck(HeldFacts(Desk.catalogue.0, Desk.cases, returns: nil, today: Self.today), words: folder.fieldWords())
    }

    private func found(_ url: URL) async throws -> [FieldMatch] {
        try await check().run(try AskedHeaders.read(url, name: url.lastPathComponent).map { AskedField($0) })
    }

    @Test("示例里的学校表、县表：每一栏都已有", arguments: ["five-schools.csv", "qinghe-county.csv"]) func examples(_ name: String) async throws {
        let matches = try await found(Self.root.appendingPathComponent("Examples/\(name)"))
        let missed = matches.filter { ![.held, .identifier].contains($0.verdict) }.map(\.field.text)
        #expect(missed == [] && matches.count > 10 && !matches.held.isEmpty, "\(missed)")
        #expect(matches.allSatisfy { !$0.facts.isEmpty })
    }

    @Test("随附的每一张表和名册的模板：每一栏都已有") func templates() async throws {
        let catalogue = Desk.catalogue.0
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: url) }
        var fields = 0
        for form in Array(catalogue.forms.values) + Array(catalogue.rosters.values) {
            try TemplateWriter(form: form, catalogue: catalogue).write(SchoolYear(2025)).write(to: url)
            let matches = try await found(url)
            let missed = matches.filter { ![.held, .identifier].contains($0.verdict) }.map { "\($0.field.text) \($0.verdict)" }
            #expect(matches.count == form.templateColumns.count, "\(form.id): \(matches.count)")
            #expect(missed == [], "\(form.id): \(missed)")
            fields += matches.count
        }
        #expect(fields > 150, "\(fields)")
    }

    @Test("全是新问题的表：一栏也不算已有") func new() async throws {
        let fields = [
            "课间活动时长（分钟）", "每周体育家庭作业次数", "近视防控讲座场次", "校园欺凌举报渠道是否张贴", "家长对作业量的满意度（%）", "厨余垃圾日产量（公斤）", "护眼灯改造完成日期", "学生每日睡眠时长（小时）",
            "课后服务开设社团名称",
            "劳动实践基地距离（公里）", "男生人数", "近视学生数", "参加心理培训的教师人数", "食堂留样冰箱台数",
        ].map { AskedField($0) }
        let matches = try await check().run(fields)
        #expect(matches.filter { $0.verdict != .new }.map { "\($0.field.text) \($0.verdict) \($0.facts.first?.name ?? "")" } == [])
    }

    @Test("各地常见的别样写法也认得") func dialects() async throws {
        let fields = [
            "一、学校（机构）名称", "1.小学部学生总人数（人）", "2.小学班级数", "（三）初中专职教师人数", "教学及辅助用房面积（㎡）", "体育运动场地面积（m²）", "教学仪器设备资产值（元）", "网络多媒体教室（间）",
            "占地面积及其他办学条件/运动场地面积",
            "小学专任老师人数", "小学在读学生数", "高于规定学历教师数（初中部）",
        ].map { AskedField($0) }
        let matches = try await check().run(fields)
        #expect(matches.filter { ![.held, .identifier].contains($0.verdict) }.map { "\($0.field.text) \($0.verdict)" } == [])
    }

    @Test("两层表头合并单元格、说明行、审批单式的表都读出栏目") func layouts() throws {
        func read(_ text: String) throws -> [String] {
            let url = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(UUID().uuidString).csv")
            defer { try? FileManager.default.removeItem(at: url) }
            try Data(text.utf8).write(to: url)
            return try AskedHeaders.read(url, name: "表.csv")
        }
        #expect(
            try read("某县课后服务统计表,,,,\n序号,学校名称,在校生数,,备注\n,,小学,初中,\n1,甲校,100,200,\n")
                == ["序号", "学校名称", "在校生数/小学", "在校生数/初中", "备注"])
        #expect(try read("学校,校长,电话\n甲校,张,1\n乙校,李,2\n") == ["学校", "校长", "电话"])
        #expect(try read("登记表,\n睡眠时长,\n作业量,\n") == ["睡眠时长", "作业量"])
        #expect(throws: FileRefusal.self) { try read("1,2\n3,4\n") }
    }

    @Test("有数据的说出哪一年、多少行") func fresh() async throws {
        let desk = try await Desk()
        try await desk.hand([Desk.school("A1"), Desk.school("A2")])
        let matches = try await desk.installation.collectionCheck(Self.today).run([AskedField("小学在校生数"), AskedField("睡眠时长")])
        #expect(matches[0].verdict == .held && matches[1].verdict == .new)
        let holder = try #require(matches[0].facts.first?.holder)
        #expect(holder.id == "school-return" && holder.newest == Desk.year && holder.rows == 2)
    }

    @Test("一种办件的表单与别的比，不与自己比") func ownQuestions() async throws {
        let kind = try #require(Desk.cases.current("school-activity", on: Self.today))
        let fields = CollectionCheck.fields(kind)
        let matches = try await check().run(fields, besides: kind.id)
        #expect(matches.held.map(\.field.text) == [] && fields.count > 10)
        #expect(try await check().run(fields).contains { $0.verdict == .likely && $0.facts.contains { $0.holder.id == kind.id } })
    }
}
