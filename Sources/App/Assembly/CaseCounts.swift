internal import Casework
internal import Foundation
internal import Indicators
internal import Storage
internal import Targets
internal import Vocabulary

/// Counts of cases as facts of plans: `rectification/closed` is the number written off, county by county.
struct CaseCounts: Sendable {
    let office: CaseOffice
    let counties: @Sendable () async throws -> [String]
    let today: @Sendable () -> Day

    /// Nil for a kind or a count nobody knows.
    func facts(_ name: String) async throws -> [PlanFact]? {
        let parts = name.split(separator: "/").map(String.init)
        let labels = ["opened": "立件", "closed": "办结", "open": "在办", "overdue": "超期"]
        guard parts.count == 2, let label = labels[parts[1]], let kind = office.definitions.current(parts[0], on: today()) else {
            return nil
        }
        let filter = CaseFilter(definition: parts[0], isOpen: nil)
        let figures = try await office.query.figures(filter, by: .county, opened: (nil, nil), today: today())
        let known = Dictionary(figures.map { ($0.group, $0) }) { first, _ in first }
        return try await counties().map { county in
            // No case at all is none, and known.
            PlanFact(
                Double(known[county].map { CaseCounts.number(parts[1], $0) } ?? 0), county: county,
                source: "\(kind.label.zh)\(label)件数", link: .county(county))
        }
    }

    private static func number(_ name: String, _ figures: CaseFigures) -> Int {
        switch name {
        case "opened": figures.opened
        case "closed": figures.closed
        case "open": figures.open
        default: figures.overdue
        }
    }
}

extension EvaluationFacts {
    /// With counts of the installation's cases.
    init(_ installation: Installation, _ evaluations: StoreEvaluations, today: @escaping @Sendable () -> Day) {
        let returns = installation.storage.returns
        let counts = CaseCounts(
            office: installation.caseOffice(evaluations),
            counties: {
                guard let year = try await returns.schoolYears(form: "school-return").first else { return [] }
                return try await returns.counties(form: "school-return", year)
            }, today: today)
        self.init(evaluations: evaluations, returns: returns, cases: { try await counts.facts($0) })
    }
}
