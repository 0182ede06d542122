internal import Foundation
public import Vocabulary

/// What every page is about: school year, standard, frozen or live rows. It stands in the URL, so that a link shows a colleague the same page.
public struct Scope: Sendable, Hashable {
    public var year: SchoolYear
    public var standard: String
    /// Today's rows also where a county's are frozen and a correction is under way.
    public var isLive: Bool

    /// The standard pages speak of where nobody asks for another.
    public static let usualStandard = "balance-2017"

    public init(year: SchoolYear, standard: String = Scope.usualStandard, isLive: Bool = false) {
        self.year = year
        self.standard = standard
        self.isLive = isLive
    }

    public var query: String { "?year=\(year.start)&standard=\(standard)\(isLive ? "&view=live" : "")" }
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
    /// The schools whose row holds a word.
    public func schools(_ county: String, filter: String) -> String {
        schools(county) + "&t=schools&q=\(filter.addingPercentEncoding(withAllowedCharacters: SiteMap.plain) ?? "")#t-schools"
    }
    public func school(_ county: String, _ code: String) -> String { path(["counties", county, "schools", code]) }
    public func explanation(_ county: String, _ school: String, _ stage: Stage, _ code: String) -> String {
        path(["counties", county, "schools", school, stage.rawValue, code])
    }
    public func shortfalls(_ county: String) -> String { path(["counties", county, "shortfalls"]) }
    public func shortfallBook(_ county: String) -> String { path(["counties", county, "shortfalls.xlsx"]) }
    /// Where shortfalls of a county are chosen and ordered to be put right.
    public func rectifications(_ county: String) -> String { path(["counties", county, "rectifications"]) }
    /// What came of them: of all counties, of one.
    public static let rectificationEffects = "/rectifications/effects"
    public func rectificationEffects(_ county: String) -> String { path(["counties", county, "rectifications", "effects"]) }
    /// As a paper, of those closed in a calendar year.
    public func rectificationEffects(_ county: String, closed year: Int, _ file: String) -> String {
        path(["counties", county, "rectifications", "effects", file]) + "&closed=\(year)"
    }
    public func map(_ county: String) -> String { path(["counties", county, "map"]) }
    public func comparison(_ county: String) -> String { path(["counties", county, "compare"]) }
    /// How a coefficient of variation came about.
    public func spread(_ county: String, _ code: String, _ stage: Stage) -> String {
        path(["counties", county, "indicators", code, stage.rawValue])
    }
    /// How an item that is not measured school by school was judged.
    public func item(_ county: String, _ code: String) -> String { path(["counties", county, "items", code]) }
    /// The gaps of one indicator, whose sum stands on other pages.
    public func shortfalls(_ county: String, code: String) -> String {
        path(["counties", county, "shortfalls"]) + "&code=\(code.addingPercentEncoding(withAllowedCharacters: SiteMap.plain) ?? "")"
    }
    public func report(_ county: String, _ kind: String) -> String { path(["counties", county, "report.\(kind)"]) }
    public func template(_ form: String) -> String { "/templates/\(form).xlsx\(scope.query)" }

    public var imports: String { "/imports\(scope.query)" }
    public func importPage(_ id: String) -> String { path(["imports", id]) }
    public func importStep(_ id: String, _ step: String) -> String { path(["imports", id, step]) }
    public func markedWorkbook(_ id: String) -> String { path(["imports", id, "marked.xlsx"]) }
    public var snapshots: String { "/snapshots\(scope.query)" }
    public func snapshot(_ id: String) -> String { path(["snapshots", id]) }
    public func snapshotStep(_ id: String, _ step: String) -> String { path(["snapshots", id, step]) }
    /// Begins a county's report, or a correction of its frozen one.
    public func openSnapshot(_ county: String) -> String { path(["snapshots", "counties", county]) }
    public var rotation: String { "/rotation\(scope.query)" }
    /// A county's register of exchanges.
    public func rotation(_ county: String) -> String { path(["rotation", "counties", county]) }
    /// Where a county's register or roster is handed in.
    public func rotationUpload(_ county: String, _ what: String) -> String { path(["rotation", "counties", county, what]) }
    public func rotationStep(_ county: String, _ exchange: String) -> String {
        path(["rotation", "counties", county, "exchanges", exchange])
    }
    public func rotationPlan(_ id: String) -> String { path(["rotation", "plans", id]) }
    public func rotationAdopt(_ id: String) -> String { path(["rotation", "plans", id, "adopt"]) }
    /// Cases or targets of an adopted plan.
    public func rotationCarry(_ id: String, _ what: String) -> String { path(["rotation", "plans", id, "carry", what]) }
    public var rotationCompare: String { "/rotation/compare" }
    public var staffing: String { "/staffing\(scope.query)" }
    /// A county's staff against its establishment.
    public func staffing(_ county: String) -> String { path(["staffing", "counties", county]) }
    public func staffingSchool(_ county: String, _ school: String) -> String { path(["staffing", "counties", county, "schools", school]) }
    /// Where a county's roster of its whole staff is handed in.
    public func staffingUpload(_ county: String) -> String { path(["staffing", "counties", county, "rosters"]) }
    public func postPlan(_ id: String) -> String { path(["staffing", "plans", id]) }
    public func postPlanAdopt(_ id: String) -> String { path(["staffing", "plans", id, "adopt"]) }
    /// Cases or targets of an adopted matching of posts.
    public func postPlanCarry(_ id: String, _ what: String) -> String { path(["staffing", "plans", id, "carry", what]) }
    public var postPlanCompare: String { "/staffing/compare" }
    public var funds: String { "/funds\(scope.query)" }
    /// A county's ledger of special funds.
    public func funds(_ county: String) -> String { path(["funds", "counties", county]) }
    public func fundSchool(_ county: String, _ school: String) -> String { path(["funds", "counties", county, "schools", school]) }
    /// One fund's part of a county's ledger of a budget year.
    public func fund(_ county: String, _ name: String, budget: Int) -> String {
        funds(county) + "&budget=\(budget)&fund=\(SiteMap.encoded(name))"
    }
    /// A paper or photo of an entry.
    public func fundDocument(_ county: String, _ entry: String, _ number: Int) -> String {
        path(["funds", "counties", county, "entries", entry, "documents", "\(number)"])
    }
    public func fundStep(_ county: String, _ what: String) -> String { path(["funds", "counties", county, what]) }
    public var plans: String { "/plans\(scope.query)" }
    /// Asks for a plan of one county, or of all.
    public func newPlan(_ county: String?) -> String {
        "/plans/new\(scope.query)"
            + (county.map { "&county=" + ($0.addingPercentEncoding(withAllowedCharacters: SiteMap.plain) ?? "") } ?? "")
    }
    /// Asks for a plan of another method for one county.
    public func newMethod(_ method: String, _ county: String) -> String {
        path(["plans", "methods", method, "new"]) + "&county=" + SiteMap.encoded(county)
    }
    public func askMethod(_ method: String) -> String { path(["plans", "methods", method]) }
    public func plan(_ id: String) -> String { path(["plans", id]) }
    public func planFile(_ id: String, _ kind: String) -> String { path(["plans", id, kind]) }
    /// Cases or targets of an adopted plan.
    public func carryOutPlan(_ id: String, _ what: String) -> String { path(["plans", id, "carry", what]) }
    public func adoptPlan(_ id: String) -> String { path(["plans", id, "adopt"]) }
    /// What came of a job that looked for plans.
    public func planAnswers(_ job: String) -> String { path(["plans", "answers", job]) }
    public var comparePlans: String { "/plans/compare" }
    public var audit: String { "/audit" }
    /// The task centre; jobs are of no school year.
    public var tasks: String { "/tasks" }
    public func task(_ id: String) -> String { "/tasks/\(id)" }
    public func taskStep(_ id: String, _ step: String) -> String { "/tasks/\(id)/\(step)" }
    /// Where the top bar's choice of a visitor goes.
    public var visitor: String { "/visitor" }

    static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }

    func path(_ parts: [String]) -> String {
        "/" + parts.map { $0.addingPercentEncoding(withAllowedCharacters: SiteMap.plain) ?? "" }.joined(separator: "/") + scope.query
    }
}
