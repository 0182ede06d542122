import ArgumentParser
import Assembly
import Foundation
import Indicators
import PathToStandard
import Planning
import Vocabulary

/// What the commands of `junheng plan` share: exit code 2 for bad input or no answer in time, 3 with a proof that there is no plan.
extension Terminal {
    /// Ends the command with words on standard error.
    static func fail(_ words: String, _ code: Int32) throws -> Never {
        complain(words)
        throw ExitCode(code)
    }

    /// Evaluates a workbook and plans on what came out. Complaints about the workbook, the wishes or the solver end the command with
    /// exit code 2.
    static func plan(_ use: EvaluateWorkbook, named file: String, _ answer: (StandardResult, Evaluation) throws -> Void) throws {
        switch use.run(today: today()) {
        case .refused(let diagnostics):
            complain(diagnostics)
            throw ExitCode(2)
        case .evaluated(let result, let evaluation, _):
            do {
                try answer(result, evaluation)
            } catch let refusal as PathRefusal {
                try fail("\(file): \(refusal)", 2)
            } catch let failure as SolverFailure {
                try fail("\(failure)", 2)
            }
        }
    }

    /// Rules that cannot hold together end the command with exit code 3; `more` stands below them.
    static func noPlan(_ rules: [PlanRule], _ more: String = "") throws -> Never {
        let words = rules.map { "  \($0.label.zh)（\($0.justification)）" }.joined(separator: "\n")
        try fail("没有可行的方案。下列规则不能同时满足，放宽其中一条即可：\n\(words)\(more)", 3)
    }
}
