internal import DemoCity
internal import Establishments
internal import Foundation
internal import Indicators
internal import PostMatching
internal import Registry
internal import Staffing
internal import Storage
internal import Vault
internal import Vocabulary

/// The demo city's staff: every county's roster of the newest year read as if it had been handed in; one county's is still missing.
struct FillDemoStaffing {
    let installation: Installation
    let city: DemoCity

    func run() async throws {
        let catalogue = installation.catalogue
        guard let year = city.schoolYears.last, let folder = try? CatalogueFolder(), let rules = try? StaffingFile.rules(nil, folder),
            let schoolForm = catalogue.forms[StaffingFile.schoolForm]
        else { return }
        let store = installation.storage.staffing
        for county in city.counties.dropLast() {
            let table = try await installation.storage.returns.table(schoolForm, year, county: county)
            guard table.count > 0, let read = file(county, year, table, rules) else { continue }
            let (by, at) = (DemoCity.officer(of: county).name, Date())
            try await store.keep(
                KeptSurvey(county: county, year: year, body: SurveyText.write(read.survey), madeBy: by, madeAt: at))
            guard let record = try read.matching(clock: { ProcessInfo.processInfo.systemUptime }) else { continue }
            try await store.keep(
                RosterPlan(id: RandomID.make(), county: county, year: year, body: record.text, madeBy: by, madeAt: at))
        }
    }

    private func file(_ county: String, _ year: SchoolYear, _ table: ReturnTable, _ rules: StaffingRules) -> StaffingFile? {
        let catalogue = installation.catalogue
        func sheet(_ id: String, _ rows: [ReturnRow]) -> StaffReading.Sheet? {
            catalogue.rosters[id].map { form in
                var table = ReturnTable(form: form, schoolYear: year)
                for row in rows { table.append(row) }
                return StaffReading.Sheet(table, form)
            }
        }
        let reading = StaffReading(
            schools: table, sheet: sheet(StaffingFile.sheetForm, city.staffingRows(year, county: county)),
            roster: sheet(StaffingFile.rosterForm, city.staffRows(year, county: county)), kinds: catalogue.kinds, county: county,
            year: year)
        return reading.survey(county, year, rules).map {
            StaffingFile(survey: $0, rules: rules, units: reading.units, members: reading.members, names: [:])
        }
    }
}
