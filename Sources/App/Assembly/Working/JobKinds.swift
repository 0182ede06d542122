internal import Cases
internal import Documents
internal import Foundation
internal import Imports
public import Indicators
public import Jobs
internal import Plans
internal import Reporting
internal import Storage
internal import Vault
internal import Vocabulary
internal import Workbooks

extension Installation {
    /// Every kind of work there is, over one set of evaluations. `program`: its version.
    public func jobKinds(_ evaluations: any Evaluations, program: String) -> [any JobKind] {
        let methods = countyMethods.map { method in
            MethodJob(
                method, evaluations: evaluations, plans: storage.proposals, papers: planPapers, newID: { RandomID.make() },
                now: { Date() }, today: { Day(Date()) })
        }
        let rebuild = RebuildCases { progress in try await rebuildCases(program: program, progress: progress) }
        return [ReadImport(imports: storage.imports, takeIn: takeIn()), pathJob(evaluations), rebuild] + methods
    }

    /// The methods asked county by county, with the solver of this machine where there is one.
    var countyMethods: [any CountyMethod] {
        [
            FundsMethod(costs: costs) { PlanFunds.method(seconds: $0, isCancelled: $1).method },
            PairingMethod { PlanPairing.method(seconds: $0, isCancelled: $1).method },
        ]
    }

    private func pathJob(_ evaluations: any Evaluations) -> PathJob {
        PathJob(
            evaluations: evaluations, plans: storage.proposals, costs: costs,
            method: { try PlanPath.method(seconds: $0, isCancelled: $1) }, papers: planPapers, newID: { RandomID.make() }, now: { Date() },
            today: { Day(Date()) })
    }

    private var planPapers: PlanPapers {
        let catalogue = catalogue
        return PlanPapers(
            document: { try OfficialDocuments(python: "").docx($0) },
            returns: { try XlsxWriter().write(SheetBook([FilledForm.sheet($0, $1, title: $2, catalogue: catalogue)])) }, books: XlsxWriter()
        )
    }
}

extension Day {
    /// The day by the clock of the machine.
    init(_ date: Date) {
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: date)
        self.init(year: parts.year ?? 2000, month: parts.month ?? 1, day: parts.day ?? 1)
    }
}
