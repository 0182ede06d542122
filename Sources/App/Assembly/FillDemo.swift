public import DemoCity
internal import Foundation
internal import Imports
internal import Indicators
internal import Registry
internal import Reporting
internal import Storage
internal import Vault
public import Vocabulary
internal import Workbooks

/// Puts the demo city into an empty installation the way a city would: every county hands in its workbook of every year,
/// past years are approved and frozen, the newest stands at a different step in every county.
public struct FillDemo: Sendable {
    let installation: Installation
    let city: DemoCity

    public init(_ installation: Installation, city: DemoCity) {
        self.installation = installation
        self.city = city
    }

    private var reviewer: Person { DemoCity.people[0] }
    private var supervisor: Person { DemoCity.people.first { $0.id == "city-inspectorate" } ?? reviewer }

    /// Nothing happens where data lie already. With `today` there is also a city plan, half done on that day. `progress` hears a year as it is done.
    public func run(today: Day? = nil, progress: @Sendable (SchoolYear) -> Void = { _ in }) async throws {
        guard try await installation.storage.returns.schoolYears(form: "school-return").isEmpty else { return }
        try FileBoundaries(folder: installation.folder).fill(with: city)
        for year in city.schoolYears {
            let returns = DemoYear(city, year, catalogue: installation.catalogue)
            for county in city.counties {
                try await handIn(returns.workbook(of: county), named: "\(county)\(year.start).xlsx", county, year)
                if let book = returns.monitoringWorkbook(of: county) {
                    try await handIn(book, named: "\(county)\(year.start)监测.xlsx", county, year)
                }
                try await report(county, year)
            }
            progress(year)
        }
        try await correctionWaiting()
        try await FillDemoStaffing(installation: installation, city: city).run()
        try await FillDemoFunds(installation: installation, city: city, today: today ?? FillDemo.today()).run()
        let cases = FillDemoCases(installation, city: city, today: FillDemo.today())
        try await cases.run()
        try await FillDemoInspection(cases)?.run()
        let storage = installation.storage
        let evaluations = StoreEvaluations(
            returns: storage.returns, snapshots: storage.snapshots, catalogue: installation.catalogue)
        try await FillDemoAlliances(
            installation: installation, evaluations: evaluations, city: city, today: today ?? FillDemo.today()
        ).run()
        guard let today else { return }
        let facts = EvaluationFacts(installation, evaluations, today: { today })
        try await FillDemoPlan(storage: storage, facts: facts, today: today, supervisor: supervisor).run()
    }

    private static func today() -> Day {
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
        return Day(year: parts.year ?? DemoCity.years.upperBound, month: parts.month ?? 1, day: parts.day ?? 1)
    }

    /// The day so many days after the count day of a year, at nine.
    private func date(_ year: SchoolYear, days: Int) -> Date {
        let count = DateComponents(calendar: Calendar(identifier: .gregorian), year: year.start, month: 9, day: 1, hour: 9).date ?? Date()
        return count.addingTimeInterval(Double(days) * 86_400)
    }

    private func signed(_ person: Person, _ year: SchoolYear, days: Int) -> Signature {
        Signature(by: person.id, name: person.name, at: date(year, days: days))
    }

    private func handIn(_ book: SheetBook, named name: String, _ county: String, _ year: SchoolYear) async throws {
        let by = signed(DemoCity.officer(of: county), year, days: 18)
        for record in try await previews(
            of: book, named: name, county, year, by)
        {
            _ = try await installation.storage.imports.apply(record.id, ImportChoice(), seen: record.version, by: by)
        }
    }

    private func previews(
        of book: SheetBook, named name: String, _ county: String, _ year: SchoolYear, _ by: Signature
    ) async throws -> [ImportRecord] {
        let file = installation.folder.appendingPathComponent(RandomID.make())
        defer { try? FileManager.default.removeItem(at: file) }
        try XlsxWriter().write(book).write(to: file)
        let at = by.at
        let takeIn = installation.takeIn { at }
        var records: [ImportRecord] = []
        for begun in try await takeIn.begin(file, name: name, year: year, county: county, by: by) {
            records.append(try await takeIn.read(begun))
        }
        return records
    }

    // MARK: Reports

    /// How far a county's report has come: past years to the end, the newest as the city's own table says.
    private func report(_ county: String, _ year: SchoolYear) async throws {
        let steps = year == city.schoolYears.last ? city.newestSteps(county) : [.submit, .approve, .freeze]
        guard !steps.isEmpty else { return }
        let store = installation.storage.snapshots
        let officer = DemoCity.officer(of: county)
        var snapshot = try await store.open(
            RandomID.make(), county: county, year, forms: ["school-return", "county-return"], reason: "",
            by: signed(officer, year, days: 24))
        for step in steps {
            switch step {
            case .freeze:
                snapshot = try await store.freeze(
                    snapshot.id, seen: snapshot.version, catalogue: installation.catalogueDigest, by: signed(reviewer, year, days: 59),
                    hash: { Sha256.hex($0) })
            case .submit:
                snapshot = try await store.take(
                    .submit, on: snapshot.id, seen: snapshot.version, reason: "", by: signed(officer, year, days: 25))
            default:
                snapshot = try await store.take(
                    step, on: snapshot.id, seen: snapshot.version, reason: step == .giveBack ? DemoCity.returnReason : "",
                    by: signed(reviewer, year, days: 40))
            }
        }
    }

    /// The county whose report was given back has a corrected workbook in preview, with one cell still wrong.
    private func correctionWaiting() async throws {
        guard let year = city.schoolYears.last, let county = city.counties.first(where: { city.newestSteps($0).last == .giveBack }) else {
            return
        }
        let book = DemoYear(city, year, catalogue: installation.catalogue).workbook(of: county) { rows in
            for place in rows.indices.prefix(6) {
                let key = FactKey("networked_classrooms", nil)
                let number = (rows[place].facts[key]?.number ?? 0) + 3
                rows[place].facts[key] = .known(place == 5 ? -number : number)
            }
        }
        _ = try await previews(
            of: book, named: "\(county)\(year.start)更正.xlsx", county, year, signed(DemoCity.officer(of: county), year, days: 44))
    }
}
