public import Alliances
internal import Definitions
internal import Foundation
internal import Pages
internal import Planning
internal import Plans
internal import SchoolAlliances
internal import Storage
internal import Vault
internal import Vocabulary
internal import Workbooks

extension WebServer {
    /// Nil where the catalogue holds no rules of alliances.
    func alliancesDesk(_ templates: TemplateLibrary) -> AlliancesDesk? {
        guard let alliances else { return nil }
        let pairings = AdoptedPairings(proposals: installation.storage.proposals)
        return AlliancesDesk(
            store: installation.storage.alliances, evaluations: evaluations, rules: alliances, templates: templates, books: XlsxWriter(),
            organisation: organisation, uploads: installation.uploads, sizeLimit: SheetFile.sizeLimit,
            readForm: SheetUploads(catalogue: installation.catalogue).read, paper: official,
            pairings: { try await pairings.of($0) }, newID: { RandomID.make() }, now: { Date() })
    }
}

/// The plans of pairs a county goes by.
struct AdoptedPairings: Sendable {
    let proposals: any ProposalStore

    func of(_ county: String) async throws -> [AdoptedPairing] {
        try await proposals.adopted(in: county).filter { $0.method == PairingMethod.method }.compactMap { record in
            record.adopted.map { adopted in
                AdoptedPairing(
                    id: record.id, title: record.title, adoptedBy: adopted.name, adoptedAt: adopted.at, standard: record.standard,
                    problem: record.problem,
                    pairs: ((try? MethodSheet(record))?.pairedUnits ?? []).map { AdoptedPairing.Pair(lead: $0.lead, member: $0.member) })
            }
        }
    }
}

extension CatalogueFolder {
    /// What alliances of schools go by, the last of several; nil where the catalogue says nothing of it. Complaints come out of `compile`.
    public func compileAlliances() -> AllianceRules? {
        let quiet = DiagnosticLog()
        return DefinitionSet(files, quiet).of(kind: AllianceRules.documentKind).map { AllianceRules($0, quiet) }.last
    }
}
