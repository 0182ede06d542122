internal import Cases
internal import Casework
internal import CollectOnce
internal import DataRequests
internal import Foundation
internal import Indicators
internal import Inspection
internal import Pages
internal import Registry
internal import Reporting
internal import Shortfalls
internal import SiteMap
internal import SquareCodes
internal import Storage
internal import Supervision
internal import Vault
internal import Vocabulary
internal import Workbooks

extension WebServer {
    func casesDesk(_ templates: TemplateLibrary) -> CasesDesk {
        let installation = installation
        let evaluations = evaluations
        let papers = CasesDesk.CasePapers(
            books: XlsxWriter(),
            paper: official, code: { try? SquarePicture.svg(QRSquares().squares(of: $0), label: "报告的二维码") })
        return CasesDesk(
            office: installation.caseOffice(evaluations), places: RegisteredSchools(evaluations: evaluations), people: people,
            files: installation.files, templates: templates, papers: papers, organisation: organisation, uploads: installation.uploads,
            actor: { installation.caseActor($0, today: $1) }, address: CaseLinkAddress.of,
            asides: { try await CaseEffect.aside($0, evaluations) }, order: order, now: { Date() })
    }

    func collectionDesk(_ templates: TemplateLibrary) -> CollectionDesk {
        let installation = installation
        let places = RegisteredSchools(evaluations: evaluations)
        return CollectionDesk(
            office: installation.caseOffice(evaluations),
            check: { try await installation.collectionCheck($2).run($0, besides: $1) }, headers: { try AskedHeaders.read($0, name: $1) },
            counties: { Array(Set(try await places.schools().map(\.county))).sorted() }, templates: templates, organisation: organisation,
            uploads: installation.uploads, actor: { installation.caseActor($0, today: $1) }, now: { Date() })
    }

    func shortfallsDesk(_ templates: TemplateLibrary) -> ShortfallsDesk {
        let installation = installation
        return ShortfallsDesk(
            evaluations: evaluations, office: installation.caseOffice(evaluations), templates: templates, organisation: organisation,
            books: XlsxWriter(), paper: official, actor: { installation.caseActor($0, today: $1) }, now: { Date() })
    }
}

extension WebServer {
    func supervisionDesk(_ templates: TemplateLibrary) -> SupervisionDesk? {
        guard let inspection else { return nil }
        let installation = installation
        let registered = RegisteredSchools(evaluations: evaluations)
        return SupervisionDesk(
            store: installation.storage.inspection, catalogue: inspection, evaluations: evaluations,
            office: installation.caseOffice(evaluations), people: people, files: installation.files, templates: templates,
            books: XlsxWriter(),
            paper: official, organisation: organisation, uploads: installation.uploads, schools: { try await registered.supervised() },
            actor: { installation.caseActor($0, today: $1) }, newID: { RandomID.make() }, now: { Date() })
    }
}

/// The schools of the newest year with data.
struct RegisteredSchools: CasePlaces {
    let evaluations: StoreEvaluations

    func schools() async throws -> [CaseSchool] {
        guard let table = try await newest() else { return [] }
        return (0..<table.count).map { row in
            CaseSchool(code: table.attribute("code", row), name: table.attribute("name", row), county: table.attribute("county", row))
        }.sorted { ($0.county, $0.name) < ($1.county, $1.name) }
    }

    func supervised() async throws -> [SupervisedSchool] {
        guard let table = try await newest() else { return [] }
        return (0..<table.count).map { row in
            let place = Double(table.attribute("longitude", row)).flatMap { longitude in
                Double(table.attribute("latitude", row)).map { VisitPosition(longitude: longitude, latitude: $0) }
            }
            return SupervisedSchool(
                code: table.attribute("code", row), name: table.attribute("name", row), county: table.attribute("county", row),
                position: place)
        }.sorted { ($0.county, $0.name) < ($1.county, $1.name) }
    }

    private func newest() async throws -> ReturnTable? {
        let availability = try await evaluations.availability()
        guard
            let (standard, year) = availability.compactMap({ entry in entry.value.max().map { (entry.key, $0) } }).max(by: {
                ($0.1, $1.0) < ($1.1, $0.0)
            }), let evaluated = try await evaluations.evaluated(standard, year, .official)
        else { return nil }
        return evaluated.evaluation.schools
    }
}

/// The pages of what cases are linked to.
enum CaseLinkAddress {
    @Sendable static func of(_ link: CaseLink, _ place: CasePlace, _ scope: Scope) -> String? {
        let site = SiteMap(scope)
        // `visit/finding` and `standard/code`.
        let parts = link.target.split(separator: "/", maxSplits: 1).map(String.init)
        switch link.kind {
        case SupervisionDesk.link: return parts.first.map { site.inspectionVisit($0) }
        case OpenRectifications.link: return place.county.map { site.shortfalls($0) }
        case OpenRectifications.indicatorLink:
            guard let county = place.county, parts.count == 2 else { return nil }
            return site.indicator(county, parts[1])
        case CollectionDesk.link: return SiteMap.collectOnce
        default: return nil
        }
    }
}

/// Predicted against measured, in words.
enum CaseEffect {
    static func aside(_ item: Case, _ evaluations: any Evaluations) async throws -> [CaseAside] {
        guard let effect = try await MeasureEffect(evaluations).run(item) else { return [] }
        func words(_ value: Double?, _ decimals: Int) -> String { Figure.fixed(value, decimals) }
        var lines = [
            (
                label: "指标值",
                text: "立件时\(words(effect.valueBefore, 2))，预计\(words(effect.valuePredicted, 2))，实际\(words(effect.valueMeasured, 2))"
            ),
            (label: "县差异系数", text: "立件时\(words(effect.cvBefore, 4))，预计\(words(effect.cvPredicted, 4))，实际\(words(effect.cvMeasured, 4))"),
        ]
        if let share = effect.shareReached { lines.append((label: "达到预计的", text: "\(Figure.fixed(share * 100, 0))%")) }
        lines.append(effect.source.isEmpty ? (label: "说明", text: effect.waiting) : (label: "依据", text: effect.source))
        return [CaseAside(title: "整改效果", lines: lines)]
    }
}
