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
}
