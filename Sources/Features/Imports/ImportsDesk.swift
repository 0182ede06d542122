public import Foundation
public import Indicators
public import Jobs
public import Pages
internal import SiteMap
internal import Vocabulary

/// What the import pages work with.
public struct ImportsDesk: Sendable {
    let imports: any ImportStore
    let returns: any ReturnStore
    let files: any ReturnFiles
    let reader: any ReturnFileReader
    let catalogue: IndicatorCatalogue
    let takeIn: TakeInFile
    public let effects: ImportEffects
    /// Leaves an order with the workers.
    let order: @Sendable (JobOrder) async throws -> Job
    let templates: TemplateLibrary
    let organisation: String
    /// Where uploads lie until they are kept.
    let uploads: URL
    /// Largest file taken, in bytes.
    public let sizeLimit: Int

    public init(
        imports: any ImportStore, returns: any ReturnStore, files: any ReturnFiles, reader: any ReturnFileReader,
        catalogue: IndicatorCatalogue, takeIn: TakeInFile, templates: TemplateLibrary, organisation: String, uploads: URL, sizeLimit: Int,
        order: @escaping @Sendable (JobOrder) async throws -> Job
    ) {
        self.imports = imports
        self.returns = returns
        self.files = files
        self.reader = reader
        self.catalogue = catalogue
        self.takeIn = takeIn
        effects = ImportEffects(returns, catalogue)
        self.order = order
        self.templates = templates
        self.organisation = organisation
        self.uploads = uploads
        self.sizeLimit = sizeLimit
    }

    /// Most imports listed at once.
    public static let shownImports = 100

    /// The templates of this feature.
    public static var templates: URL? { Bundle.module.url(forResource: "Templates", withExtension: nil) }

    /// The frame of an import page; these pages speak of files, not of a scope.
    func frame(_ title: String, lead: String, _ visit: Visit, _ scope: Scope, current: String, place: String = "全市") -> PageFrame {
        let site = SiteMap(scope)
        return PageFrame(
            title: title, lead: lead, place: place, state: "",
            menu: MainMenu.groups(site, county: nil, visit: visit, form: "school-return", current: current), scope: scope, years: [],
            standards: [], crumbs: current == site.imports ? [] : [PageFrame.Link("数据导入", site.imports)], organisation: organisation,
            visit: visit)
    }

    func formLabel(_ id: String) -> String { catalogue.forms[id]?.label.zh ?? id }

    func headers(_ form: String) -> [String: String] {
        Dictionary((catalogue.forms[form]?.columns ?? []).map { ($0.field.key, $0.header) }) { first, _ in first }
    }
}
