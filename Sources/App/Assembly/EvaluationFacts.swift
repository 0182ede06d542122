internal import Foundation
internal import Indicators
internal import Targets
internal import Vocabulary

/// Facts plans are held against, from the evaluations and the returns of the newest school year with data.
///
/// `indicator:STANDARD/cv/STAGE` is a county's highest coefficient of variation in a stage, `…/cv/share-of-counties` the share of
/// counties whose spreads all stay under their ceilings, `…/ITEM/N` the N-th number of an item judged by county figures,
/// `…/verdict` 1 where the county meets the standard and 0 where not. `registry:A/B` divides two elements of the county return,
/// `registry:A` is one of them. `cases:…` is answered by whoever counts cases.
struct EvaluationFacts: PlanFactSource {
    let evaluations: any Evaluations
    let returns: any ReturnStore
    /// Counts of cases by name, such as `rectification/closed`; nil where the name is not known.
    let cases: @Sendable (String) async throws -> [PlanFact]?

    func counties() async throws -> [String] {
        guard let year = try await returns.schoolYears(form: "school-return").first else { return [] }
        return try await returns.counties(form: "school-return", year)
    }

    func facts(_ names: Set<String>) async throws -> PlanFacts {
        var facts = PlanFacts()
        let availability = try await evaluations.availability()
        for name in names {
            let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "indicator":
                let path = parts[1].split(separator: "/").map(String.init)
                guard let standard = path.first, let year = availability[standard]?.first,
                    let evaluated = try await evaluations.evaluated(standard, year, .official)
                else { continue }
                facts.byName[name] = IndicatorFacts(evaluated, year: year).facts(Array(path.dropFirst()))
            case "registry": facts.byName[name] = try await figures(parts[1])
            case "cases": facts.byName[name] = try await cases(parts[1])
            default: continue
            }
        }
        return facts
    }

    /// Elements of the county return, one or one divided by another.
    private func figures(_ path: String) async throws -> [PlanFact]? {
        let elements = path.split(separator: "/").map { FactKey(String($0), nil) }
        guard let form = evaluations.catalogue.forms["county-return"], let year = try await returns.schoolYears(form: form.id).first,
            (1...2).contains(elements.count), elements.allSatisfy({ form.factKeys.contains($0) })
        else { return nil }
        let table = try await returns.table(form, year)
        let labels = elements.map { evaluations.catalogue.elements[$0.element]?.label.zh ?? $0.element }
        return (0..<table.count).map { row in
            let numbers = elements.map { table.fact($0, row).number }
            let county = table.attribute("county", row)
            let source = "\(year.label.zh)县级数据表：\(labels.joined(separator: " ÷ "))"
            guard let first = numbers[0], numbers.count == 1 || (numbers[1] ?? 0) > 0 else {
                return PlanFact(nil, county: county, source: "\(source)，还没有填", link: .county(county))
            }
            return PlanFact(numbers.count == 1 ? first : first / (numbers[1] ?? 1), county: county, source: source, link: .county(county))
        }
    }
}

/// Facts of one evaluation.
struct IndicatorFacts {
    let evaluated: Evaluated
    let year: SchoolYear

    init(_ evaluated: Evaluated, year: SchoolYear) {
        self.evaluated = evaluated
        self.year = year
    }

    func facts(_ path: [String]) -> [PlanFact]? {
        let counties = evaluated.result.counties
        switch (path.first, path.count) {
        case ("cv", 2) where path[1] == "share-of-counties": return share(counties)
        case ("cv", 2):
            guard let stage = Stage(rawValue: path[1]) else { return nil }
            return counties.map { spread($0, stage) }
        case ("verdict", 1): return counties.map { verdict($0) }
        case (.some(let code), 2):
            guard let number = Int(path[1]), number > 0 else { return nil }
            return counties.map { item($0, code, number - 1) }
        default: return nil
        }
    }

    private func base(_ county: String) -> String {
        let standing = evaluated.standing(county)
        return "\(year.label.zh)\(evaluated.result.standard.label.zh)（\(standing.badge)）"
    }

    private func spread(_ county: CountyResult, _ stage: Stage) -> PlanFact {
        let indicators = (county.stage(stage)?.indicators ?? []).filter { $0.ceiling != nil }
        let unknown = indicators.filter { $0.cv == nil }
        guard !indicators.isEmpty, unknown.isEmpty, let worst = indicators.max(by: { ($0.cv ?? 0) < ($1.cv ?? 0) }) else {
            let why = indicators.isEmpty ? "没有\(stage.label.zh)的差异系数" : "有\(unknown.count)项差异系数因缺数算不出"
            return PlanFact(nil, county: county.county, source: "\(base(county.county))：\(why)", link: .county(county.county))
        }
        let short = county.units.filter { $0.stage == stage && $0.verdict == .notMet }.map(\.name)
        let label = evaluated.evaluation.catalogue.indicators[worst.indicator]?.label.zh ?? worst.code
        return PlanFact(
            worst.cv, county: county.county, source: "\(base(county.county))：\(stage.label.zh)最高的一项是\(label)",
            link: .spread(county: county.county, code: worst.code, stage: stage), schools: short)
    }

    private func share(_ counties: [CountyResult]) -> [PlanFact] {
        let spreads = counties.map { county in Verdict.all(county.stages.flatMap(\.indicators).map(\.verdict)) }
        let unknown = spreads.count { $0 == .insufficient }
        let met = spreads.count { $0 == .met }
        let words = "\(year.label.zh)：\(counties.count)个县中\(met)个的差异系数全部达标"
        guard !counties.isEmpty, unknown == 0 else { return [PlanFact(nil, source: words + "，\(unknown)个资料不足")] }
        return [PlanFact(Double(met) / Double(counties.count), source: words)]
    }

    private func verdict(_ county: CountyResult) -> PlanFact {
        let value: Double? = county.overall == .met ? 1 : county.overall == .notMet ? 0 : nil
        return PlanFact(
            value, county: county.county, source: "\(base(county.county))：\(county.overall.label.zh)", link: .county(county.county))
    }

    private func item(_ county: CountyResult, _ code: String, _ number: Int) -> PlanFact {
        let item = county.parts.flatMap(\.items).first { $0.code == code }
        guard let item, item.tests.indices.contains(number) else {
            return PlanFact(nil, county: county.county, source: "\(base(county.county))：没有条目\(code)", link: .county(county.county))
        }
        let why = item.tests[number].value == nil ? "，还缺数" : ""
        return PlanFact(
            item.tests[number].value, county: county.county, source: "\(base(county.county))：\(code) \(item.label.zh)\(why)",
            link: .item(county: county.county, code: code))
    }
}
