internal import Dispatch
internal import Exchanges
internal import Foundation
internal import Indicators
internal import Rotation
internal import TeacherRotation
internal import Vocabulary
internal import Workbooks

/// What the pages of 交流轮岗 need of files.
struct RotationUploads: Sendable {
    let catalogue: IndicatorCatalogue
    let returns: any ReturnStore

    /// Reads a file as one of the catalogue's rosters. Throws `FileRefusal`.
    @Sendable func read(_ file: URL, _ name: String, _ form: String, _ year: SchoolYear) throws -> (ReturnTable, [Diagnostic]) {
        guard let form = catalogue.rosters[form] else { throw FileRefusal("roster.form", name, "目录里没有这种表") }
        let read = try ReturnReader(form: form, catalogue: catalogue).read(try SheetFile(file, name: name), schoolYear: year)
        return (read.table, read.diagnostics)
    }

    /// A county's problem out of a roster; the file's own sheet of schools counts before the current returns.
    @Sendable func roster(_ file: URL, _ county: String, _ year: SchoolYear, _ rules: RotationRules) async throws -> RosterAnswer {
        guard let form = catalogue.rosters[PlanRotation.rosterForm], let schoolForm = catalogue.forms[PlanRotation.schoolForm] else {
            return .refused(["目录里没有教师名册或学校数据表的格式"])
        }
        do {
            let (roster, said) = try await RotationUploads.apart { try read(file, "教师名册", form.id, year) }
            let errors = said.filter { $0.severity == .error }
            if !errors.isEmpty { return .refused(errors.map(\.description)) }
            let own = try schools(in: file, schoolForm, roster.schoolYear)
            let current = try await returns.table(schoolForm, roster.schoolYear, county: county)
            guard let schools = own ?? (current.count > 0 ? current : nil) else {
                return .refused(["\(county)\(roster.schoolYear.label.zh)还没有学校数据。请先导入学校数据，或在工作簿里加一张“学校数据”表"])
            }
            let reading = RosterReading(
                schools: schools, roster: roster, form: form, kinds: catalogue.kinds, county: county, year: roster.schoolYear,
                rules: rules)
            guard let problem = reading.problem else { return .refused(reading.diagnostics.map(\.description)) }
            return .read(problem)
        } catch let refusal as FileRefusal {
            return .refused([refusal.description])
        }
    }

    private func schools(in file: URL, _ form: ReturnForm, _ year: SchoolYear) throws -> ReturnTable? {
        guard let read = try? ReturnReader(form: form, catalogue: catalogue).read(try SheetFile(file, name: "学校数据"), schoolYear: year)
        else {
            return nil
        }
        let errors = read.diagnostics.filter { $0.severity == .error }
        if let first = errors.first { throw FileRefusal("return.schools", first.place.description, first.message) }
        return read.table
    }

    /// On a thread that may be kept busy, so that other pages go on being answered.
    private static func apart<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .utility).async { continuation.resume(with: Result { try work() }) }
        }
    }
}
