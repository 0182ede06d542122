import Definitions
import Foundation
import Staffing
import Testing
import Vocabulary

/// The rules that come with the program, and others made from their text.
enum Shipped {
    static var text: String {
        let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        return (try? String(contentsOf: root.appendingPathComponent("Catalogue/national/staffing/national.yaml"), encoding: .utf8)) ?? ""
    }

    static func compile(_ text: String) -> (rules: StaffingRules?, complaints: [String]) {
        let log = DiagnosticLog()
        let found = DefinitionSet([DefinitionFile(path: "s.yaml", text: text)], log).of(kind: "staffing").map { StaffingRules($0, log) }
        return (found.first, log.diagnostics.map(\.description))
    }

    static func rules() throws -> StaffingRules { try #require(compile(text).rules) }
}

@Suite("编制规则") struct StaffingRulesTests {
    @Test("随程序的规则：1:19、1:13.5、1:12.5，出自中央编办发〔2014〕72号") func national() throws {
        let (found, complaints) = Shipped.compile(Shipped.text)
        let rules = try #require(found)
        #expect(complaints == [])
        #expect(rules.ratios == [.primary: 19_000, .junior: 13_500, .senior: 12_500] && rules.document == "中央编办发〔2014〕72号")
        #expect(rules.subject("政治") == "道德与法治" && rules.subject("物理") == "物理")
        #expect(rules.retirement.adopted == Day(year: 2024, month: 9, day: 13) && rules.retirement.from == Month(2025, 1))
        #expect(rules.posts.distance == 30_000 && rules.forecast.ahead == 5)
    }

    @Test("每周课时折合九年总课时的比例都在课程方案的范围里") func curriculum() throws {
        let rules = try Shipped.rules()
        // 《义务教育课程方案（2022年版）》: 26 lessons a week in grades 1–2, 30 in 3–6, 34 in 7–9.
        let whole = 2.0 * 26 + 4 * 30 + 3 * 34
        func share(_ subjects: [String]) -> Double {
            [(Stage.primary, 6.0), (.junior, 3)].reduce(0) { sum, stage in
                let hours = rules.curriculum(stage.0)?.hours.filter { subjects.contains($0.subject) } ?? []
                return sum + hours.reduce(0) { $0 + Double($1.lessons) } / 1_000 * stage.1
            } / whole
        }
        let ranges: [([String], ClosedRange<Double>)] = [
            (["道德与法治"], 0.06...0.08), (["语文"], 0.20...0.22), (["数学"], 0.13...0.15), (["英语"], 0.06...0.08), (["历史", "地理"], 0.03...0.04),
            (["科学", "生物学", "物理", "化学"], 0.08...0.10), (["信息科技"], 0.01...0.03), (["体育与健康"], 0.10...0.11), (["音乐", "美术"], 0.09...0.11),
        ]
        for (subjects, range) in ranges { #expect(range.contains(share(subjects)), "\(subjects) \(share(subjects))") }
    }

    @Test("写错的比例、学段、月份、键，指到行") func complaints() throws {
        let lines = Shipped.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        func line(_ start: String) throws -> Int { try #require(lines.firstIndex { $0.hasPrefix(start) }) + 1 }
        func said(_ old: String, _ new: String) -> [String] { Shipped.compile(Shipped.text.replacing(old, with: new)).complaints }
        #expect(said("primary: 19,", "primary: 0,").first?.hasPrefix("s.yaml:\(try line("ratios:"))") == true)
        #expect(said("primary: 19,", "primay: 19,").first?.contains("没有学段“primay”") == true)
        #expect(said("  from: 2025-01\n", "  from: 2025\n").first?.hasPrefix("s.yaml:\(try line("  from: 2025"))") == true)
        #expect(said("boarding", "bording").isEmpty)
        #expect(said("teaching: [专任教师]", "teching: [专任教师]").contains { $0.contains("是否想写“teaching”") })
        #expect(said("intake: hold", "intake: guess").first?.contains("hold、unknown") == true)
        #expect(said("age: 55, step: 4, most: 58", "age: 55, step: 4, most: 50").first?.contains("most") == true)
    }
}

@Suite("法定退休年龄") struct RetirementTests {
    private func person(_ sex: String, _ born: Month, category: String = "专任教师", title: String = "") -> StaffMember {
        var member = StaffMember(id: "T", unit: 0, category: category, subject: "语文")
        (member.sex, member.born, member.title) = (sex, born, title)
        return member
    }

    /// Rows of the tables beside the decision of 2024-09-13.
    @Test(
        "与决定附表的行一致",
        arguments: [
            ("男", "1964-12", "", "", "2024-12"), ("男", "1965-01", "", "", "2025-02"), ("男", "1965-04", "", "", "2025-05"),
            ("男", "1965-05", "", "", "2025-07"), ("男", "1976-08", "", "", "2039-07"), ("男", "1976-09", "", "", "2039-09"),
            ("男", "1980-03", "", "", "2043-03"), ("女", "1970-01", "", "", "2025-02"), ("女", "1970-05", "", "", "2025-07"),
            ("女", "1981-09", "", "", "2039-09"), ("女", "1990-01", "", "", "2048-01"), ("女", "1975-01", "工勤", "", "2025-02"),
            ("女", "1975-03", "工勤", "", "2025-05"), ("女", "1984-11", "工勤", "", "2039-11"), ("女", "1970-01", "专任教师", "高级", "2031-05"),
        ]) func table(_ sex: String, _ born: String, _ category: String, _ title: String, _ month: String) throws
    {
        let rules = try Shipped.rules().retirement
        let member = person(sex, try #require(Month(text: born)), category: category, title: title)
        #expect(rules.month(member)?.description == month)
    }

    @Test("弹性提前最多三年，不低于原年龄；没有性别算不出") func early() throws {
        let rules = try Shipped.rules().retirement
        #expect(rules.earliest(person("男", Month(1980, 3)))?.description == "2040-03")
        #expect(rules.earliest(person("男", Month(1965, 5)))?.description == "2025-05")
        #expect(rules.earliest(person("女", Month(1984, 11), category: "工勤"))?.description == "2036-11")
        #expect(rules.month(person("", Month(1980, 3))) == nil)
        #expect(Month(text: "198503") == Month(1985, 3) && Month(text: "1985年3月") == Month(1985, 3) && Month(text: "1985-13") == nil)
    }
}
