import Indicators
import Pages
import SiteMap
import Testing
import Vocabulary

@testable import Balance

@Suite("页面") struct PageTests {
    @Test("每个条目都有说明页，县级条目写出公式、代入的数和条款") func items() async throws {
        let look = try await InventedBureau().look()
        let county = try look.county("云溪县")
        for part in look.standard.parts {
            for item in part.items where item.level != .unit {
                let page = try #require(ItemPage(look, county, code: item.code), "\(item.code)")
                #expect(page.tests.count == item.tests.count)
                #expect(page.lines.contains { $0.text.contains(item.clause) }, "\(item.code)")
            }
            for item in part.items where item.level == .unit {
                for stage in look.standard.stages {
                    #expect(SpreadPage(look, county, code: item.code, stage: stage) != nil, "\(item.code)")
                }
            }
        }
        let exchange = try #require(ItemPage(look, county, code: "G11"))
        #expect(exchange.tests[0].lines.contains { $0.label == "代入" && $0.text == "72 ÷ 900 = 8%" })
        #expect(exchange.page.title == "云溪县政府保障程度 G11：不达标")
    }

    @Test("缺数的条目说缺什么") func missing() async throws {
        let look = try await InventedBureau().look()
        let page = try #require(ItemPage(look, try look.county("石桥县"), code: "R1"))
        #expect(page.page.title.hasSuffix("资料不足"))
        #expect(page.tests[0].lines.contains { $0.label == "还缺" })
    }

    @Test("缺数的县不说没有问题，下一步是补数") func openCounty() async throws {
        let look = try await InventedBureau().look()
        let county = try look.county("石桥县")
        let page = CountyPage(look, county, sentence: VerdictSentence.text(county))
        #expect(page.spreadTitle == "没有差异系数超过上限，2项资料不足")
        #expect(page.next.first?.label == "看哪些学校缺数")
        #expect(page.next.first?.url.contains("q=%E8%B5%84%E6%96%99%E4%B8%8D%E8%B6%B3") == true)
    }

    @Test("公式用人的话") func formulaWords() throws {
        let words = FormulaWords(catalogue: try InventedBureau().catalogue)
        #expect(words.readable("ceil((classes.primary + classes.junior) / 12)") == "向上取整((小学班数 + 初中班数) ÷ 12)")
        #expect(words.filled("(a - b) / c", ["a": 7, "b": 2, "c": 2.5].value) == "(7 − 2) ÷ 2.5")
        #expect(words.filled("a / c", ["a": 7].value) == nil)
    }

    @Test("两个标准或两个学年，同一张页") func comparison() async throws {
        let bureau = try InventedBureau()
        let look = try await bureau.look()
        let before = try #require(look.before)
        let page = ComparisonPage(look, try look.county("东岭县"), against: before)
        #expect(page.before == "2024—2025学年")
        #expect(page.after == "2025—2026学年")
        let strict = try #require(bureau.evaluated("balance-strict", SchoolYear(2025), .official))
        let other = ComparisonPage(look, try look.county("城关区"), against: strict)
        #expect(other.before == "县域义务教育优质均衡（省定）" && other.after == "县域义务教育优质均衡（2017）")
        #expect(other.standards.contains { $0.value == "balance-strict" && $0.isChosen })
        #expect(other.spreads.html.contains(">0.20<") && other.spreads.html.contains(">0.50<"))
        #expect(other.spreads.html.contains("不达标"), "over the tighter ceiling")
        #expect(!other.charts.isEmpty && other.chartTitle == "14项差异系数中0项下降、0项上升")
    }

    @Test("没有边界文件也有学校图，全市页只是没有图") func withoutBoundaries() async throws {
        var bureau = try InventedBureau()
        bureau.outlines = []
        bureau.problem = "boundaries.geojson: 没有写明坐标系"
        let look = try await bureau.look()
        let map = CountyMap(look).schools(try look.county("云溪县"))
        #expect(map.svg.contains("dot-notmet"))
        #expect(map.unplaced == 0)
        let city = CityPage(look, trend: [])
        #expect(!city.hasMap)
        #expect(try bureau.templates.html(city, "city").contains("边界文件没有用上，因此没有地图。boundaries.geojson: 没有写明坐标系"))
    }
}

extension [String: Double] {
    fileprivate func value(_ name: String) -> Double? { self[name] }
}
