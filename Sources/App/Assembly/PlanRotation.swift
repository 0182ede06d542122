internal import Definitions
internal import DemoCity
internal import Documents
public import Exchanges
public import Foundation
internal import HighsSolver
public import Indicators
public import Planning
internal import Reporting
internal import Rotation
public import TeacherRotation
public import Vocabulary
internal import Workbooks

/// A roster of teachers in, a plan of their exchange out; no database.
public struct PlanRotation: Sendable {
    public let problem: RotationProblem
    /// Names by teacher's code; they go into the named list and nowhere else.
    let names: [String: String]
    let catalogue: IndicatorCatalogue
    private let schools: ReturnTable
    private let roster: ReturnTable

    static let rosterForm = "teacher-roster"
    static let schoolForm = "school-return"

    /// What was read, or what is wrong with it.
    public enum Reading: Sendable {
        case read(PlanRotation, [Diagnostic])
        case refused([Diagnostic])
    }

    /// Reads a workbook with the roster and, unless `schools` names another file, the schools' returns. `county` may be nil where
    /// the schools are of one county; `year` where the file names one.
    public static func read(
        _ file: URL, schools: URL?, county: String?, year: SchoolYear?, rules: RotationRules, catalogue: IndicatorCatalogue, today: Day
    ) -> Reading {
        guard let form = catalogue.rosters[rosterForm], let schoolForm = catalogue.forms[schoolForm] else {
            return .refused([Diagnostic(.error, "roster.form", at: .file(rosterForm), "目录里没有教师名册或学校数据表的格式")])
        }
        do {
            let asked = year ?? today.schoolYear
            let roster = try ReturnReader(form: form, catalogue: catalogue).read(file, schoolYear: asked)
            let returns = try ReturnReader(form: schoolForm, catalogue: catalogue).read(schools ?? file, schoolYear: asked)
            let said = roster.diagnostics + returns.diagnostics.filter { $0.code != "return.column.absent" }
            if said.contains(where: { $0.severity == .error }) { return .refused(said) }
            let counties = Set((0..<returns.table.count).map { returns.table.attribute("county", $0) }).sorted()
            guard let county = county ?? (counties.count == 1 ? counties.first : nil), counties.contains(county) else {
                let message = "请用 --county 指明一个县，表中有：\(counties.joined(separator: "、"))"
                return .refused([Diagnostic(.error, "roster.county", at: .file(file.lastPathComponent), message)])
            }
            let reading = RosterReading(
                schools: returns.table, roster: roster.table, form: form, kinds: catalogue.kinds, county: county,
                year: year ?? roster.schoolYear ?? returns.schoolYear ?? asked, rules: rules)
            guard let problem = reading.problem else { return .refused(said + reading.diagnostics) }
            let use = PlanRotation(
                problem: problem, names: reading.names, catalogue: catalogue, schools: returns.table, roster: roster.table)
            return .read(use, said + reading.diagnostics)
        } catch let refusal as FileRefusal {
            return .refused([refusal.diagnostic])
        } catch {
            return .refused([Diagnostic(.error, "file.unreadable", at: .file(file.lastPathComponent), "读不出来：\(error)")])
        }
    }

    /// The rules of a file, else the last of the catalogue's. Throws `RotationRefusal` with every complaint.
    public static func rules(_ file: String?, _ folder: CatalogueFolder) throws -> RotationRules {
        let log = DiagnosticLog()
        var files = folder.files
        if let file {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { throw RotationRefusal("\(file): 读不了这份规则") }
            files = [DefinitionFile(path: file, text: text)]
        }
        let found = DefinitionSet(files, log).of(kind: RotationRules.documentKind).map { RotationRules($0, log) }
        if log.hasErrors { throw RotationRefusal(log.diagnostics.map { "\($0)" }.joined(separator: "\n")) }
        guard let rules = found.last else { throw RotationRefusal("\(file ?? "目录"): 没有交流轮岗规则（以 rotation: 编号 开头）") }
        return rules
    }

    /// The method, with the solver where there is one; without it plans are made by rings alone and nothing is proved.
    public static func method(
        seconds: Double, gap: Double, isCancelled: @escaping @Sendable () -> Bool = { false },
        progress: @escaping @Sendable (RotationProgress) -> Void = { _ in }
    ) -> TeacherRotation {
        let candidates = HighsLibrary.candidates(ProcessInfo.processInfo.environment, home: NSHomeDirectory())
        let solver = (try? HighsLibrary(candidates: candidates)).map { HighsSolver($0) }
        return TeacherRotation(
            using: solver, seconds: seconds, gap: gap, clock: { ProcessInfo.processInfo.systemUptime }, isCancelled: isCancelled,
            progress: progress)
    }

    public func report(
        _ plan: RotationPlan, _ certificate: Certificate, _ rates: [RotationRate], file: String, date: Day
    ) throws -> Data {
        let paper = RotationPaper(
            problem, plan: plan, certificate: certificate, rates: rates, names: names, date: date, source: file)
        return try OfficialDocuments(python: "").docx(paper.document)
    }

    /// The list for everybody to see.
    public func published(_ plan: RotationPlan) throws -> Data {
        try XlsxWriter().write(PublishedList.book(problem, plan, names: names))
    }

    /// Roster and returns as they stand after the plan, as a workbook that can be read again.
    public func applied(_ plan: RotationPlan) throws -> Data {
        guard let rosterForm = catalogue.rosters[PlanRotation.rosterForm], let schoolForm = catalogue.forms[schools.form] else {
            throw RotationRefusal("目录里没有教师名册或学校数据表的格式")
        }
        let units = Dictionary(problem.units.map { ($0.id, $0) }) { first, _ in first }
        let goals = Dictionary(plan.moves.map { ($0.teacher, $0.to) }) { first, _ in first }
        var rows = (0..<roster.count).map(roster.row)
        for place in rows.indices {
            guard let goal = goals[rows[place].attributes["code"] ?? ""].flatMap({ units[$0] }) else { continue }
            rows[place].attributes["school"] = goal.school
            rows[place].attributes["alliance"] = goal.alliance
            rows[place].attributes["since"] = "\(problem.year.start)-09"
            rows[place].attributes["years"] = ""
            rows[place].attributes["exchanged"] = "\(problem.year.start)"
        }
        let title = "\(problem.region)按轮岗方案实施后"
        let sheets = [
            FilledForm.sheet(schoolForm, (0..<schools.count).map(schools.row), title: title, catalogue: catalogue),
            FilledForm.sheet(rosterForm, rows, title: title, catalogue: catalogue),
        ]
        return try XlsxWriter().write(SheetBook(sheets))
    }

    /// The empty roster, or the empty staffing return.
    public static func template(_ catalogue: IndicatorCatalogue, year: SchoolYear, isWhole: Bool = false) throws -> Data {
        guard let form = catalogue.rosters[isWhole ? StaffingFile.sheetForm : rosterForm] else {
            throw RotationRefusal("目录里没有教师名册或编制数据的格式")
        }
        return try TemplateWriter(form: form, catalogue: catalogue).write(year)
    }

    /// The roster and returns of a county of the demo city: codes, no names. `isWhole` takes the whole staff and adds the staffing return.
    public static func example(_ catalogue: IndicatorCatalogue, county: String, isWhole: Bool = false) throws -> Data {
        guard let form = catalogue.rosters[rosterForm], let schoolForm = catalogue.forms[schoolForm],
            let standard = catalogue.standards["balance-2017"]
        else { throw RotationRefusal("目录里没有教师名册或学校数据表的格式") }
        let city = DemoCity(standard: standard)
        let year = SchoolYear(DemoCity.years.upperBound)
        let schools = city.schoolRows(year).filter { $0.attributes["county"] == county }
        guard !schools.isEmpty else { throw RotationRefusal("演示数据里没有“\(county)”，可用：\(city.counties.joined(separator: "、"))") }
        let title = "\(county)\(year.label.zh)（演示数据，均为虚构）"
        let staff = isWhole ? city.staffRows(year, county: county) : city.teacherRows(year, county: county)
        var sheets = [
            FilledForm.sheet(schoolForm, schools, title: title, catalogue: catalogue),
            FilledForm.sheet(form, staff, title: title, catalogue: catalogue),
        ]
        if isWhole, let extra = catalogue.rosters[StaffingFile.sheetForm] {
            sheets.append(FilledForm.sheet(extra, city.staffingRows(year, county: county), title: title, catalogue: catalogue))
        }
        return try XlsxWriter().write(SheetBook(sheets))
    }
}

/// Why no exchange can be planned, in the user's words.
public struct RotationRefusal: Refusal {
    public var message: String
    public init(_ message: String) { self.message = message }
}
