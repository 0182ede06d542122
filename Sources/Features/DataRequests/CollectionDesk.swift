public import Casework
public import CollectOnce
public import Foundation
public import Pages
public import Registry
internal import SiteMap
public import Vocabulary

/// What the pages of 新表核对 work with: a bureau's office hands in the form it wants to send to schools, and hears which of its
/// questions are answered already.
public struct CollectionDesk: Sendable {
    /// The kind of link by which a request says that it was checked. Definitions whose cases may only begin so write it under `from`.
    public static let link = "collect-once"
    /// Columns of the table of such a form that hold what the check found.
    static let columns = ["field", "found", "held", "why"]
    /// Bytes of a form handed in.
    static let sizeLimit = 20_000_000

    let office: CaseOffice
    /// Questions against everything held; the second is a kind of case whose own questions they are.
    let check: @Sendable ([AskedField], String?, Day) async throws -> [FieldMatch]
    /// The questions of a file, by its name. Throws `FileRefusal`.
    let headers: @Sendable (URL, String) throws -> [String]
    let counties: @Sendable () async throws -> [String]
    let templates: TemplateLibrary
    let organisation: String
    let uploads: URL
    let actor: @Sendable (Person, Day) -> CaseActor
    let now: @Sendable () -> Date

    public init(
        office: CaseOffice, check: @escaping @Sendable ([AskedField], String?, Day) async throws -> [FieldMatch],
        headers: @escaping @Sendable (URL, String) throws -> [String], counties: @escaping @Sendable () async throws -> [String],
        templates: TemplateLibrary, organisation: String, uploads: URL, actor: @escaping @Sendable (Person, Day) -> CaseActor,
        now: @escaping @Sendable () -> Date
    ) {
        self.office = office
        self.check = check
        self.headers = headers
        self.counties = counties
        self.templates = templates
        self.organisation = organisation
        self.uploads = uploads
        self.actor = actor
        self.now = now
    }

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    /// The kind of case a request becomes; nil where the catalogue has none.
    func kind(_ today: Day) -> CaseDefinition? {
        office.definitions.current(on: today).first { $0.opening.from.contains(CollectionDesk.link) }
    }

    /// The table of its form that holds the questions.
    static func table(_ definition: CaseDefinition) -> FormField? {
        definition.form(definition.opening.form)?.fields.first { field in
            field.type == .table && columns.allSatisfy { name in field.columns.contains { $0.id == name } }
        }
    }
}
