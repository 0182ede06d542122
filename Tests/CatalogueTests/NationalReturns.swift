import Definitions
import Foundation
import Indicators
import Testing
import Vocabulary

/// Rows of the national forms for tests of the shipped standards.
struct NationalReturns {
    let catalogue: IndicatorCatalogue

    /// The shipped catalogue, with overlays laid over it; any complaint fails the test.
    init(_ overlays: String...) throws {
        let files = try nationalFiles() + overlays.enumerated().map { DefinitionFile(path: "o\($0).yaml", text: $1, layer: 1) }
        let (catalogue, diagnostics) = compile(files)
        try #require(diagnostics.isEmpty, "\(diagnostics)")
        self.catalogue = catalogue
    }

    /// A school that meets every threshold of 2017 with room to spare; `numbers` replaces, `without` blanks.
    static func school(
        _ code: String, kind: String = "211", sponsor: String = "公办", setting: String = "镇区", _ numbers: [String: Double] = [:],
        without: [String] = []
    ) -> ReturnRow {
        var facts: [String: Double] = [
            "teaching_area": 6_000, "gym_area": 400, "sports_area": 12_000, "equipment_value": 3_000_000, "networked_classrooms": 40,
            "music_rooms": 3, "art_rooms": 3, "founded": 1990, "books": 30_000, "computers": 200,
        ]
        let stages = kind == "311" || kind == "341" ? ["junior"] : kind == "312" ? ["primary", "junior"] : ["primary"]
        for stage in stages {
            facts.merge([
                "pupils.\(stage)": 500, "classes.\(stage)": 12, "largest_class.\(stage)": 44, "teachers.\(stage)": 45,
                "qualified_teachers.\(stage)": 40, "backbone_teachers.\(stage)": 10, "arts_pe_teachers.\(stage)": 9,
                "mid_title_teachers.\(stage)": 20,
            ]) { _, new in new }
        }
        facts.merge(numbers) { _, new in new }
        for name in without { facts[name] = nil }
        let pairs = facts.compactMap { name, value in FactKey(name).map { ($0, Fact.known(value)) } }
        return ReturnRow(
            number: 2,
            attributes: ["code": code, "name": "学校\(code)", "county": "清河县", "kind": kind, "setting": setting, "sponsor": sponsor],
            facts: Dictionary(uniqueKeysWithValues: pairs))
    }

    func evaluation(_ standard: String, _ schools: [ReturnRow], county: [String: Double]? = nil) throws -> Evaluation {
        let rules = try #require(catalogue.standards[standard])
        let table = try table(rules.form, schools)
        guard let county, let form = rules.countyForm else { return Evaluation(rules, catalogue: catalogue, schools: table) }
        let facts = Dictionary(uniqueKeysWithValues: county.map { (FactKey($0.key, nil), Fact.known($0.value)) })
        let figures = try self.table(form, [ReturnRow(number: 2, attributes: ["county": "清河县"], facts: facts)])
        return Evaluation(rules, catalogue: catalogue, schools: rules.form == form ? figures : table, counties: figures)
    }

    func county(_ standard: String, _ schools: [ReturnRow], county: [String: Double]? = nil) throws -> CountyResult {
        try #require(try evaluation(standard, schools, county: county).run().county("清河县"))
    }

    func item(_ standard: String, _ code: String, county figures: [String: Double]) throws -> ItemResult {
        let result = try county(standard, [NationalReturns.school("1")], county: figures)
        return try #require(result.parts.flatMap(\.items).first { $0.code == code })
    }

    private func table(_ form: String, _ rows: [ReturnRow]) throws -> ReturnTable {
        var table = ReturnTable(form: try #require(catalogue.forms[form]), schoolYear: SchoolYear(2025))
        table.begin(ReturnOrigin(file: "f.xlsx", sheet: "表"))
        for row in rows { table.append(row) }
        return table
    }
}
