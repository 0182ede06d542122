import Casework
import Foundation
import Testing
import Vocabulary

@Suite("按定义填表") struct CaseFormTests {
    private func form() throws -> CaseForm { try #require(try FlowerShow.definition().form("entry")) }

    private let whole: [String: FieldValue] = [
        "name": .text("牡丹"), "story": .text("一"), "stems": .number(3), "price": .money(1_050),
        "born": .date(Day(year: 2025, month: 9, day: 1)),
        "colour": .choice("red"), "smells": .choices(["sweet"]), "wild": .yesNo(true), "from": .text("东山"),
        "school": .reference(id: "1", label: "甲校"), "unit": .reference(id: "1/primary", label: "甲校小学部"),
        "county": .reference(id: "甲县", label: "甲县"), "grower": .reference(id: "p1", label: "某人"),
        "picture": .files([CaseFile(name: "a", digest: "d", size: 1, type: "image/png")]),
        "paper": .files([CaseFile(name: "b", digest: "e", size: 1, type: "application/pdf")]),
        "bed": .location(CasePosition(longitude: 113, latitude: 23)), "height": .number(40),
        "pots": .table([["kind": .text("陶"), "cost": .money(250)], ["kind": .text("瓷"), "cost": .money(1_000)]]),
    ]

    @Test("十八种栏目都收得下，算出来的按元合计") func everyType() throws {
        let types = Set(try form().fields.map(\.type))
        #expect(types == Set(FieldType.allCases))
        let (answers, complaints) = try form().check(whole, today: FlowerShow.today)
        #expect(complaints == [])
        // 10.50 yuan × 3 + 2.50 + 10.00
        #expect(answers["total"] == .number(44))
        #expect(answers.count == whole.count + 1)
    }

    @Test(
        "填错的，说出哪一栏、怎么改",
        arguments: [
            ("name", FieldValue.text("一二三四五六七八九十一"), "最多10字，现有11字"), ("stems", .number(0), "不能小于1枝"), ("stems", .number(101), "不能大于100枝"),
            ("price", .money(-1), "不能小于0元"), ("colour", .choice("blue"), "从列出的选项里选"),
            ("smells", .choices(["sweet", "sour", "none"]), "最多选2项"),
            ("picture", .files((0..<3).map { CaseFile(name: "\($0)", digest: "\($0)", size: 1, type: "") }), "最多2个文件"),
            ("bed", .location(CasePosition(longitude: 500, latitude: 0)), "不是地球上的位置"), ("born", .text("昨天"), "应是日期"),
            ("pots", .table([["kind": .text("陶")]]), "第1行：请填“价”"), ("name", .text("  "), "请填“花名”"),
        ]) func wrong(_ field: String, _ value: FieldValue, _ says: String) throws
    {
        var answers = whole
        answers[field] = value
        let complaints = try form().check(answers, today: FlowerShow.today).complaints
        #expect(complaints.count == 1 && complaints[0].field.hasPrefix(field), "\(complaints)")
        #expect(complaints.first?.message.contains(says) == true, "\(complaints)")
    }

    @Test("没问的不收，问了的必填") func conditions() throws {
        var answers = whole
        answers["wild"] = .yesNo(false)
        #expect(try form().check(answers, today: FlowerShow.today).answers["from"] == nil)
        answers["wild"] = .yesNo(true)
        answers["from"] = nil
        #expect(try form().check(answers, today: FlowerShow.today).complaints.map(\.field) == ["from"])
        // One number missing: no sum, and not zero.
        answers["price"] = nil
        #expect(try form().check(answers, today: FlowerShow.today).answers["total"] == nil)
    }

    @Test(
        "人怎么打字都认得",
        arguments: [
            ("stems", "１２", FieldValue.number(12)), ("price", "3,000.5", .money(300_050)), ("price", "1.2万元", .money(1_200_000)),
            ("born", "2024/9/1", .date(Day(year: 2024, month: 9, day: 1))), ("born", "20240901", .date(Day(year: 2024, month: 9, day: 1))),
            ("born", "2024年9月1日", .date(Day(year: 2024, month: 9, day: 1))), ("colour", "红", .choice("red")), ("wild", "是", .yesNo(true)),
            ("wild", "no", .yesNo(false)), ("bed", "113.5, 23.1", .location(CasePosition(longitude: 113.5, latitude: 23.1))),
        ]) func reading(_ field: String, _ typed: String, _ value: FieldValue) throws
    {
        #expect(try form().field(field)?.read([typed]) == value)
    }

    @Test(
        "认不出的说清楚",
        arguments: [("born", "2024-02-30"), ("stems", "十二"), ("stems", "nan"), ("price", "1.234"), ("wild", "也许"), ("bed", "113")])
    func unreadable(_ field: String, _ typed: String) throws {
        let field = try #require(try form().field(field))
        #expect(throws: FieldComplaint.Unreadable.self) { try field.read([typed]) }
    }

    @Test("说出来的数最多四位小数，钱分三位一节") func words() throws {
        let (stems, price) = (try #require(try form().field("stems")), try #require(try form().field("price")))
        #expect(stems.words(.number(5.0 / 7)) == "0.7143枝" && stems.words(.number(3)) == "3枝")
        #expect(price.words(.money(123_456_705)) == "1,234,567.05元" && price.words(.money(-200)) == "-2元")
    }

    @Test("存进库再读出来一模一样") func stored() throws {
        let item = try FlowerShow.opened(whole)
        let bytes = try JSONEncoder().encode(item.history)
        #expect(try JSONDecoder().decode([CaseEvent].self, from: bytes).map(\.answers) == item.history.map(\.answers))
    }

    @Test("保密栏目加密保存，只有指定岗位打得开") func privacy() throws {
        let definition = try FlowerShow.definition()
        let event = try FlowerShow.opened(whole).history[0]
        #expect(throws: CaseRefusal.self) { _ = try definition.sealed(event, of: "c1", with: nil) }
        let kept = try definition.sealed(event, of: "c1", with: Backwards())
        guard case .sealed(let text)? = kept.answers["grower"] else {
            Issue.record("not sealed")
            return
        }
        #expect(!text.contains("某人") && kept.answers["name"] == .text("牡丹"))
        let item = try #require(Case("c1", events: [kept]))
        let judge = try definition.opened(item, for: FlowerShow.judge(), with: Backwards())
        #expect(judge.item.answers["grower"] == whole["grower"] && judge.fields == ["grower"])
        for other in [FlowerShow.gardener(), FlowerShow.minister, FlowerShow.judge("k", county: "乙县"), .anonymous] {
            let seen = try definition.opened(item, for: other, with: Backwards())
            #expect(seen.item.answers["grower"] == .sealed(text) && seen.fields.isEmpty, "\(other)")
        }
    }
}

/// A cipher for tests: turns bytes round and remembers the context.
struct Backwards: PrivateFields {
    struct Wrong: Error {}
    func seal(_ bytes: [UInt8], context: String) throws -> String {
        "\(context)|\(bytes.reversed().map { String($0, radix: 16) }.joined(separator: ","))"
    }
    func open(_ sealed: String, context: String) throws -> [UInt8] {
        guard sealed.hasPrefix("\(context)|") else { throw Wrong() }
        return sealed.dropFirst(context.count + 1).split(separator: ",").compactMap { UInt8($0, radix: 16) }.reversed()
    }
}
