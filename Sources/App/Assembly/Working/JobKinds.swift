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
    /// Every kind of work there is, over one set of evaluations.
    public func jobKinds(_ evaluations: any Evaluations) -> [any JobKind] {
        [ReadImport(imports: storage.imports, takeIn: takeIn()), pathJob(evaluations)]
    }

    private func pathJob(_ evaluations: any Evaluations) -> PathJob {
        let catalogue = catalogue
        let papers = PlanPapers(
            document: { try OfficialDocuments(python: "").docx($0) },
            returns: { try XlsxWriter().write(SheetBook([FilledForm.sheet($0, $1, title: $2, catalogue: catalogue)])) }, books: XlsxWriter()
        )
        return PathJob(
            evaluations: evaluations, plans: storage.proposals, costs: costs,
            method: { try PlanPath.method(seconds: $0, isCancelled: $1) }, papers: papers, newID: { RandomID.make() }, now: { Date() },
            today: { Day(Date()) })
    }
}

extension Day {
    /// The day by the clock of the machine.
    init(_ date: Date) {
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: date)
        self.init(year: parts.year ?? 2000, month: parts.month ?? 1, day: parts.day ?? 1)
    }
}
