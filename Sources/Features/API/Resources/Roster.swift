internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// The register of schools for other systems.
    var rosterOperations: [Operation] {
        [
            Operation(
                method: .get, path: "/exports/oneroster.zip", id: "exportOneRoster", group: .results,
                title: LocalizedText(zh: "学校名录，OneRoster 1.2 CSV", en: "Schools as OneRoster 1.2 CSV"),
                note: "orgs.csv 是市、县、学校，academicSessions.csv 是有数据的学年。班级、人员、选课这里没有，manifest.csv 写明 absent。",
                needs: .duty(.look), parameters: [.year], success: .file(type: "application/zip")
            ) { call in
                let year = try await rosterYear(call)
                return Reply(
                    file: try await roster(year, call.visit), name: "oneroster-\(year.start).zip", type: "application/zip")
            }
        ]
    }

    private func rosterYear(_ call: Call) async throws -> SchoolYear {
        let years = try await returns.schoolYears(form: "school-return")
        guard let year = call.integer("year").map({ SchoolYear($0) }) ?? years.first, years.contains(year) else {
            throw Problem(.notFound, "这一学年没有学校数据", "There are no schools of this year")
        }
        return year
    }

    /// The schools of the counties a visitor may look at.
    private func roster(_ year: SchoolYear, _ visit: Visit) async throws -> Data {
        guard let form = catalogue.forms["school-return"] else { throw Problem(.notFound) }
        let schools = try await returns.table(form, year)
        let seen = schools.filtered { visit.may(.look, in: schools.attribute("county", $0)) }
        let export = OneRosterExport(
            organisation: surroundings.organisation, schools: seen, years: try await returns.schoolYears(form: form.id))
        return try papers.archive(export.files)
    }
}
