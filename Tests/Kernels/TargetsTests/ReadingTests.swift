import Definitions
import Foundation
import Testing
import Vocabulary

@testable import Targets

@Suite("从文本读规划") struct ReadingTests {
    private let text = """
        某市教育提质三年计划

        一、实施学位扩容行动（牵头单位：市规划科；配合单位：市财政局、各县区）
        （一）新建改建一批学校
        1.到2027年新增公办学位两千五百个，新建学校不少于3所。
        2.2026年12月底前完成改造薄弱学校百分之十五以上。
        （二）规范管理
        一是控制班额。大班额比例控制在5%以内。二是每年培训校长１２０人次，去年培训了80人次。
        二、办好“五件实事”
        加强统筹，形成合力。
        """

    @Test("标题的各级、数字、单位、期限、责任单位都读出来") func reads() throws {
        let draft = PlanTextReader.read(text, title: "计划")
        #expect(
            draft.headings.map { "\($0.level.rawValue) \($0.mark)" } == [
                "programme 一", "measure （一）", "task 1", "task 2", "measure （二）", "task 一是", "task 二是", "programme 二",
            ])
        let targets = draft.lines.compactMap(\.quantity).map {
            "\($0.comparison.sign)\(PlanNumber.text($0.value))\($0.unit) \($0.period.rawValue)"
        }
        #expect(targets == ["≥2500个 whole", "≥3所 whole", "≥0.15% whole", "≤0.05% whole", "≥120人次 year"])
        #expect(draft.quantities.filter { $0.role == .structure }.map(\.value) == [5])
        #expect(draft.quantities.filter { $0.role == .mention }.map(\.value) == [80])
        let first = try #require(draft.lines.first)
        #expect(first.owners == ["市规划科"] && first.coOwners == ["市财政局", "各县区"])
        #expect(draft.lines.first { $0.quantity?.value == 2_500 }?.deadline == Day(year: 2027, month: 12, day: 31))
        #expect(draft.lines.first { $0.quantity?.value == 0.15 }?.deadline == Day(year: 2026, month: 12, day: 31))
    }

    @Test("每个数的出处正是原文的那几个字") func places() {
        let draft = PlanTextReader.read(text, title: "计划")
        #expect(draft.lines.compactMap(\.quantity).map { $0.place.text(in: text) } == ["两千五百个", "3所", "百分之十五", "5%", "１２０人次"])
        #expect(draft.headings.allSatisfy { $0.place.text(in: text)?.contains($0.mark) == true })
    }

    @Test("繁体夹注音的文字读成简体，出处仍在原文") func traditional() throws {
        let text = "第一,強(qiáng)化師資。一是開展“教師隊(duì)伍強(qiáng)基行動”。每年完成2000名骨干教師的培訓(xùn)。"
        let draft = PlanTextReader.read(text, title: "")
        #expect(draft.headings.map(\.label) == ["强化师资", "开展“教师队伍强基行动”"])
        let quantity = try #require(draft.lines.compactMap(\.quantity).first)
        #expect(quantity.value == 2_000 && quantity.period == .year && quantity.place.text(in: text) == "2000名")
    }

    @Test(
        "数字的各种写法",
        arguments: [
            ("两千名", 2_000.0), ("一万二千名", 12_000), ("1.5万名", 15_000), ("1,200名", 1_200), ("三十五名", 35), ("十名", 10), ("百分之九十五", 0.95),
            ("９５%", 0.95),
            ("二百零五名", 205), ("3亿元", 300_000_000),
        ])
    func numbers(_ written: String, _ value: Double) throws {
        let draft = PlanTextReader.read("力争达到\(written)以上。", title: "")
        #expect(try #require(draft.quantities.first).value == value, "\(written)")
    }

    @Test("动词隔着顿号也认得；去年的、别处的只算顺带") func verbs() {
        func roles(_ text: String) -> [TextQuantity.Role] { PlanTextReader.read(text, title: "").quantities.map(\.role) }
        #expect(roles("每年培训校长、骨干教师2000名。") == [.target])
        #expect(roles("去年培训校长、骨干教师2000名。") == [.mention])
        #expect(roles("有的地方已超过27%，甚至达到36%以上。") == [.mention, .mention])
        #expect(roles("完善督学、督政、监测三项制度。") == [.structure])
        #expect(roles("较上年增长300%。") == [.mention])
    }

    @Test("年份、序号、文号、一体化、第几次都不是目标") func noQuantities() {
        let draft = PlanTextReader.read(
            "2025年3月，第五次会议学习教督〔2017〕6号，推进一体化，每一所学校都要统一部署，第32期，省略858字。万一出现问题，千家万户。", title: "")
        #expect(draft.lines.compactMap(\.quantity).isEmpty)
    }

    @Test("读出的草稿编译成规划，去掉一条下面的也不在") func definition() throws {
        let draft = PlanTextReader.read(text, title: "计划“甲”: #1")
        let (from, until) = (Day(year: 2026, month: 1, day: 1), Day(year: 2027, month: 12, day: 31))
        func compiled(_ choices: [Int: LineChoice]) throws -> CityPlan {
            let log = DiagnosticLog()
            let yaml = DraftDefinition(draft, id: "d", from: from, until: until, choices: choices).yaml
            let plans = CityPlan.list(DefinitionSet([DefinitionFile(path: "d.yaml", text: yaml)], log), log)
            #expect(log.diagnostics.isEmpty, "\(log.diagnostics)\n\(yaml)")
            return try #require(plans.first)
        }
        let plan = try compiled([:])
        #expect(plan.label.zh == "计划“甲”: #1" && plan.all.count == draft.lines.count)
        #expect(plan.leaves.compactMap(\.amount).map(\.value) == [2_500, 3, 0.15, 0.05, 120])
        #expect(plan.office(try #require(plan.items.first?.owner))?.label.zh == "市规划科")
        let fewer = try compiled([1: LineChoice(isDropped: true, label: "")])
        #expect(fewer.items.count == 1 && fewer.all.allSatisfy { !$0.label.zh.contains("学位") })
        let changed = try compiled([1: LineChoice(label: "改过的\n\"名称\"", owner: "新单位")])
        #expect(changed.items.first?.label.zh == "改过的 \"名称\"" && changed.offices.contains { $0.label.zh == "新单位" })
    }

    /// Texts put together from what trips readers up: marks, numbers, brackets, half letters, odd spaces.
    private static func jumble(_ seed: UInt64) -> String {
        let pieces = [
            "一、", "（一）", "(二)", "1.", "（1）", "一是", "第十，", "十", "百分之", "百", "万", "亿", "2025年底", "-", "20", "%", "％", "不低于", "培育", "名", "所",
            "、", "，",
            "。", "；", "\n", "\r\n", "　", "“", "”", "(", ")", "（", "）", "qiáng", "區", "責任單位：", ":", ".", "1,000", "０", "😀", "e\u{301}",
            "\u{200B}", "\0", "…", "等部门要",
            "20世纪", "99999999999999999999", "【", "】", "\u{FEFF}",
        ]
        var state = seed &* 6_364_136_223_846_793_005 &+ 1
        var text = ""
        for _ in 0..<Int(seed % 90) {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text += pieces[Int(state >> 33) % pieces.count]
        }
        return text
    }

    @Test("什么文字都不会读坏，出处总在原文里，草稿总能编译") func fuzz() {
        for seed in UInt64(0)..<1_500 {
            let text = Self.jumble(seed)
            let draft = PlanTextReader.read(text, title: "t")
            let length = text.count
            for place in draft.lines.map(\.place) + draft.quantities.map(\.place) {
                let isInside = place.start >= 0 && place.start < place.end && place.end <= length
                #expect(isInside && place.text(in: text)?.isEmpty == false, "\(seed): \(place)")
            }
            for line in draft.lines {
                #expect(line.parent.map { $0 < line.number } ?? true, "\(seed)")
                if let parent = line.parent { #expect(draft.lines[parent - 1].level < line.level, "\(seed): \(line.number)") }
            }
            let log = DiagnosticLog()
            let yaml = DraftDefinition(
                draft, id: "d", from: Day(year: 2000, month: 1, day: 1), until: Day(year: 2099, month: 12, day: 31)
            ).yaml
            guard !draft.lines.isEmpty else { continue }
            _ = CityPlan.list(DefinitionSet([DefinitionFile(path: "d", text: yaml)], log), log)
            #expect(log.diagnostics.isEmpty, "\(seed): \(log.diagnostics.map(\.description)) \(yaml)")
        }
    }
}
