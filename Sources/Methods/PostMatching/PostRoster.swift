internal import Foundation
public import Staffing
public import Vocabulary

/// A problem of posts without its rules, as it is kept while it waits to be worked on. Codes, no names.
public struct PostRoster: Sendable, Codable {
    public var region: String
    public var year: SchoolYear
    /// What was left out and why, in words.
    public var notes: [String]
    var units: [PostProblem.Unit]
    var candidates: [PostProblem.Candidate]
    var placesEveryone: Bool

    public init(_ draw: PostDraw) {
        (region, year, notes) = (draw.problem.region, draw.problem.year, draw.notes)
        (units, candidates, placesEveryone) = (draw.problem.units, draw.problem.candidates, draw.problem.placesEveryone)
    }

    public init(bytes: [UInt8]) throws { self = try JSONDecoder().decode(PostRoster.self, from: Data(bytes)) }

    public var bytes: [UInt8] { get throws { Array(try JSONEncoder().encode(self)) } }

    public func problem(_ rules: StaffingRules) -> PostProblem {
        PostProblem(
            region: region, year: year, units: units, candidates: candidates, rules: rules, placesEveryone: placesEveryone)
    }
}
