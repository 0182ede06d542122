import CaseRules
import Casework
import Definitions
import Foundation
import Indicators
import Inspection
import Testing
import Vocabulary

/// The folder of the package, found from this file.
let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

func compile(_ files: [DefinitionFile]) -> (catalogue: IndicatorCatalogue, diagnostics: [Diagnostic]) {
    let log = DiagnosticLog()
    let definitions = DefinitionSet(files, log)
    definitions.only(
        kinds: IndicatorCatalogue.documentKinds.union([
            "costs", "rotation", "staffing", "spending", "alliances", "register", "notice", "synonyms",
        ])
        .union(
            CaseDefinitions.documentKinds
        ).union(InspectionCatalogue.documentKinds), log
    )
    let catalogue = IndicatorCatalogue(definitions, log)
    catalogue.proveExamples(log)
    return (catalogue, log.diagnostics)
}

func nationalFiles() throws -> [DefinitionFile] {
    try DefinitionFile.folder(packageFolder.appendingPathComponent("Catalogue/national"))
}

@Suite("国家目录") struct CatalogueTests {
    @Test("全部定义编译无误，每个算例都成立") func compiles() throws {
        let (catalogue, diagnostics) = compile(try nationalFiles())
        #expect(diagnostics.map(\.description) == [])
        #expect(catalogue.indicators.values.allSatisfy { !$0.examples.isEmpty })
    }

    @Test("2017 优质均衡：7＋15＋9＋1 项与一票否决") func quality2017() throws {
        let standard = try #require(compile(try nationalFiles()).catalogue.standards["balance-2017"])
        #expect(standard.parts.map { $0.items.count }.prefix(4) == [7, 15, 9, 1])
        #expect(standard.document == "教督〔2017〕6号")
        #expect(standard.item("L4")?.threshold == [.primary: 4.5, .junior: 5.8])
        #expect(standard.part("resources")?.dispersion?.limit == [.primary: 0.5, .junior: 0.45])
    }

    @Test("2012 基本均衡按八项平均判定，2020 学前普及普惠按县级数据判定") func otherStandards() throws {
        let catalogue = compile(try nationalFiles()).catalogue
        let basic = try #require(catalogue.standards["balance-2012"]?.part("balance"))
        #expect(basic.items.count == 8 && basic.composite?.limit == [.primary: 0.65, .junior: 0.55] && basic.dispersion == nil)
        let rules = try #require(catalogue.standards["preschool-2020"])
        let form = try #require(catalogue.forms["preschool-county"])
        var table = ReturnTable(form: form, schoolYear: SchoolYear(2025))
        let figures: [String: Double] = [
            "preschool_age": 1000, "kindergarten_children": 900, "public_children": 460, "inclusive_children": 300,
            "kindergarten_classes": 40,
            "kindergarten_standard_classes": 36, "kindergarten_teachers": 62, "kindergarten_staff": 70, "kindergarten_certified": 70,
            "townships": 9, "townships_with_public": 9, "preschool_survey_valid": 100, "preschool_survey_satisfied": 90,
            "estate_kindergartens": 12,
            "estate_kindergartens_inclusive": 12, "preschool_funding": 480, "preschool_subsidy": 500, "kindergarten_contract_pay": 40_000,
            "kindergarten_staff_pay": 60_000,
        ]
        let facts = Dictionary(uniqueKeysWithValues: figures.map { (FactKey($0.key, nil), Fact.known($0.value)) })
        table.append(ReturnRow(number: 2, attributes: ["county": "清河县"], facts: facts))
        table.append(ReturnRow(number: 3, attributes: ["county": "云溪县"], facts: [:]))
        let result = Evaluation(rules, catalogue: catalogue, schools: table, counties: table).run()
        #expect(rules.parts.map(\.id) == ["coverage", "government", "quality", "recognition"])
        #expect(result.county("清河县")?.verdict == .met)
        // Local figures have no national limit: shown, not judged.
        #expect(result.county("清河县")?.parts.flatMap(\.items).first { $0.code == "P10" }?.verdict == .measured)
        #expect(result.county("云溪县")?.verdict == .insufficient)
    }

    @Test("学校表的表头就是约定的31列") func headers() throws {
        let form = try #require(compile(try nationalFiles()).catalogue.forms["school-return"])
        #expect(
            form.templateColumns.map(\.header).joined(separator: ", ")
                == "学校标识码, 学校名称, 县(市、区), 办学类型, 城乡, 举办者, 经度, 纬度, 小学在校生数, 初中在校生数, 高中在校生数, 小学班数, 初中班数, 小学最大班额, 初中最大班额, 小学专任教师数, 初中专任教师数, 小学高于规定学历教师数, 初中高于规定学历教师数, 小学县级以上骨干教师数, 初中县级以上骨干教师数, 小学体育艺术专任教师数, 初中体育艺术专任教师数, 教学及辅助用房面积, 室内体育用房面积, 运动场地面积, 教学仪器设备值(万元), 网络多媒体教室数, 音乐专用教室数, 美术专用教室数, 建校年份"
        )
    }

    @Test("写错的键名说出文件、行和建议") func misspelt() {
        let text = "element: books\nlabel: 图书\nscop: school\n"
        let complaints = compile([DefinitionFile(path: "a.yaml", text: text)]).diagnostics.map(\.description)
        #expect(complaints.contains { $0.hasPrefix("a.yaml:3:") && $0.contains("scope") })
    }

    @Test("写坏的 YAML 不会被悄悄略过") func brokenYaml() {
        let text = "form: f\nlabel: 表\ncolumns:\n  - { header: 甲 }  - { header: 乙 }\n"
        let complaints = compile([DefinitionFile(path: "a.yaml", text: text)]).diagnostics
        #expect(complaints.first?.code == "definition.yaml" && "\(complaints[0].place)".hasPrefix("a.yaml:4"))
    }

    @Test("算错的算例说出文件和行") func wrongExample() {
        let text =
            "element: books\nlabel: 图书\nscope: school\n---\nindicator: b\nlabel: 图书\nnumerator: books\nexamples:\n  - { given: { books: 2 }, value: 3 }\n"
        #expect(
            compile([DefinitionFile(path: "a.yaml", text: text)]).diagnostics.contains {
                $0.code == "example.wrong" && "\($0.place)".hasPrefix("a.yaml:9")
            })
    }

    @Test("地方规则可以加严，不能放宽") func overlays() throws {
        let stricter =
            "tighten: balance-2017\ndocument: 示例〔2026〕1号\nthresholds: { L1: { primary: 4.5 } }\nceilings: { resources: { primary: 0.45 } }\n"
        let (catalogue, diagnostics) = compile(try nationalFiles() + [DefinitionFile(path: "o.yaml", text: stricter, layer: 1)])
        #expect(diagnostics.isEmpty)
        #expect(catalogue.standards["balance-2017"]?.item("L1")?.threshold[.primary] == 4.5)
        #expect(catalogue.standards["balance-2017"]?.part("resources")?.dispersion?.limit[.primary] == 0.45)
        let looser = "tighten: balance-2017\ndocument: 示例〔2026〕2号\nthresholds: { L1: { primary: 4 } }\n"
        let refused = compile(try nationalFiles() + [DefinitionFile(path: "o.yaml", text: looser, layer: 1)]).diagnostics
        #expect(refused.map(\.code) == ["tighten.loosens"] && "\(refused[0].place)".hasPrefix("o.yaml:3"))
    }

    @Test("新指标、新列只要 YAML") func newIndicator() {
        let text = """
            element: trees
            label: 树
            unit: 棵
            scope: school
            ---
            element: visitors
            label: 游客
            unit: 人
            scope: school
            ---
            indicator: trees-per-visitor
            label: 人均树木
            unit: 棵
            numerator: trees
            denominator: visitors
            examples: [ { given: { trees: 8, visitors: 2 }, value: 4 } ]
            """
        let (catalogue, diagnostics) = compile([DefinitionFile(path: "park.yaml", text: text)])
        #expect(diagnostics.isEmpty && catalogue.indicators["trees-per-visitor"] != nil)
    }
}
