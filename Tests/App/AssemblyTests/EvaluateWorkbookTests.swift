import Foundation
import Indicators
import Testing
import Vocabulary

@testable import Assembly

@Suite("评估一份数据表") struct EvaluateWorkbookTests {
    private var folder: URL {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return folder
    }

    @Test("五所学校的 CSV：差异系数 0.5153") func fiveSchools() throws {
        let (catalogue, diagnostics) = try CatalogueFolder(environment: ["JUNHENG_CATALOGUE": folder.path + "/Catalogue"]).compile()
        try #require(diagnostics.isEmpty)
        let file = folder.appendingPathComponent("Examples/five-schools.csv")
        let use = EvaluateWorkbook(file, standard: "balance-2017", schoolYear: nil, goodRowsOnly: false, catalogue: catalogue)
        guard case .evaluated(let result, _, _) = use.run(today: Day(year: 2025, month: 10, day: 1)) else {
            Issue.record("the file was refused")
            return
        }
        let json = try #require(try JSONSerialization.jsonObject(with: try EvaluationJSON(result).data()) as? [String: Any])
        #expect(json["schoolYear"] as? Int == 2025)
        let county = try #require((json["counties"] as? [[String: Any]])?.first)
        #expect(county["verdict"] as? String == "notMet")
        let primary = try #require((county["stages"] as? [String: [String: Any]])?["primary"])
        let l7 = try #require((primary["indicators"] as? [[String: Any]])?.first { $0["code"] as? String == "L7" })
        #expect(abs(try #require(l7["cv"] as? Double) - 0.515257) < 1e-6 && l7["verdict"] as? String == "notMet")
    }

    @Test("JSON 一个县一个县地写，字节与整个编码一样") func countyByCounty() throws {
        struct Whole: Encodable {
            let counties: [EvaluationJSON.County]
            let schoolYear: Int
            let standard: String
        }
        let catalogue = try CatalogueFolder(environment: ["JUNHENG_CATALOGUE": folder.path + "/Catalogue"]).compile().catalogue
        let head = "学校标识码,学校名称,县(市、区),办学类型,小学在校生数,网络多媒体教室数\n"
        let rows = (0..<9).map { "\($0),\"校/\"\"\($0)\"\"\n甲\",县\($0 % 3),\($0 == 4 ? "教学点" : "小学"),\($0 * 40 + 30),\($0 + 2)\n" }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(UUID().uuidString).csv")
        try Data((head + rows.joined()).utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let use = EvaluateWorkbook(file, standard: "balance-2017", schoolYear: SchoolYear(2025), goodRowsOnly: false, catalogue: catalogue)
        guard case .evaluated(let result, _, _) = use.run(today: Day(year: 2025, month: 10, day: 1)) else {
            Issue.record("the file was refused")
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let whole = Whole(counties: result.counties.map(EvaluationJSON.County.init), schoolYear: 2025, standard: "balance-2017")
        #expect(result.counties.count == 3)
        #expect(try EvaluationJSON(result).data() == (try encoder.encode(whole)))
    }
}
