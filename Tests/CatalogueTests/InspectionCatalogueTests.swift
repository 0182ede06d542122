import Definitions
import Inspection
import Testing
import Vocabulary

@Suite("督导目录") struct InspectionCatalogueTests {
    private func compiled(_ more: [DefinitionFile] = []) throws -> (InspectionCatalogue?, [String]) {
        let log = DiagnosticLog()
        let catalogue = InspectionCatalogue(DefinitionSet(try nationalFiles() + more, log), log)
        return (catalogue, log.diagnostics.map(\.description))
    }

    @Test("学校评价五个方面、十二项指标，没有核实的注明") func schoolRubric() throws {
        let (catalogue, complaints) = try compiled()
        #expect(complaints == [])
        let rubric = try #require(catalogue?.rubric("school-quality", on: Day(year: 2026, month: 9, day: 1)))
        #expect(rubric.areas.map(\.label) == ["办学方向", "课程教学", "教师发展", "学校管理", "学生发展"])
        #expect(rubric.items.count == 12 && rubric.items.allSatisfy { !$0.isConfirmed })
        #expect(catalogue?.rubric("school-quality", on: Day(year: 2021, month: 2, day: 28)) == nil)
    }

    @Test("督学约五所、责任区不超过二十所；每校次数是缺省值并注明；评分合计一百") func rules() throws {
        let catalogue = try #require(try compiled().0)
        #expect(catalogue.rules.usualSchools == 5 && catalogue.rules.mostSchools == 20)
        #expect(catalogue.rules.visitsPerYear > 0 && catalogue.rules.budgetNote.contains("缺省"))
        for subject in Scorecard.Subject.allCases {
            let card = try #require(catalogue.scorecard(subject))
            #expect(card.parts.reduce(0) { $0 + $1.weight } == card.full && card.note.contains("缺省"))
        }
    }

    @Test("地方目录另立规则和评价表，用地方的") func overlay() throws {
        let text = """
            inspection: our-city
            label: 本市规则
            document: 本市文件
            budget: { visits: 1 }
            responsible: { usual: 4, most: 10, monthly: 2 }
            checkIn: { metres: 300, accuracy: 200 }
            merge: { overlap: 2 }
            ---
            rubric: our-safety
            label: 本市安全检查
            document: 本市文件
            version: "1"
            from: 2026-01-01
            burden: counted
            levels: [ { id: a, label: 好, points: 100 }, { id: b, label: 差, points: 0 } ]
            areas: [ { id: x, label: 安全, items: [ { id: X1, label: 消防, clause: 一 } ] } ]
            """
        let (catalogue, complaints) = try compiled([DefinitionFile(path: "our.yaml", text: text, layer: 1)])
        #expect(complaints == [])
        #expect(catalogue?.rules.visitsPerYear == 1 && catalogue?.rules.metres == 300)
        #expect(catalogue?.rubric("our-safety", on: Day(year: 2026, month: 1, day: 1))?.items.count == 1)
    }

    @Test("同一天起的两个版本、没有版本的评价表、等级不够：指到文件和行") func mistakes() throws {
        let text = """
            rubric: twice
            label: 甲
            document: 文件
            version: "1"
            from: 2026-01-01
            burden: counted
            levels: [ { id: a, label: 好, points: 100 }, { id: b, label: 差, points: 0 } ]
            areas: [ { id: x, label: 安全, items: [ { id: X1, label: 消防, clause: 一 } ] } ]
            ---
            rubric: twice
            label: 甲
            document: 文件
            version: "2"
            from: 2026-01-01
            burden: often
            levels: [ { id: a, label: 好, points: 100 } ]
            areas: [ { id: x, label: 安全, items: [ { id: X1, label: 消防, clause: 一 } ] } ]
            """
        let complaints = try compiled([DefinitionFile(path: "our.yaml", text: text, layer: 1)]).1
        #expect(complaints.contains { $0.contains("our.yaml:14") && $0.contains("两个版本") })
        #expect(complaints.contains { $0.contains("our.yaml:15") && $0.contains("burden") })
        #expect(complaints.contains { $0.contains("our.yaml:16") && $0.contains("两个等级") })
    }
}
