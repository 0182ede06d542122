internal import Alliances
internal import DemoCity
internal import Foundation
internal import Indicators
internal import Registry
internal import Storage
internal import Vault
internal import Vocabulary

/// The demo city's alliances: each county has an older one and one a year younger. In some of them a school, or all, have had nothing
/// this school year yet.
struct FillDemoAlliances {
    let installation: Installation
    let evaluations: StoreEvaluations
    let city: DemoCity
    let today: Day

    /// Nothing happens where there are alliances, or less than two years to compare.
    func run() async throws {
        guard let rules = (try? CatalogueFolder())?.compileAlliances(), city.schoolYears.count > 1,
            let year = city.schoolYears.dropLast().last,
            let result = try await evaluations.evaluated("balance-2017", year, .official)?.result
        else { return }
        let store = installation.storage.alliances
        guard try await store.alliances().isEmpty else { return }
        var (alliances, activities): ([Alliance], [AllianceActivity]) = ([], [])
        for (place, county) in result.counties.enumerated() {
            let by = DemoCity.officer(of: county.county).name
            // Those that meet most lead those that meet least.
            let ranked = county.units.filter { $0.stage == .primary && $0.verdict != .insufficient }.sorted {
                (-$0.met, $0.school) < (-$1.met, $1.school)
            }
            guard ranked.count >= 8 else { continue }
            for (number, lead) in ranked.prefix(2).enumerated() {
                let members = ranked.suffix(6).dropFirst(number * 3).prefix(3)
                let first = city.schoolYears[Swift.max(0, city.schoolYears.count - 3)]
                let founded = number == 0 ? Day(year: first.start, month: 10, day: 8) : Day(year: year.start, month: 10, day: 8)
                guard founded <= today else { continue }
                func school(_ unit: UnitResult) -> AllianceSchool {
                    AllianceSchool(code: unit.school, name: unit.name, county: county.county)
                }
                let alliance = Alliance(
                    id: RandomID.make(), name: "\(lead.name)\(number == 0 ? "教育集团" : "教联体")", county: county.county,
                    form: number == 0 ? "group" : "alliance", lead: school(lead), founded: founded,
                    members: members.map { .init(school($0), .supported, from: founded) }, madeBy: by, madeAt: Date(), version: 1)
                alliances.append(alliance)
                activities += self.activities(of: alliance, isQuiet: number == 1 && place % 3 == 1, by: by)
            }
        }
        let (founded, done, today) = (alliances, activities, today)
        try await store.change(of: nil) { register in
            try register.found(founded, rules: rules, today: today)
            try register.record(done, rules: rules, today: today)
        }
    }

    /// In autumn and spring of every year. The last member got no teachers, and nothing this year; of a quiet alliance nobody did.
    private func activities(of alliance: Alliance, isQuiet: Bool, by name: String) -> [AllianceActivity] {
        var found: [AllianceActivity] = []
        func add(_ kind: AllianceActivity.Kind, _ day: Day, _ count: Int, _ days: Int?, _ subject: String, _ to: String, _ evidence: String)
        {
            guard alliance.founded <= day, day <= today else { return }
            found.append(
                AllianceActivity(
                    id: RandomID.make(), alliance: alliance.id, kind: kind, day: day, count: count, days: days, subject: subject,
                    from: alliance.lead.code, to: to, evidence: evidence, madeBy: name, madeAt: Date()))
        }
        for start in alliance.founded.schoolYear.start...today.schoolYear.start {
            for (place, member) in alliance.members.enumerated() {
                let code = member.school.code
                if start == today.schoolYear.start, isQuiet || place == 2 { continue }
                if place < 2 { add(.staff, Day(year: start, month: 10, day: 9 + place), 2, 40, place == 0 ? "数学" : "语文", code, "跟岗安排表") }
                add(.lesson, Day(year: start, month: 11, day: 3), 16, nil, "科学", code, "同步课堂课表")
                add(.visit, Day(year: start + 1, month: 3, day: 12), 1, nil, "", code, "教研签到表")
            }
        }
        return found
    }
}
