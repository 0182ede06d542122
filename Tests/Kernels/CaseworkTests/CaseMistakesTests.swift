import Casework
import Testing
import Vocabulary

/// A mistake somebody makes in a definition, and what the message must say.
private struct Slip: Sendable, CustomTestStringConvertible {
    var code: String
    var old: String
    var new: String
    var says: [String]
    var testDescription: String { "\(code): \(new.prefix(30))" }

    init(_ code: String, _ old: String, _ new: String, _ says: String...) {
        self.code = code
        self.old = old
        self.new = new
        self.says = says
    }
}

@Suite("办事规则里常见的写错") struct CaseMistakesTests {
    private static let slips: [Slip] = [
        Slip("case.state.unknown", "to: signing, by", "to: signig, by", "signig", "是否想写“signing”"),
        Slip("case.state.unreachable", "to: wilted", "to: won", "枯萎", "走不到"),
        Slip("case.end", ", end: true }\n  wilted: { label: 枯萎, end: true, abandoned: true }", " }\n  wilted: { label: 枯萎 }", "没有终结状态"),
        Slip("case.role", "by: [judge], handOver", "by: [juge], handOver", "juge", "是否想写“judge”"),
        Slip("case.nobody", "by: [opener], reason", "by: [], reason", "枯了", "没有人能办"),
        Slip("definition.key.missing", "label: 浇水, ", "", "缺少“label”"),
        Slip("definition.key.unknown", "notAfter: [sign]", "notAftr: [sign]", "notAftr", "notAfter"),
        Slip("case.action.unknown", "notAfter: [sign]", "notAfter: [sgn]", "是否想写“sign”"),
        Slip("case.form", "form: show, takes", "form: shw, takes", "shw", "是否想写“show”"),
        Slip("case.deadline.field", "until: form.day", "until: form.daye", "daye", "form.day"),
        Slip("case.deadline.field", "required: true, future: true", "future: true", "必须填写"),
        Slip("case.deadline.field", "until: form.day", "until: form.name", "不是日期"),
        Slip("case.deadline", "within: { workingDays: 3 }", "within: 三天", "workingDays"),
        Slip("case.escalation.deadline", "within: { workingDays: 3 }, ", "", "没有期限"),
        Slip("case.condition", "shown: wild = yes", "shown: wild", "栏目 = 值"),
        Slip("case.condition", "shown: wild = yes", "shown: wide = yes", "wide", "是否想写“wild”"),
        Slip("case.condition", "shown: wild = yes", "shown: colour = blue", "没有选项“blue”"),
        Slip("case.condition", "shown: wild = yes", "shown: grower = 1", "保密"),
        Slip("case.formula", "price * stems +", "price * steam +", "steam", "是否想写“stems”"),
        Slip("case.formula", "sum(pots.cost)", "sum(pots.kind)", "不是数"),
        Slip("case.formula", "price * stems +", "price ** stems +", "公式"),
        Slip("case.field.options", "options: { red: 红, white: 白 }", "options: { red: 红 }", "至少要有两个选项"),
        Slip("case.field.columns", "type: table, most: 3, columns", "type: text, most: 3, columns", "不是表格"),
        Slip("case.field.range", "min: 1, max: 100", "min: 100, max: 1", "最大值小于最小值"),
        Slip("case.field.unit", "type: measurement, unit: cm, min", "type: measurement, min", "单位"),
        Slip("definition.choice", "type: yesNo", "type: yesno", "yesNo"),
        Slip("case.notice", "notice: welcome", "notice: welcom", "是否想写“welcome”"),
        Slip("case.notice.word", "{form.name}", "{form.nam}", "无从填写"),
        Slip("case.notice.private", "{form.name}", "{form.grower}", "保密"),
        Slip("case.subCase", "case: flower-show, carries", "case: flower-shw, carries", "flower-shw"),
        Slip("case.subCase", "name: name, stems: stems", "name: name", "枝数", "carries"),
        Slip("case.rule", "waitsFor: subCases", "waitsFor: subCases\n    rule: nothing", "nothing"),
        Slip("case.role.place", "subject: school", "subject: county", "园丁"),
        Slip("case.journeys", "journeys:\n  - name: 报名\n    steps: [", "unused: [", "journeys"),
        Slip("journey.wrong", "due: 2026-03-05", "due: 2026-03-06", "期限应是2026年3月6日"),
        Slip("journey.wrong", "state: entered, due: 2026-03-05", "refused: case.role", "却办成了"),
        Slip("case.form.unused", "form: show, takes: true", "takes: true", "没有一步用到"),
        Slip("case.end.leaves", "from: shown\n", "from: won\n", "终结状态"),
    ]

    @Test("每种写错都说出文件、行、哪里不对和怎么改", arguments: slips) private func explained(_ slip: Slip) throws {
        try #require(FlowerShow.text.contains(slip.old), "\(slip.old)")
        let found = FlowerShow.compile(FlowerShow.text.replacing(slip.old, with: slip.new)).1.filter { $0.code == slip.code }
        let all = FlowerShow.compile(FlowerShow.text.replacing(slip.old, with: slip.new)).1.map { "\($0.code) \($0)" }
        try #require(!found.isEmpty, "\(all)")
        #expect(found.contains { complaint in slip.says.allSatisfy(complaint.message.contains) }, "\(all)")
        #expect(found.allSatisfy { "\($0.place)".hasPrefix("show.yaml:") })
    }

    @Test("写对的没有一句意见") func clean() { #expect(FlowerShow.compile().1.map(\.description) == []) }

    @Test("走进去就出不来的状态") func stuck() {
        let text = FlowerShow.text.replacing("from: any, to: wilted", with: "from: entered, to: wilted").replacing(
            "to: won\n", with: "to: shown\n")
        let found = FlowerShow.compile(text).1
        #expect(
            found.contains { $0.code == "case.state.stuck" && $0.message.contains("已展出") && $0.message.contains("走不到终结状态") }, "\(found)")
    }

    @Test("条件和公式的写法") func small() {
        #expect(FieldCondition("a = x, y and b >= 3")?.tests.count == 2)
        #expect(FieldCondition("a ~ x") == nil && FieldCondition("") == nil && FieldCondition("a >= x") == nil)
        let answers: [String: FieldValue] = ["a": .choice("y"), "b": .money(300)]
        #expect(FieldCondition("a = x, y and b >= 3")?.holds(answers) == true)
        #expect(FieldCondition("a != x and b < 3")?.holds(answers) == false && FieldCondition("c != x")?.holds(answers) == false)
        #expect(FieldFormula("2 * (1 + 3) - 6 / 4")?.value([:]) == 6.5)
        #expect(FieldFormula("a / b")?.value(["a": .number(1), "b": .number(0)]) == nil)
        for wrong in ["", "1 +", "(1", "a.b", "sum(a)", "1 2"] { #expect(FieldFormula(wrong) == nil, "\(wrong)") }
    }
}
