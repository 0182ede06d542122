public import Indicators
public import Vocabulary

/// Evaluations over the store, each computed once for every state of the data.
public actor StoreEvaluations: Evaluations {
    private struct Key: Hashable {
        var standard: String
        var year: SchoolYear
        var view: DataView
    }

    public nonisolated let catalogue: IndicatorCatalogue
    private let returns: any ReturnStore
    private let snapshots: any SnapshotStore
    private let reading: SharedReading<Int>
    /// The revision of the data that everything known was computed at.
    private var revision = -1
    private var known: [Key: Task<Evaluated?, any Error>] = [:]
    private var available: [String: [SchoolYear]]?

    /// How many evaluations are kept ready.
    public var cached: Int { known.count }

    public init(returns: any ReturnStore, snapshots: any SnapshotStore, catalogue: IndicatorCatalogue) {
        self.returns = returns
        self.snapshots = snapshots
        self.catalogue = catalogue
        reading = SharedReading { try await returns.revision(form: nil, nil) }
    }

    public func availability() async throws -> [String: [SchoolYear]] {
        try await forgetOld()
        if let available { return available }
        var byForm: [String: [SchoolYear]] = [:]
        for form in Set(catalogue.standards.values.map(\.form)) { byForm[form] = try await returns.schoolYears(form: form) }
        let found = catalogue.standards.mapValues { byForm[$0.form] ?? [] }.filter { !$0.value.isEmpty }
        available = found
        return found
    }

    public func evaluated(_ standard: String, _ year: SchoolYear, _ view: DataView) async throws -> Evaluated? {
        try await forgetOld()
        let key = Key(standard: standard, year: year, view: view)
        // A task and not a value: whoever asks meanwhile waits for the same computation.
        let task =
            known[key]
            ?? Task { [catalogue, returns, snapshots] in
                try await EvaluateStored(catalogue: catalogue, returns: returns, snapshots: snapshots).run(standard, year, view)
            }
        known[key] = task
        do {
            return try await task.value
        } catch {
            known[key] = nil
            throw error
        }
    }

    /// Every change of rows or reports raises the store's revision.
    private func forgetOld() async throws {
        let now = try await reading.value()
        // The number only grows; whoever waited longer must not bring back an older one.
        guard now > revision else { return }
        revision = now
        known = [:]
        available = nil
    }
}

/// One evaluation over the store: which rows of which county, and how far they have come.
struct EvaluateStored: Sendable {
    let catalogue: IndicatorCatalogue
    let returns: any ReturnStore
    let snapshots: any SnapshotStore

    func run(_ standard: String, _ year: SchoolYear, _ view: DataView) async throws -> Evaluated? {
        guard let rules = catalogue.standards[standard], let form = catalogue.forms[rules.form] else { return nil }
        // Read once: what is frozen and how far each county stands must be of one moment.
        let newest = try await snapshots.latest(year, county: nil)
        let frozen = view == .live ? [:] : try await frozenReports(newest, year)
        let schools = try await table(form, year, frozen)
        guard schools.count > 0 else { return nil }
        var counties: ReturnTable?
        if rules.countyForm == rules.form {
            counties = schools
        } else if let countyForm = rules.countyForm.flatMap({ catalogue.forms[$0] }) {
            counties = try await table(countyForm, year, frozen)
        }
        let evaluation = Evaluation(rules, catalogue: catalogue, schools: schools, counties: counties)
        return Evaluated(evaluation, view: view, standings: standings(schools, rules.form, newest, frozen))
    }

    /// The newest frozen report of every county that has one, by county.
    private func frozenReports(_ newest: [Snapshot], _ year: SchoolYear) async throws -> [String: Snapshot] {
        var reports: [String: Snapshot] = [:]
        for newest in newest {
            let versions =
                newest.state == .frozen ? [newest] : newest.number > 1 ? try await snapshots.versions(county: newest.county, year) : []
            reports[newest.county] = versions.last { $0.state == .frozen }
        }
        return reports
    }

    /// Frozen rows for the counties that have a frozen report covering the form, today's rows for the others.
    private func table(_ form: ReturnForm, _ year: SchoolYear, _ frozen: [String: Snapshot]) async throws -> ReturnTable {
        let live = try await returns.table(form, year)
        let covered = frozen.filter { $0.value.forms.contains(form.id) }
        guard !covered.isEmpty else { return live }
        var table = live.filtered { covered[live.attribute("county", $0)] == nil }
        for snapshot in covered.values.sorted(by: { $0.county < $1.county }) {
            table.append(contentsOf: try await snapshots.frozenTable(form, of: snapshot.id))
        }
        return table
    }

    private func standings(
        _ table: ReturnTable, _ form: String, _ newest: [Snapshot], _ frozen: [String: Snapshot]
    ) -> [String: CountyStanding] {
        var standings: [String: CountyStanding] = [:]
        for row in 0..<table.count {
            let county = table.attribute("county", row)
            let file = table.origin(row)?.file ?? ""
            if standings[county]?.files.contains(file) != true { standings[county, default: CountyStanding()].files.append(file) }
        }
        for snapshot in newest where snapshot.forms.contains(form) {
            standings[snapshot.county, default: CountyStanding()].state = snapshot.state
            standings[snapshot.county]?.frozen = frozen[snapshot.county].flatMap { $0.forms.contains(form) ? $0 : nil }
        }
        return standings
    }
}
