import Definitions
import Testing
import Vocabulary

/// A mistake a clerk makes in an overlay, and what the message must say.
struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var code: String
    /// Line of the overlay the message points at.
    var line: Int
    var says: [String]
    var testDescription: String { name }

    init(_ name: String, code: String, line: Int, says: [String], _ text: String) {
        self.name = name
        self.text = text
        self.code = code
        self.line = line
        self.says = says
    }
}

private let head = "tighten: balance-2017\ndocument: 示例〔2026〕1号\n"
private let indicator = "indicator: books-new\nlabel: 新指标\nunit: 册\n"
private let example = "examples: [ { given: { books: 9, pupils: 3 }, value: 3 } ]\n"

@Suite("地方目录里常见的写错") struct OverlayMistakesTests {
    static let mistakes: [Mistake] = [
        .init("键名拼错", code: "definition.key.unknown", line: 3, says: ["treshold", "是否想写“thresholds”"], head + "tresholds: { L1: 5 }\n"),
        .init("定义种类拼错", code: "definition.kind", line: 1, says: ["tightn", "是否想写“tighten”"], "tightn: balance-2017\ndocument: 甲\n"),
        .init("标准编号写错", code: "tighten.standard", line: 1, says: ["balance-2018", "balance-2017"], "tighten: balance-2018\ndocument: 甲\n"),
        .init("没写文号", code: "definition.key.missing", line: 1, says: ["缺少“document”"], "tighten: balance-2017\nthresholds: { L1: 5.5 }\n"),
        .init(
            "数据元写错", code: "formula.variable", line: 4, says: ["book", "是否想写“books”"],
            indicator + "numerator: book\ndenominator: pupils\n" + example),
        .init(
            "公式里写了中文名称", code: "formula.variable", line: 4, says: ["图书册数", "写数据元的编号"],
            indicator + "numerator: 图书册数\ndenominator: pupils\n" + example),
        .init(
            "公式用了中文括号", code: "formula.syntax", line: 4, says: ["“（”是中文标点", "请改成英文的“(”"],
            indicator + "numerator: （books + 1）\ndenominator: pupils\n" + example),
        .init(
            "公式用了全角数字", code: "formula.syntax", line: 4, says: ["全角数字", "2"],
            indicator + "numerator: books * ２\ndenominator: pupils\n" + example),
        .init(
            "公式没写完", code: "formula.syntax", line: 4, says: ["公式没有写完"], indicator + "numerator: books +\ndenominator: pupils\n" + example),
        .init(
            "指标不带算例", code: "indicator.examples", line: 1, says: ["books-new", "算例"], indicator + "numerator: books\ndenominator: pupils\n"),
        .init(
            "算例算错", code: "example.wrong", line: 6, says: ["应得4", "算出的是3"],
            indicator + "numerator: books\ndenominator: pupils\nexamples: [ { given: { books: 9, pupils: 3 }, value: 4 } ]\n"),
        .init("增加的项目没写条款", code: "definition.key.missing", line: 3, says: ["缺少“clause”"], head + added("")),
        .init(
            "增加的项目用了已有编号", code: "tighten.add", line: 3, says: ["“G1”已有", "新编号"],
            head + added(", clause: 第1条").replacing("X1", with: "G1")),
        .init("用制表符缩进", code: "definition.yaml", line: 4, says: ["第4行", "制表符", "空格"], head + "thresholds:\n\tL1: 5.5\n"),
        .init("冒号用了中文", code: "definition.yaml", line: 3, says: ["第2行的冒号是中文"], "tighten: balance-2017\ndocument：示例\nschools: {}\n"),
        .init("整份文件冒号用了中文", code: "definition.document", line: 1, says: ["冒号是中文", "改成英文冒号"], "tighten：balance-2017\n"),
        .init(
            "引号没成对", code: "definition.yaml", line: 2, says: ["第2行的引号没有成对"],
            "tighten: balance-2017\ndocument: \"示例\nthresholds: { L1: 5.5 }\n"),
        .init(
            "同一编号写了两遍", code: "definition.duplicate", line: 5, says: ["已在 o.yaml:1:1 定义过"],
            "element: trees\nlabel: 树\nscope: school\n---\nelement: trees\nlabel: 树\nscope: school\n"),
        .init("同一处写了两遍同一个键", code: "definition.yaml", line: 2, says: ["写了两遍“document”"], head + "document: 又一份\n"),
        .init(
            "改写国家目录的指标", code: "overlay.redefines", line: 1, says: ["上级目录", "请用 tighten"],
            "indicator: books-per-pupil\nlabel: 图书\nnumerator: books\n" + example),
        .init(
            "放宽限值", code: "tighten.loosens", line: 3, says: ["L1 小学原为 4.2", "写 4", "不小于 4.2"], head + "thresholds: { L1: { primary: 4 } }\n"
        ),
        .init(
            "放宽差异系数", code: "tighten.loosens", line: 3, says: ["原为 0.5", "不大于 0.5"], head + "ceilings: { resources: { primary: 0.55 } }\n"),
        .init("放宽县级项目", code: "tighten.loosens", line: 3, says: ["G11 交流轮岗比例原为 0.1"], head + "thresholds: { G11: { 交流轮岗比例: 0.08 } }\n"),
        .init(
            "学段拼错", code: "definition.stage", line: 3, says: ["没有学段“primry”", "primary（小学）"], head + "thresholds: { L1: { primry: 4.5 } }\n"
        ),
        .init("学段不在标准内", code: "definition.stage", line: 3, says: ["不评估高中"], head + "thresholds: { L1: { senior: 9 } }\n"),
        .init(
            "公式里学段拼错", code: "formula.stage", line: 4, says: ["pupils.junor", "junior（初中）"],
            indicator + "numerator: pupils.junor\n" + example),
        .init("项目编号写错", code: "tighten.code", line: 3, says: ["没有编号“L8”", "L7"], head + "thresholds: { L8: 3 }\n"),
        .init("几条检验没说哪条", code: "tighten.test", line: 3, says: ["多条检验", "交流轮岗比例"], head + "thresholds: { G11: 0.15 }\n"),
        .init("百分数没写成小数", code: "definition.number", line: 3, says: ["15%", "百分数写成小数"], head + "thresholds: { Q1: 15% }\n"),
        .init("达标项数多于指标数", code: "tighten.minimum", line: 3, says: ["只有7项", "8"], head + "schools: { resources: { minimum: 8 } }\n"),
        .init("没有这种口径", code: "tighten.choose", line: 3, says: ["entrants（口径二）"], head + "choose: { Q1: second }\n"),
    ]

    private static func added(_ clause: String) -> String {
        "add: [ { part: government, label: 增, items: [ { code: X1, label: 新, level: county\(clause), "
            + "tests: [ { label: 甲, value: small_schools, atLeast: \"1\" } ] } ] } ]\n"
    }

    @Test("每种写错都说出文件、行、哪里不对和怎么改", arguments: mistakes) func explained(_ mistake: Mistake) throws {
        let found = compile(try nationalFiles() + [DefinitionFile(path: "o.yaml", text: mistake.text, layer: 1)]).diagnostics
        let complaint = try #require(found.first { $0.code == mistake.code }, "\(found.map { "\($0.code) \($0)" })")
        #expect("\(complaint.place)".hasPrefix("o.yaml:\(mistake.line):"), "\(complaint)")
        for word in mistake.says { #expect(complaint.message.contains(word), "\(complaint)") }
    }

    @Test("写对的地方目录没有一句意见") func clean() throws {
        let right =
            head + """
                thresholds: { L1: { primary: 4.5 }, G11: { 交流轮岗比例: 0.15 }, R1: 0.9 }
                schools: { resources: { minimum: 7, floor: 0.9 } }
                ceilings: { resources: { junior: 0.4 } }
                choose: { Q1: entrants, G3: whole-twelves, apportion: reported }
                \(OverlayMistakesTests.added(", clause: 示例〔2026〕1号第三条"))
                """
        #expect(compile(try nationalFiles() + [DefinitionFile(path: "o.yaml", text: right, layer: 1)]).diagnostics.map(\.description) == [])
    }
}
