internal import Foundation
internal import Indicators
internal import Pages
public import Planning
internal import Vocabulary

/// A plan of a county's method as it is kept: everything its page shows, in names and numbers of the day it was made, and what it takes
/// to hold it against the rules again.
public struct MethodSheet: Sendable, Codable {
    public struct Line: Sendable, Codable, Hashable {
        public var label: String
        public var text: String
    }
    public struct Cell: Sendable, Codable {
        public var text: String
        public var number: Double?
        /// Code of the school it is about.
        public var school: String?

        init(_ text: String, school: String? = nil) {
            self.text = text
            self.school = school
        }

        init(_ number: Double?, _ text: String, school: String? = nil) {
            self.text = text
            self.number = number
            self.school = school
        }
    }
    public struct Column: Sendable, Codable {
        public var label: String
        /// nil for texts.
        public var decimals: Int?
        public var isSummed = false
    }
    public struct Table: Sendable, Codable {
        public var id: String
        public var caption: String
        public var note: String
        public var columns: [Column]
        public var rows: [[Cell]]
    }
    /// A curve: what so much money brings.
    public struct Point: Sendable, Codable {
        public var x: Double
        public var y: Double
    }
    public struct Chart: Sendable, Codable {
        public var title: String
        public var note: String
        public var across: String
        public var up: String
        public var points: [Point]
        /// Where the plan itself stands.
        public var here: Point
    }
    /// Something the plan pays for.
    public struct Purchase: Sendable, Codable, Hashable {
        public var project: String
        public var school: String
        public var schoolName: String
        /// Id of the unit it is for; the school's code for what its stages share. Nil in plans that were kept without it.
        public var place: String?
        /// Yuan.
        public var cost: Int
        /// What is bought, by action of the cost list.
        public var actions: [String]

        public init(project: String, school: String, schoolName: String, place: String? = nil, cost: Int, actions: [String] = []) {
            self.project = project
            self.school = school
            self.schoolName = schoolName
            self.place = place
            self.cost = cost
            self.actions = actions
        }
    }
    /// A school that leads another, by code.
    public struct Pair: Sendable, Codable, Hashable {
        public var lead: String
        public var leadName: String
        public var member: String
        public var memberName: String
        /// Points the member gains, and the way between the two; nil in plans that were kept without, and where a school has no coordinates.
        public var gain: Int?
        public var metres: Int?
    }

    public var question: MethodQuestion
    public var headline: String
    public var source: String
    /// Yuan; 0 where it costs nothing.
    public var cost: Int
    public var figures: [Line]
    public var tables: [Table]
    public var chart: Chart?
    /// Why one may trust it.
    public var check: [String]
    public var conditions: [Line]
    public var note: String
    public var purchases: [Purchase] = []
    public var pairs: [Pair] = []
    /// Every school before and after, how many items the standard wants of a unit, and the spreads. Nil in plans that were kept without.
    public var schools: [PlannedSchool]?
    public var minimum: Int?
    public var spreads: [PathSheet.Spread]?
    /// Fingerprint of the problem it answers.
    public var problem: String
    /// The answer and what vouches for it, in the method's own words.
    public var answer: String

    var text: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }

    /// As it stands in a plan's record. Throws `StoreRefusal` where it does not read back.
    public init(_ record: ProposalRecord) throws {
        do {
            self = try JSONDecoder().decode(MethodSheet.self, from: Data(record.body.utf8))
        } catch {
            throw StoreRefusal(.damaged, "“\(record.title)”存下的内容读不出来，可能被改动过。请从备份恢复，或重新算一份")
        }
    }

    init(
        _ question: MethodQuestion, headline: String, source: String, cost: Int, figures: [Line], tables: [Table], chart: Chart? = nil,
        check: [String], conditions: [Line], note: String, problem: String, answer: String
    ) {
        self.question = question
        self.headline = headline
        self.source = source
        self.cost = cost
        self.figures = figures
        self.tables = tables
        self.chart = chart
        self.check = check
        self.conditions = conditions
        self.note = note
        self.problem = problem
        self.answer = answer
    }
}
