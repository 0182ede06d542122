import Definitions
import Testing
import Vocabulary

@testable import Indicators

/// A two-indicator standard, small enough to follow by hand.
enum SmallCatalogue {
    static let text = """
        element: pupils
        label: 在校生数
        unit: 人
        scope: stage
        whole: true
        ---
        element: area
        label: 用房面积
        unit: ㎡
        scope: shared
        ---
        element: gym
        label: 室内体育用房
        unit: ㎡
        scope: shared
        ---
        element: books
        label: 图书
        unit: 册
        scope: shared
        whole: true
        ---
        dictionary: school-kinds
        kinds:
          - { code: "211", label: 小学, stages: [primary] }
          - { code: "218", label: 教学点, stages: [primary] }
          - { code: "311", label: 初级中学, stages: [junior] }
          - { code: "312", label: 九年一贯制学校, stages: [primary, junior] }
          - { code: "511", label: 特殊教育学校, stages: [special] }
        ---
        form: schools
        label: 学校表
        sheet: 学校
        version: "1"
        key: code
        columns:
          - { header: 标识码, attribute: code, required: true }
          - { header: 名称, attribute: name }
          - { header: 县, attribute: county }
          - { header: 类型, attribute: kind }
          - { header: 城乡, attribute: setting }
          - { header: 小学在校生数, element: pupils, stage: primary }
          - { header: 初中在校生数, element: pupils, stage: junior }
          - { header: 用房, element: area }
          - { header: 体育用房, element: gym }
          - { header: 图书, element: books }
        ---
        indicator: area-per-pupil
        label: 生均用房
        unit: ㎡
        numerator: area - gym
        denominator: pupils
        raise: area
        examples: [ { given: { area: 10, gym: 1, pupils: 3 }, value: 3 } ]
        ---
        indicator: books-per-pupil
        label: 生均图书
        unit: 册
        numerator: books
        denominator: pupils
        raise: books
        examples: [ { given: { books: 9, pupils: 3 }, value: 3 } ]
        ---
        standard: small
        label: 小标准
        document: 试〔2026〕1号
        form: schools
        stages: [primary, junior]
        exclude:
          - { reason: teachingPointUnder50, label: 不足50人的教学点, when: "kind = '218' and pupils < 50" }
          - { reason: specialEducation, label: 特殊教育学校, when: "kind = '511'" }
        apportion: { weights: { "312": { primary: 1, junior: 1.1 } } }
        parts:
          - part: resources
            label: 资源
            items:
              - { code: A, indicator: area-per-pupil, atLeast: { primary: 4.5, junior: 5.8 } }
              - { code: B, indicator: books-per-pupil, atLeast: { primary: 5, junior: 5 } }
            schools: { minimum: 1, floor: 0.85 }
            dispersion: { ceiling: { primary: 0.5, junior: 0.45 } }
        """

    static func make(_ extra: String = "") throws -> IndicatorCatalogue {
        let log = DiagnosticLog()
        let catalogue = IndicatorCatalogue(DefinitionSet([DefinitionFile(path: "small.yaml", text: text + extra)], log), log)
        try #require(log.diagnostics.isEmpty, "\(log.diagnostics)")
        return catalogue
    }

    /// A row; numbers left out are blank.
    static func row(_ code: String, kind: String = "211", county: String = "甲县", setting: String = "城区", _ numbers: [String: Double])
        -> ReturnRow
    {
        var facts: [FactKey: Fact] = [:]
        for (name, value) in numbers { if let key = FactKey(name) { facts[key] = .known(value) } }
        return ReturnRow(
            number: 2, attributes: ["code": code, "name": "学校\(code)", "county": county, "kind": kind, "setting": setting], facts: facts)
    }

    static func evaluate(_ rows: [ReturnRow]) throws -> CountyResult {
        let catalogue = try make()
        let form = try #require(catalogue.forms["schools"])
        var table = ReturnTable(form: form, schoolYear: SchoolYear(2025))
        table.begin(ReturnOrigin(file: "f.xlsx", sheet: "学校"))
        for row in rows { table.append(row) }
        let standard = try #require(catalogue.standards["small"])
        return try #require(Evaluation(standard, catalogue: catalogue, schools: table).run().counties.first)
    }
}
