internal import DemoCity
internal import Foundation
internal import Indicators
internal import Ledger
internal import Registry
internal import Storage
internal import Vault
internal import Vocabulary

/// The demo city's special funds of the year running, and finance figures of three years; one county has handed no figures in.
struct FillDemoFunds {
    let installation: Installation
    let city: DemoCity
    let today: Day

    func run() async throws {
        guard let folder = try? CatalogueFolder(), let rules = try? FundsFile.rules(nil, folder), let year = city.schoolYears.last,
            let form = installation.catalogue.forms["school-return"]
        else { return }
        let store = installation.storage.ledger
        for (place, county) in city.counties.enumerated() {
            let table = try await installation.storage.returns.table(form, year, county: county)
            let schools = (0..<Swift.min(6, table.count)).map { row in
                (code: table.attribute("code", row), name: table.attribute("name", row))
            }
            let by = DemoCity.officer(of: county).name
            let told = place < city.counties.count - 1 ? figures(county, place, schools) : []
            _ = try await store.write(LedgerBatch(entries(county, place, schools, by: by), figures: told), rules: rules)
        }
    }

    private func entries(_ county: String, _ place: Int, _ schools: [(code: String, name: String)], by name: String) -> [LedgerEntry] {
        let funds = [("薄弱环节改善资金", "运动场改造", "校舍维修"), ("信息化专项", "多媒体教室更新", "设备购置")]
        var entries: [LedgerEntry] = []
        for (number, school) in schools.enumerated() {
            let fund = funds[number % 2]
            func add(_ kind: LedgerEntry.Kind, _ wan: Int, _ month: Int) {
                guard wan > 0, month <= today.month else { return }
                entries.append(
                    LedgerEntry(
                        id: RandomID.make(), county: county,
                        line: .init(year: today.year, fund: fund.0, project: fund.1, school: school.code), schoolName: school.name,
                        kind: kind, amount: Money(fen: wan * 1_000_000), purpose: kind == .paid ? fund.2 : "",
                        day: Day(year: today.year, month: month, day: 1), voucher: "\(today.year)-\(entries.count + 1)", madeBy: name,
                        madeAt: Date()))
            }
            let whole = 20 + 10 * ((number + place) % 4)
            add(.budget, whole, 1)
            add(.allotted, whole * 8 / 10, 1)
            // One county is slow to pay.
            for month in [3, 6, 9] { add(.paid, whole * (place == 1 ? 1 : 2) / 10, month) }
        }
        return entries
    }

    private func figures(_ county: String, _ place: Int, _ schools: [(code: String, name: String)]) -> [FinanceFigure] {
        func figure(_ year: Int, _ extent: FinanceFigure.Extent, _ wan: Int, _ pupils: Int) -> FinanceFigure {
            FinanceFigure(
                county: county, year: year, basis: .budget, extent: extent, spending: Money(fen: wan * 1_000_000), pupils: pupils)
        }
        // One county spends less than the year before; its pupils are fewer, so that the mean still grows.
        let (wan, pupils) = (40_000 + 3_000 * place, 22_000 + 1_500 * place)
        let now = place == 1 ? wan * 99 / 100 : wan * 104 / 100
        var figures = [figure(today.year - 1, .whole, wan, pupils), figure(today.year, .whole, now, pupils * 97 / 100)]
        for (stage, share) in [(Stage.primary, 55), (.junior, 45)] {
            figures += [
                figure(today.year - 1, .stage(stage), wan * share / 100, pupils * 60 / 100),
                figure(today.year, .stage(stage), now * share / 100, pupils * 59 / 100),
            ]
        }
        return figures
            + schools.enumerated().map { number, school in
                FinanceFigure(
                    county: county, year: today.year, basis: .budget, extent: .school(school.code), name: school.name,
                    running: Money(fen: 80_000_000), training: number == 5 ? nil : Money(fen: number == 2 ? 3_600_000 : 4_200_000))
            }
    }
}
