import ArgumentParser
import Assembly
import Casework
import Foundation
import Indicators
import Storage
import Vocabulary

extension CaseBench {
    /// Asks a filled database and tells milliseconds, the best and the middle of many tries.
    struct Ask: AsyncParsableCommand {
        @OptionGroup var place: Place
        @Option(help: "how often each question is asked") var rounds = 11

        func run() async throws {
            let folder = try CatalogueFolder()
            let (all, today) = (folder.compileCases(), try place.day())
            let storage = try await Storage(try place.driver())
            guard let form = folder.compile().catalogue.forms["school-return"] else { throw ExitCode(2) }
            let ground = try await CaseGround.of(storage, form)
            let store = CaseBench.store(storage, all)
            let school = ground.schools[ground.schools.count / 2]
            print("where\t\(school.county)\t\(school.code)")
            for (name, filter) in questions(ground) { try await inbox(name, filter, store, today) }
            try await others(store, today, ground)
        }

        /// What stands on one page of the list: fifty rows, how many there are, and how many of them are late.
        private func inbox(_ name: String, _ filter: CaseFilter, _ store: StoredCases, _ today: Day) async throws {
            try await ask(name) {
                let inbox = try await store.inbox(filter, after: nil, limit: 50, most: 10_000, today: today)
                return min(inbox.page.rows.count, inbox.count)
            }
        }

        private func questions(_ ground: CaseGround) -> [(String, CaseFilter)] {
            let school = ground.schools[ground.schools.count / 2]
            let county = school.county
            let head = CaseActor.Post(role: "school.head", county: county, school: school.code)
            let officer = CaseActor.Post(role: "county.supervisor", county: county)
            let some = Set(ground.counties.prefix(3))
            return [
                ("inbox of a school", CaseFilter(tray: .posts([head]))), ("inbox of a county", CaseFilter(tray: .posts([officer]))),
                ("inbox of a county, overdue", CaseFilter(tray: .posts([officer]), light: .overdue)),
                ("inbox of a county, due soon", CaseFilter(tray: .posts([officer]), light: .soon)),
                (
                    "inbox of a county, one kind and state",
                    CaseFilter(tray: .posts([officer]), definition: "safety-hazard", state: "removed")
                ),
                ("inbox of all heads of a county", CaseFilter(tray: .posts([.init(role: "school.head", county: county)]))),
                ("inbox of a city office", CaseFilter(tray: .posts([.init(role: "city.inspectorate")]))),
                ("my unit's", CaseFilter(tray: .owned([head]))), ("mine", CaseFilter(tray: .mine("school-head-\(school.code)"))),
                ("opened by me", CaseFilter(tray: .openedBy("county-officer-\(county)"))),
                ("a county's", CaseFilter(county: county)), ("a county's, due soon", CaseFilter(light: .soon, county: county)),
                ("a county's, one kind and state", CaseFilter(definition: "home-visit", state: "following", county: county)),
                ("a county's, open and closed", CaseFilter(isOpen: nil, county: county)), ("three counties'", CaseFilter(counties: some)),
                ("the city's", CaseFilter()), ("the city's, overdue", CaseFilter(light: .overdue)),
                ("the city's, on time", CaseFilter(light: .onTime)), ("the city's, of one state", CaseFilter(state: "signing")),
                ("the city's, closed", CaseFilter(isOpen: false)), ("search, common word", CaseFilter(text: "护栏")),
                ("search, one case in all", CaseFilter(isOpen: nil, text: "100777号")),
                ("search, a county's, rare", CaseFilter(isOpen: nil, county: county, text: "缺997")),
            ]
        }

        private func others(_ store: StoredCases, _ today: Day, _ ground: CaseGround) async throws {
            let deep = CaseCursor(due: today.ordinal - 30, id: "0")
            try await ask("the city's, a page far down") {
                try await store.page(CaseFilter(), after: deep, limit: 50, today: today).rows.count
            }
            let month = CaseFilter(dueFrom: today.adding(days: -15), dueUntil: today.adding(days: 15))
            try await ask("calendar of a month") { try await store.page(month, after: nil, limit: 500, today: today).rows.count }
            try await ask("one case with its history") { try await store.find(CaseCrowd.id(777))?.history.count ?? 0 }
            try await ask("one case's digests") { try await store.broken(CaseCrowd.id(777)) == nil ? 1 : 0 }
            for group in CaseGrouping.allCases {
                try await ask("figures by \(group.rawValue)", rounds: 3) {
                    try await store.figures(CaseFilter(isOpen: nil), by: group, opened: (nil, nil), today: today).count
                }
            }
            let county = CaseFilter(isOpen: nil, counties: [ground.schools[0].county])
            try await ask("figures of one county by school", rounds: 3) {
                try await store.figures(county, by: .school, opened: (nil, nil), today: today).count
            }
            try await ask("20,000 rows for a workbook", rounds: 2) {
                var (rows, after): (Int, CaseCursor?) = (0, nil)
                repeat {
                    let page = try await store.page(
                        CaseFilter(definition: "rectification", isOpen: nil), after: after, limit: 500, today: today)
                    rows += page.rows.count
                    after = page.next
                } while after != nil && rows < 20_000
                return rows
            }
            try await ask("which deadlines have passed") { try await store.escalationsDue(today, limit: 1_000).count }
        }

        /// An answer with nothing in it is no answer.
        private func ask(_ name: String, rounds: Int? = nil, _ question: () async throws -> Int) async throws {
            var times: [Double] = []
            for _ in 0..<(rounds ?? self.rounds) {
                times.append(
                    try await CaseBench.seconds { guard try await question() > 0 else { throw ValidationError("\(name): nothing found") } })
            }
            times.sort()
            print("\(name)\t\(times[0] * 1_000)\t\(times[times.count / 2] * 1_000)")
        }
    }
}
