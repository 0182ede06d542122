public import Alliances
internal import Definitions
internal import Foundation
internal import Pages
internal import SchoolAlliances
internal import Storage
internal import Vault
internal import Vocabulary
internal import Workbooks

extension WebServer {
    /// Nil where the catalogue holds no rules of alliances.
    func alliancesDesk(_ templates: TemplateLibrary) -> AlliancesDesk? {
        guard let alliances else { return nil }
        return AlliancesDesk(
            store: installation.storage.alliances, evaluations: evaluations, rules: alliances, templates: templates, books: XlsxWriter(),
            organisation: organisation, uploads: installation.uploads, sizeLimit: SheetFile.sizeLimit,
            readForm: FundsUploads(catalogue: installation.catalogue).read, newID: { RandomID.make() }, now: { Date() })
    }
}

extension CatalogueFolder {
    /// What alliances of schools go by, the last of several; nil where the catalogue says nothing of it. Complaints come out of `compile`.
    public func compileAlliances() -> AllianceRules? {
        let quiet = DiagnosticLog()
        return DefinitionSet(files, quiet).of(kind: AllianceRules.documentKind).map { AllianceRules($0, quiet) }.last
    }
}
