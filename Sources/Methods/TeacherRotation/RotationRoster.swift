public import Exchanges
internal import Foundation
public import Vocabulary

/// A problem without its rules, as it is kept while it waits to be worked on. Codes, no names.
public struct RotationRoster: Sendable, Codable {
    public var region: String
    public var year: SchoolYear
    var units: [RotationProblem.Unit]
    var teachers: [RotationProblem.Teacher]

    public init(_ problem: RotationProblem) {
        (region, year, units, teachers) = (problem.region, problem.year, problem.units, problem.teachers)
    }

    public init(bytes: [UInt8]) throws { self = try JSONDecoder().decode(RotationRoster.self, from: Data(bytes)) }

    public var bytes: [UInt8] { get throws { Array(try JSONEncoder().encode(self)) } }

    public func problem(_ rules: RotationRules) -> RotationProblem {
        RotationProblem(region: region, year: year, units: units, teachers: teachers, rules: rules)
    }
}
