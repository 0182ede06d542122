import Alliances
import Definitions
import Indicators
import Testing
import Vocabulary

@Suite("教联体目录") struct AllianceCatalogueTests {
    private func compiled(_ files: [DefinitionFile]) -> ([AllianceRules], [String]) {
        let log = DiagnosticLog()
        let rules = DefinitionSet(files, log).of(kind: AllianceRules.documentKind).map { AllianceRules($0, log) }
        return (rules, log.diagnostics.map(\.description))
    }

    @Test("形式各有出处，缺省的数写明是缺省") func national() throws {
        let (found, complaints) = compiled(try nationalFiles())
        #expect(complaints == [])
        let rules = try #require(found.last)
        #expect(rules.forms.count >= 5 && rules.forms.allSatisfy { !$0.document.isEmpty && !$0.label.en.isEmpty })
        for word in ["集团化办学", "教联体", "学校联盟", "名校办分校", "对口支援"] { #expect(rules.forms.contains { $0.label.zh == word }) }
        #expect(rules.form(rules.pairingForm)?.label.zh == "强弱校结对")
        #expect(rules.most >= 2 && rules.mostNote.contains("缺省"))
        // No form is cited as beginning on a day the document is not of.
        #expect(rules.open(on: Day(year: 2026, month: 9, day: 1)).count == rules.forms.count)
        #expect(rules.subjects.contains("数学") && rules.subjects.contains("全学科"))
    }

    @Test("两张登记表的表头齐全") func rosters() throws {
        let catalogue = compile(try nationalFiles()).catalogue
        #expect(catalogue.rosters["alliance-register"]?.sheet == "教联体名册")
        #expect(catalogue.rosters["alliance-activities"]?.sheet == "教联体活动")
    }

    @Test("上限不是整数、结对的形式没有列、形式重复、键写错：指到文件和行") func mistakes() {
        let text = """
            alliances: ours
            label: 本市
            size: { most: 1.5 }
            forms:
              - { id: a, label: 甲, document: 某文 }
              - { id: a, label: 乙, document: 某文, frm: 2026-01-01 }
            pairing: b
            subjects: [数学]
            limits: { teachers: 10, days: 0, lessons: 50, visits: 5 }
            """
        let complaints = compiled([DefinitionFile(path: "our.yaml", text: text, layer: 1)]).1
        #expect(complaints.contains { $0.contains("our.yaml:3") && $0.contains("most") })
        #expect(complaints.contains { $0.contains("our.yaml:6") && $0.contains("写了两次") })
        #expect(complaints.contains { $0.contains("our.yaml:6") && $0.contains("from") })
        #expect(complaints.contains { $0.contains("our.yaml:7") && $0.contains("forms") })
        #expect(complaints.contains { $0.contains("our.yaml:9") && $0.contains("days") })
    }
}
