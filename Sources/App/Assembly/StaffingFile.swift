internal import Definitions
internal import Documents
internal import Establishments
public import Foundation
public import Indicators
public import Planning
public import PostMatching
internal import Reporting
public import Staffing
public import Vocabulary
internal import Workbooks

/// A county's workbook with its staff read: survey, people, names. No database.
public struct StaffingFile: Sendable {
    public let survey: StaffingSurvey
    public let rules: StaffingRules
    let units: [StaffUnit]
    let members: [StaffMember]?
    let names: [String: String]

    static let (rosterForm, sheetForm, schoolForm) = ("teacher-roster", "staffing-return", "school-return")

    public enum Reading: Sendable {
        case read([StaffingFile], [Diagnostic])
        case refused([Diagnostic])
    }

    /// Reads a workbook; `schools` are the returns where they stand in another file or in the store. Without `county` every county of
    /// the returns is read.
    public static func read(
        _ file: URL, schools: URL? = nil, current: ReturnTable? = nil, county: String?, year: SchoolYear?, rules: StaffingRules,
        catalogue: IndicatorCatalogue, today: Day
    ) -> Reading {
        guard let schoolForm = catalogue.forms[schoolForm] else {
            return .refused([Diagnostic(.error, "staffing.form", at: .file(file.lastPathComponent), "目录里没有学校数据表的格式")])
        }
        do {
            let asked = year ?? today.schoolYear
            let returns = try sheet(schools ?? file, schoolForm, catalogue, asked, isOptional: current != nil)
            let roster = try catalogue.rosters[rosterForm].flatMap { try sheet(file, $0, catalogue, asked, isOptional: true) }
            let extra = try catalogue.rosters[sheetForm].flatMap { try sheet(file, $0, catalogue, asked, isOptional: true) }
            let said = [returns, roster, extra].compactMap { $0?.diagnostics }.flatMap { $0 }.filter { $0.code != "return.column.absent" }
            if said.contains(where: { $0.severity == .error }) { return .refused(said) }
            guard let table = returns?.table ?? current else { return .refused(said) }
            let found = Set((0..<table.count).map { table.attribute("county", $0) }).sorted()
            let counties = county.map { [$0] } ?? found
            if let county, !found.contains(county) {
                let message = "学校数据里没有“\(county)”，表中有：\(found.joined(separator: "、"))"
                return .refused([Diagnostic(.error, "staffing.county", at: .file(file.lastPathComponent), message)])
            }
            return read(
                counties, table, roster, extra, year ?? roster?.year ?? returns?.year ?? asked, rules, catalogue, said)
        } catch let refusal as FileRefusal {
            return .refused([refusal.diagnostic])
        } catch {
            return .refused([Diagnostic(.error, "file.unreadable", at: .file(file.lastPathComponent), "读不出来：\(error)")])
        }
    }

    private struct Sheet {
        var table: ReturnTable
        var form: ReturnForm
        var year: SchoolYear?
        var diagnostics: [Diagnostic]
        var reading: StaffReading.Sheet { StaffReading.Sheet(table, form) }
    }

    /// A sheet of the workbook; nil where it may be missing and is.
    private static func sheet(
        _ file: URL, _ form: ReturnForm, _ catalogue: IndicatorCatalogue, _ year: SchoolYear, isOptional: Bool
    ) throws -> Sheet? {
        let names = isOptional ? try SheetFile(file, name: file.lastPathComponent).sheets : []
        if isOptional, !names.contains(form.sheet) { return nil }
        let read = try ReturnReader(form: form, catalogue: catalogue).read(file, schoolYear: year)
        return Sheet(table: read.table, form: form, year: read.schoolYear, diagnostics: read.diagnostics)
    }

    private static func read(
        _ counties: [String], _ table: ReturnTable, _ roster: Sheet?, _ extra: Sheet?, _ year: SchoolYear, _ rules: StaffingRules,
        _ catalogue: IndicatorCatalogue, _ said: [Diagnostic]
    ) -> Reading {
        var (files, diagnostics) = ([StaffingFile](), said)
        for county in counties {
            let reading = StaffReading(
                schools: table, sheet: extra?.reading, roster: roster?.reading, kinds: catalogue.kinds, county: county, year: year)
            diagnostics += reading.diagnostics
            guard let survey = reading.survey(county, year, rules) else { continue }
            files.append(
                StaffingFile(survey: survey, rules: rules, units: reading.units, members: reading.members, names: reading.names))
        }
        return diagnostics.contains { $0.severity == .error } ? .refused(diagnostics) : .read(files, diagnostics)
    }

    /// The rules of a file, else the last of the catalogue's. Throws `StaffingRefusal` with every complaint.
    public static func rules(_ file: String?, _ folder: CatalogueFolder) throws -> StaffingRules {
        let log = DiagnosticLog()
        var files = folder.files
        if let file {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { throw StaffingRefusal("\(file): 读不了这份规则") }
            files = [DefinitionFile(path: file, text: text)]
        }
        let found = DefinitionSet(files, log).of(kind: StaffingRules.documentKind).map { StaffingRules($0, log) }
        if log.hasErrors { throw StaffingRefusal(log.diagnostics.map { "\($0)" }.joined(separator: "\n")) }
        guard let rules = found.last else { throw StaffingRefusal("\(file ?? "目录"): 没有编制规则（以 staffing: 编号 开头）") }
        return rules
    }

    /// The problem of posts; nil without a roster.
    public func posts(everyone: Bool = false) -> PostDraw? {
        members.map { PostDraw(survey, units: units, members: $0, rules: rules, placesEveryone: everyone) }
    }

    public func report(source: String, date: Day) throws -> Data {
        try OfficialDocuments(python: "").docx(StaffingPaper(survey, rules, date: date, source: source).document)
    }

    public func report(_ draw: PostDraw, _ plan: PostPlan, _ certificate: Certificate, source: String, date: Day) throws -> Data {
        let paper = PostPaper(draw.problem, PostRecord(draw, plan, certificate), names: names)
        return try OfficialDocuments(python: "").docx(paper.document(date: date, source: source))
    }

    /// The list for everybody to see.
    public func published(_ draw: PostDraw, _ plan: PostPlan, _ certificate: Certificate) throws -> Data {
        try XlsxWriter().write(PostPaper(draw.problem, PostRecord(draw, plan, certificate), names: names).published)
    }

    /// The problem of posts where there is somebody and something to match.
    var matchable: PostDraw? {
        posts().flatMap { $0.problem.vacancies > 0 && !$0.problem.candidates.isEmpty ? $0 : nil }
    }

    /// A matching that holds; nil where there is nobody or nothing to match. Throws `StaffingRefusal` where it does not hold.
    func matching(clock: @escaping @Sendable () -> Double) throws -> PostRecord? {
        guard let draw = matchable else { return nil }
        guard case .plan(let plan, let certificate, let proof) = PostMatching(clock: clock).plan(draw.problem) else { return nil }
        let broken = verify(draw.problem, plan, certificate, proof)
        guard broken.isEmpty else { throw StaffingRefusal("岗位匹配没有通过复核：\(broken.map(\.message).joined(separator: "；"))") }
        return PostRecord(draw, plan, certificate)
    }
}
