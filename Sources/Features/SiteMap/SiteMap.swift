internal import Foundation
public import Vocabulary

/// What every page is about: school year and standard. It stands in the URL, so that a link shows a colleague the same page.
public struct Scope: Sendable, Hashable {
    public var year: SchoolYear
    public var standard: String

    public init(year: SchoolYear, standard: String) {
        self.year = year
        self.standard = standard
    }

    public var query: String { "?year=\(year.start)&standard=\(standard)" }
}

/// The address of every page. Features link to each other only through these.
public struct SiteMap: Sendable {
    public let scope: Scope
    /// Characters a path segment may show as they are.
    private static let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")

    public init(_ scope: Scope) { self.scope = scope }

    public var city: String { "/\(scope.query)" }
    public var bigScreen: String { "/bigscreen\(scope.query)" }
    public var rules: String { "/standards\(scope.query)" }
    public func county(_ name: String) -> String { path(["counties", name]) }
    public func indicator(_ county: String, _ code: String) -> String { path(["counties", county, "indicators", code]) }
    public func schools(_ county: String) -> String { path(["counties", county, "schools"]) }
    public func school(_ county: String, _ code: String) -> String { path(["counties", county, "schools", code]) }
    public func explanation(_ county: String, _ school: String, _ stage: Stage, _ code: String) -> String {
        path(["counties", county, "schools", school, stage.rawValue, code])
    }
    public func shortfalls(_ county: String) -> String { path(["counties", county, "shortfalls"]) }
    public func shortfallBook(_ county: String) -> String { path(["counties", county, "shortfalls.xlsx"]) }
    public func map(_ county: String) -> String { path(["counties", county, "map"]) }
    public func comparison(_ county: String) -> String { path(["counties", county, "compare"]) }
    public func report(_ county: String, _ kind: String) -> String { path(["counties", county, "report.\(kind)"]) }
    public func template(_ form: String) -> String { "/templates/\(form).xlsx\(scope.query)" }

    private func path(_ parts: [String]) -> String {
        "/" + parts.map { $0.addingPercentEncoding(withAllowedCharacters: SiteMap.plain) ?? "" }.joined(separator: "/") + scope.query
    }
}
