import CollectOnce
import Definitions
import Testing
import Vocabulary

/// A small bureau with one return, one register, an indicator and a case form.
enum SmallHoldings {
    static let words = FieldWords(
        DefinitionSet(
            [
                DefinitionFile(
                    path: "words.yaml",
                    text: """
                        synonyms: test
                        same: [ [在校生, 在校学生, 学生], [数, 人数, 总数], [班, 班级], [教师, 老师] ]
                        fillers: [的, 现有, 本校]
                        stages: { primary: [小学部, 小学], junior: [初中部, 初中] }
                        notStages: [村小学]
                        totals: [合计, 计]
                        units: { count: [人, 个], area: [平方米, m2], money: [元, 万元] }
                        identifiers: [学校标识码, 学校名称]
                        formal: [序号, 备注]
                        likely: { similarity: 0.8, share: 0.5, shortest: 3 }
                        """)
            ], DiagnosticLog()), DiagnosticLog())

    static let form = FactHolder(.form, "r", "学校表", newest: SchoolYear(2025), rows: 12)
    static let event = FactHolder(.casework, "k", "某事")
    static let facts = [
        HeldFact("学校标识码", spellings: ["学校(机构)标识码"], holder: form), HeldFact("学校名称", holder: form),
        HeldFact("小学在校生数", unit: "人", stage: .primary, holder: form), HeldFact("在校生数", unit: "人", holder: form),
        HeldFact("运动场地面积", spellings: ["占地面积及其他办学条件/运动场地面积"], unit: "平方米", holder: form),
        HeldFact("教学仪器设备值(万元)", unit: "万元", holder: form), HeldFact("县级以上骨干教师数", unit: "人", holder: form),
        HeldFact("不足100名学生的村小学数", unit: "个", holder: form),
        HeldFact("生均运动场地面积", unit: "平方米", holder: FactHolder(.indicator, "i", "指标")), HeldFact("承诺完成日期", holder: event),
        HeldFact("经费", holder: event),
    ]

    static func verdict(_ text: String, unit: String = "") -> FieldMatch.Verdict {
        CollectOnce(facts, words: words).check([AskedField(text, unit: unit)])[0].verdict
    }
}

@Suite("一数一源：栏目的写法") struct CollectOnceTests {
    @Test(
        "同一个数的各种写法都认得",
        arguments: [
            "小学在校生数", "小学在校生数（人）", "1. 小学在校学生人数", "（二）本校小学部现有学生数", "①小学／在校生数", "在校生数（小学）", "小学学生总数＊", "2025学年小学在校生数", "小 学 在 校 生 数：",
            "在校生数", "学生人数", "在校生数/合计", "运动场地面积", "运动场地面积(㎡)", "运动场地面积（ｍ２）", "占地面积及其他办学条件/运动场地面积", "教学仪器设备值（元）", "教学仪器设备值",
            "县级以上骨干教师（个）", "县级以上骨干老师数", "不足100名学生的村小学数", "生均运动场地面积",
        ]) func same(_ text: String)
    { #expect(SmallHoldings.verdict(text) == .held, "\(text)") }

    @Test(
        "问的是别的数，就不算已有",
        arguments: [
            "课间活动时长", "男生人数", "近视学生比例", "参加心理培训的教师人数", "教师满意度", "食堂面积", "操场塑胶面层铺设年份", "运动场地面积（元）", "在校生数（平方米）", "护眼灯数量", "经费", "幸福感得分",
        ]) func other(_ text: String)
    { #expect(SmallHoldings.verdict(text) == .new, "\(text)") }

    @Test(
        "相近的提醒，不替人下结论",
        arguments: ["骨干教师数", "初中在校生数", "学生", "县级以上骨干教师", "小学运动场地面积", "承诺完成日期", "基本情况/在校生数", "生均运动场地的面积数"]) func alike(_ text: String)
    {
        let verdict = SmallHoldings.verdict(text)
        #expect(verdict == .likely || (text == "生均运动场地的面积数" && verdict == .held), "\(text) \(verdict)")
    }

    @Test("认学校的栏目可以留，表上的手续不算数据") func others() {
        for text in ["学校标识码", "学校（机构）标识码 *", "2.学校名称"] { #expect(SmallHoldings.verdict(text) == .identifier, "\(text)") }
        for text in ["序号", "备注：", "（3）备注"] { #expect(SmallHoldings.verdict(text) == .formal, "\(text)") }
    }

    @Test("说出在哪里、哪一年、多少行；有数据的在前") func places() throws {
        let empty = FactHolder(.form, "old", "旧表")
        let facts = [HeldFact("图书册数", holder: empty)] + SmallHoldings.facts + [HeldFact("图书册数", holder: SmallHoldings.form)]
        let match = try #require(CollectOnce(facts, words: SmallHoldings.words).check([AskedField("图书册数")]).first)
        #expect(match.facts.map(\.holder.id) == ["r", "old"])
        #expect(match.facts[0].holder.newest == SchoolYear(2025) && match.facts[0].holder.rows == 12)
    }

    @Test("空白、符号、长串、怪字符都不出错") func odd() {
        for text in [
            "", " ", "（）", "((", "))", "///", "/", "1.", "①", "年", "2025年", String(repeating: "长", count: 5_000), "\u{202E}gnp", "<script>",
        ] {
            let verdict = SmallHoldings.verdict(text)
            #expect([.new, .likely].contains(verdict), "\(text.prefix(20)) \(verdict)")
        }
    }

    @Test("字典写错的地方说出来") func mistakes() {
        func codes(_ text: String) -> [String] {
            let log = DiagnosticLog()
            _ = FieldWords(DefinitionSet([DefinitionFile(path: "w.yaml", text: "synonyms: w\n" + text)], log), log)
            return log.diagnostics.map(\.code)
        }
        #expect(codes("same: [ [一个] ]") == ["synonyms.group"])
        #expect(codes("stages: { primry: [小学] }") == ["synonyms.stage"])
        #expect(codes("filler: [的]") == ["definition.key.unknown"])
        #expect(codes("likely: { similarity: 0.8 }").count == 2)
    }
}
