import ArgumentParser
import Assembly
import Foundation
import Indicators
import PathToStandard
import Planning
import Vocabulary

/// What the commands of `junheng plan` share: exit code 2 for bad input, 3 with a proof that there is no
/// plan, 4 where neither a plan nor such a proof was found in time.
extension Terminal {
    /// Ends the command with words on standard error.
    static func fail(_ words: String, _ code: Int32) throws -> Never {
        complain(words)
        throw ExitCode(code)
    }

    /// Evaluates a workbook by a catalogue's standard and plans on what came out. Complaints about the workbook, the wishes or the solver
    /// end the command with exit code 2.
    static func plan(
        _ file: String, _ standard: String, _ year: Int?, _ catalogue: String?,
        _ answer: (StandardResult, Evaluation, CatalogueFolder, IndicatorCatalogue) throws -> Void
    ) throws {
        let folder = try? CatalogueFolder(overlay: catalogue)
        let compiled = try compile { try CatalogueFolder(overlay: catalogue) }
        let use = EvaluateWorkbook(
            URL(fileURLWithPath: file), standard: standard, schoolYear: year.map { SchoolYear($0) }, goodRowsOnly: false,
            catalogue: compiled)
        switch use.run(today: today()) {
        case .refused(let diagnostics):
            complain(diagnostics)
            throw ExitCode(2)
        case .evaluated(let result, let evaluation, _):
            do {
                guard let folder else { throw ExitCode(2) }
                try answer(result, evaluation, folder, compiled)
            } catch let refusal as PathRefusal {
                try fail("\(file): \(refusal)", 2)
            } catch let failure as SolverFailure {
                try fail("\(failure)", 2)
            }
        }
    }

    /// Rules that cannot hold together end the command with exit code 3; `more` stands below them. `isReduced` says whether each of them
    /// is needed for the conflict; nil where that was not looked into.
    static func noPlan(_ rules: [PlanRule], _ more: String = "", isReduced: Bool? = nil) throws -> Never {
        let words = rules.map { "  \($0.label.zh)（\($0.justification)）" }.joined(separator: "\n")
        if rules.isEmpty, isReduced != nil { try fail("已证明没有方案：放宽哪条规则都不行。数据本身不合常理，如骨干教师多于专任教师，请先核对数据", 3) }
        let easing = isReduced == false ? "其中可能还有不相干的，时间到了没有再查" : "至少要放宽其中一条"
        try fail("已证明没有可行的方案。下列规则不能同时满足，\(easing)：\n\(words)\(more)", 3)
    }
}
