import Definitions
import Exchanges
import Foundation
import Testing
import Vocabulary

@Suite("交流轮岗规则") struct RotationRulesTests {
    static var shipped: String {
        let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        return (try? String(contentsOf: root.appendingPathComponent("Catalogue/national/rotation/national.yaml"), encoding: .utf8)) ?? ""
    }

    private func compile(_ text: String) -> (rules: RotationRules?, complaints: [String]) {
        let log = DiagnosticLog()
        let found = DefinitionSet([DefinitionFile(path: "r.yaml", text: text)], log).of(kind: "rotation").map { RotationRules($0, log) }
        return (found.first, log.diagnostics.map(\.description))
    }

    @Test("随程序的规则：10%、20%，出自教师〔2014〕4号") func national() throws {
        let (found, complaints) = compile(Self.shipped)
        let rules = try #require(found)
        #expect(complaints == [])
        #expect(rules.rate == Share(basis: 1_000) && rules.backboneShare == Share(basis: 2_000) && rules.basis == .eligible)
        #expect(rules.document == "教师〔2014〕4号" && rules.travel.school == 20_000 && rules.heads.terms == 2)
        #expect(rules.form(written: "对口支援")?.counts == true && rules.form(written: "跟岗学习")?.counts == false)
    }

    @Test("写错的比例、年限、键，指到行") func complaints() throws {
        let lines = Self.shipped.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        func line(_ start: String) throws -> Int { try #require(lines.firstIndex { $0.hasPrefix(start) }) + 1 }
        func said(_ old: String, _ new: String) -> [String] { compile(Self.shipped.replacing(old, with: new)).complaints }
        #expect(said("  rate: 0.10", "  rate: 10").first?.hasPrefix("r.yaml:\(try line("  rate:"))") == true)
        #expect(said("  years: 6", "  years: 六").first?.hasPrefix("r.yaml:\(try line("  years:"))") == true)
        #expect(said("  school: 20", "  schol: 20").first?.contains("是否想写“school”") == true)
        #expect(said("  of: eligible", "  of: all").first?.contains("eligible、full-time") == true)
        #expect(said("id: post,", "id: regular,").first?.contains("重复的 id") == true)
    }

    @Test("比例向上取整：7人的15%是2人") func shares() {
        #expect(Share(basis: 1_500).least(of: 7) == 2)
        #expect(Share(basis: 1_500).least(of: 20) == 3)
        #expect(Share(basis: 2_000).isReached(by: 2, of: 10) && !Share(basis: 2_000).isReached(by: 1, of: 6))
        #expect("\(Share(basis: 1_250))" == "12.5%" && "\(Share(basis: 105))" == "1.05%")
        #expect(Share(decimal: 0.15) == Share(basis: 1_500) && Share(decimal: 1.5) == nil && Share(decimal: 0.000_01) == nil)
    }
}
