internal import Definitions
internal import Documents
public import Foundation
internal import HighsSolver
public import Indicators
public import PathToStandard
public import Planning
internal import Plans
internal import Reporting
public import Vocabulary
internal import Workbooks

/// An evaluated workbook in, the cheapest path to the standard out.
public struct PlanPath: Sendable {
    public let problem: PathProblem
    let evaluation: Evaluation

    /// Throws `PathRefusal`. `county` may be nil where the workbook holds one.
    public init(_ evaluation: Evaluation, _ result: StandardResult, county: String?, costs: CostList, limits: PathLimits) throws {
        let names = result.counties.map(\.county)
        guard let name = county ?? (names.count == 1 ? names.first : nil), let found = result.county(name) else {
            throw PathRefusal("请用 --county 指明一个县，表中有：\(names.joined(separator: "、"))")
        }
        self.evaluation = evaluation
        problem = try PathProblem(evaluation, county: found, costs: costs, limits: limits)
    }

    /// The unit costs of a file, else the catalogue's. Throws `PathRefusal` with every complaint.
    public static func costs(_ file: String?, _ folder: CatalogueFolder, _ catalogue: IndicatorCatalogue) throws -> CostList {
        let log = DiagnosticLog()
        var files = folder.files
        if let file {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { throw PathRefusal("\(file): 读不了这个费用表") }
            files = [DefinitionFile(path: file, text: text)]
        }
        let lists = DefinitionSet(files, log).of(kind: CostList.documentKind).map {
            CostList($0, elements: Set(catalogue.elements.keys), log)
        }
        if log.hasErrors { throw PathRefusal(log.diagnostics.map { "\($0)" }.joined(separator: "\n")) }
        guard let list = lists.last else { throw PathRefusal("\(file ?? "目录"): 没有费用表（以 costs: 编号 开头）") }
        return list
    }

    /// Throws `SolverFailure`.
    public func method(seconds: Double, gap: Double) throws -> PathToStandard { try PlanPath.method(seconds: seconds, gap: gap) { false } }

    /// The method with the solver of this machine. Throws `SolverFailure`.
    static func method(
        seconds: Double, gap: Double = 0.001, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> PathToStandard {
        let candidates = HighsLibrary.candidates(ProcessInfo.processInfo.environment, home: NSHomeDirectory())
        let solver = HighsSolver(try HighsLibrary(candidates: candidates))
        return PathToStandard(
            using: solver, seconds: seconds, gap: gap, clock: { ProcessInfo.processInfo.systemUptime },
            isCancelled: isCancelled)
    }

    public func report(
        _ plan: PathPlan, _ certificate: Certificate, _ prices: [(rule: PlanRule, saved: Int?)], _ schedule: PathSchedule?, file: String,
        date: Day
    ) throws -> Data {
        let paper = PathPaper(
            problem, plan: plan, certificate: certificate, prices: prices, schedule: schedule, date: date, source: file)
        return try OfficialDocuments(python: "").docx(paper.document)
    }

    /// The school returns with the plan's figures, as a workbook that can be evaluated.
    public func applied(_ plan: PathPlan) throws -> Data {
        let rows = AppliedPath.rows(evaluation, problem, plan)
        guard let form = evaluation.catalogue.forms[evaluation.schools.form] else {
            throw PathRefusal("没有报表“\(evaluation.schools.form)”")
        }
        let title = "\(problem.county)按达标路径方案实施后的数据"
        return try XlsxWriter().write(SheetBook([FilledForm.sheet(form, rows, title: title, catalogue: evaluation.catalogue)]))
    }
}
