internal import Cases
internal import Documents
internal import Establishments
internal import Exchanges
internal import Foundation
internal import Imports
public import Indicators
public import Jobs
internal import Plans
internal import PostMatching
internal import Reporting
internal import Rotation
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
            + rosterJobs
    }

    /// The register of exchanges with names sealed.
    var exchanges: any ExchangeStore { storage.exchanges(seal: SealedNames(fields: vault)) }

    /// Plans worked out of rosters, as far as there are rules for them.
    private var rosterJobs: [any JobKind] {
        var kinds: [any JobKind] = []
        if let rotation {
            let search = RotationSearch(
                store: exchanges, rules: rotation,
                method: { PlanRotation.method(seconds: $0, gap: 0.005, isCancelled: $1, progress: $2) }, newID: { RandomID.make() },
                now: { Date() })
            kinds.append(
                RosterJob(
                    RotationSearch.kind, RotationSearch.label, jobs: storage.jobs, seconds: RotationSearch.seconds, kept: search.kept,
                    search: { try search.search($0, $1, isCancelled: $2, say: $3) }, keep: { try await search.keep($0, of: $1) }))
        }
        if let staffing {
            let search = PostSearch(
                store: storage.staffing, rules: staffing,
                method: { PostMatching(clock: { ProcessInfo.processInfo.systemUptime }, isCancelled: $0) }, newID: { RandomID.make() },
                now: { Date() })
            kinds.append(
                RosterJob(
                    PostSearch.kind, PostSearch.label, jobs: storage.jobs, seconds: { _ in 0 }, kept: search.kept,
                    search: { try search.search($1, isCancelled: $2, say: $3) }, keep: { try await search.keep($0, of: $1) }))
        }
        return kinds
    }

    /// With the rules of exchange and of establishment of a catalogue, where they are not set already.
    public func ruled(by folder: CatalogueFolder?) -> Installation {
        var ruled = self
        ruled.rotation = rotation ?? folder.flatMap { try? PlanRotation.rules(nil, $0) }
        ruled.staffing = staffing ?? folder.flatMap { try? StaffingFile.rules(nil, $0) }
        return ruled
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
