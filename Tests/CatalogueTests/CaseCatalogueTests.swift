import CaseRules
import Casework
import Definitions
import Foundation
import Testing
import Vocabulary

func compileCases(_ files: [DefinitionFile]) -> (cases: CaseDefinitions, diagnostics: [Diagnostic]) {
    let log = DiagnosticLog()
    let cases = CaseDefinitions(DefinitionSet(files, log), rules: CaseRules.all, log)
    if !log.hasErrors { cases.proveJourneys(log) }
    return (cases, log.diagnostics)
}

@Suite("办事规则目录") struct CaseCatalogueTests {
    @Test("随附的办事规则编译无误，每条 journeys 都走得通") func compiles() throws {
        let (cases, diagnostics) = compileCases(try nationalFiles())
        #expect(diagnostics.map(\.description) == [])
        #expect(
            cases.all.map(\.id) == [
                "data-request", "home-visit", "inspection-finding", "rectification", "safety-hazard", "school-activity", "staff-task",
                "unlisted-activity",
            ])
        #expect(cases.all.allSatisfy { $0.journeys.count >= 3 && $0.journeys.allSatisfy { !$0.steps.isEmpty } })
    }

    @Test("走不通的 journey 说出文件、行、哪一步") func wrongJourney() throws {
        let files = try nationalFiles().map { file in
            guard file.path.hasSuffix("rectification.yaml") else { return file }
            return DefinitionFile(
                path: file.path, text: file.text.replacing("state: issued, due: 2026-09-08", with: "state: issued, due: 2026-09-07"))
        }
        let found = compileCases(files).diagnostics
        #expect(found.map(\.code) == ["journey.wrong"])
        #expect(found.first?.message.contains("期限应是2026年9月7日，算出的是2026年9月8日") == true, "\(found)")
    }

    @Test("日历：2025、2026年的调休与放假，依据写明文号") func calendar() throws {
        let calendar = compileCases(try nationalFiles()).cases.calendar
        #expect(calendar.years[2026]?.document == "国办发明电〔2025〕7号" && calendar.years[2025]?.document == "国办发明电〔2024〕12号")
        #expect(calendar.years[2026]?.holidays.count == 33 && calendar.years[2025]?.holidays.count == 28)
        func isWorking(_ text: String) -> Bool { Day(iso: text).map(calendar.isWorkingDay) ?? false }
        for day in ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10", "2025-09-28", "2025-02-08"] {
            #expect(isWorking(day), "\(day)")
        }
        for day in ["2026-01-02", "2026-02-23", "2026-06-19", "2026-10-07", "2025-10-08", "2025-01-28"] {
            #expect(!isWorking(day), "\(day)")
        }
        #expect(calendar.day(1, workingDaysAfter: Day(year: 2026, month: 12, day: 31)).isProvisional)
    }
}
