public import Alliances
public import Foundation
internal import Storage
public import Vocabulary

/// The alliances of an installation with what they did in a school year, for the terminal.
public struct AllianceListing: Sendable {
    public struct Row: Sendable {
        public let alliance: Alliance
        public let form: String
        /// Schools on the day looked at, the lead among them.
        public let size: Int
        public let tally: AllianceTally
        public let idle: [Alliance.Member]
    }

    public let year: SchoolYear
    public let alliances: [Row]

    /// Ended ones are left out where they ended before the school year.
    public init(_ installation: Installation, county: String?, year: SchoolYear?, today: Day) async throws {
        let (store, rules) = (installation.storage.alliances, (try? CatalogueFolder())?.compileAlliances())
        let chosen = year ?? today.schoolYear
        let last = Day(year: chosen.start + 1, month: 8, day: 31)
        let day = Swift.max(Swift.min(today, last), chosen.countDay)
        let activities = try await store.activities(nil)
        self.year = chosen
        alliances = try await store.alliances().filter { alliance in
            (county == nil || alliance.county == county) && alliance.founded <= last && alliance.ended.map { $0 >= chosen.countDay } ?? true
        }.map { alliance in
            Row(
                alliance: alliance, form: rules?.form(alliance.form)?.label.zh ?? alliance.form, size: alliance.size(on: day),
                tally: AllianceTally(activities.filter { $0.alliance == alliance.id && $0.day.schoolYear == chosen }),
                idle: AllianceTally.idle(alliance, activities, chosen, on: day))
        }
    }

    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(Answer(schoolYear: year.start, alliances: alliances.map { Answer.One($0) }))
    }

    private struct Answer: Encodable {
        struct Member: Encodable {
            var school, name, county, role: String
            var stage: String?
            var from: Day
            var until: Day?
        }
        struct One: Encodable {
            var id, name, county, form, lead: String
            var founded: Day
            var ended: Day?
            var members: [Member]
            var teachers, teacherDays, lessons, visits, entries: Int
            var idle: [String]

            init(_ row: Row) {
                let alliance = row.alliance
                (id, name, county, form, lead) = (alliance.id, alliance.name, alliance.county, alliance.form, alliance.lead.code)
                (founded, ended) = (alliance.founded, alliance.ended)
                members = alliance.members.map {
                    Member(
                        school: $0.school.code, name: $0.school.name, county: $0.school.county, role: $0.role.rawValue,
                        stage: $0.stage?.rawValue, from: $0.from, until: $0.until)
                }
                (teachers, teacherDays) = (row.tally.teachers, row.tally.teacherDays)
                (lessons, visits, entries) = (row.tally.lessons, row.tally.visits, row.tally.entries)
                idle = row.idle.map(\.school.code)
            }
        }
        var schoolYear: Int
        var alliances: [One]
    }
}
