internal import Alliances
internal import CaseRules
public import Casework
public import CityPlans
public import CollectOnce
public import Definitions
internal import Exchanges
public import Foundation
public import Indicators
public import Inspection
internal import Ledger
internal import PathToStandard
public import Registry
internal import Staffing
internal import Targets
internal import Vault
public import Vocabulary

/// Where the catalogue lies and how it is compiled.
public struct CatalogueFolder: Sendable {
    public var files: [DefinitionFile]
    /// City plans ready to be adopted. They are no part of the rules a freeze seals.
    public private(set) var plans: [DefinitionFile] = []

    /// The national catalogue, with the folder a bureau names laid over it. A folder that itself holds `national`
    /// is taken for a whole catalogue with its `overlays`.
    /// Throws `CatalogueMissing` when there is no such folder.
    public init(overlay: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        if let overlay, CatalogueFolder.exists("\(overlay)/national") {
            files = try CatalogueFolder.read(overlay + "/national", layer: 0)
            plans = try CatalogueFolder.plans(overlay)
            return
        }
        guard let root = CatalogueFolder.root(environment) else { throw CatalogueMissing(folder: "Catalogue/national") }
        files = try CatalogueFolder.read("\(root)/national", layer: 0)
        plans = try CatalogueFolder.plans(root)
        if let overlay { files += try CatalogueFolder.read(overlay, layer: 1) }
    }

    /// As the settings say.
    public init(_ settings: Settings) throws {
        try self.init(overlay: settings.text("overlay"), environment: ["JUNHENG_CATALOGUE": settings["catalogue"]])
    }

    /// A folder of definitions taken alone, without the national catalogue.
    public init(alone folder: String) throws { files = try CatalogueFolder.read(folder, layer: 0) }

    /// SHA-256 over names and texts of all files, in their order: what a freeze seals as the catalogue in force.
    public var digest: String {
        var digest = Sha256()
        for file in files { digest.update("\(file.layer)\u{0}\(file.path)\u{0}\(file.text)\u{0}".utf8) }
        return digest.hex()
    }

    /// Compiles and proves every worked example.
    public func compile() -> (catalogue: IndicatorCatalogue, diagnostics: [Diagnostic]) {
        let log = DiagnosticLog()
        let definitions = DefinitionSet(files, log)
        let own = [
            CostList.documentKind, RotationRules.documentKind, FieldWords.documentKind, StaffingRules.documentKind,
            SpendingRules.documentKind, AllianceRules.documentKind,
        ]
        definitions.only(
            kinds: IndicatorCatalogue.documentKinds.union(own).union(PersonalInventory.documentKinds).union(CaseDefinitions.documentKinds)
                .union(InspectionCatalogue.documentKinds),
            log)
        _ = PersonalInventory(definitions, log)
        _ = FieldWords(definitions, log)
        for definition in definitions.of(kind: SpendingRules.documentKind) { _ = SpendingRules(definition, log) }
        for definition in definitions.of(kind: AllianceRules.documentKind) { _ = AllianceRules(definition, log) }
        let catalogue = IndicatorCatalogue(definitions, log)
        if !log.hasErrors { catalogue.proveExamples(log) }
        let cases = CaseDefinitions(definitions, rules: CaseRules.all, log)
        if !log.hasErrors { cases.proveJourneys(log) }
        CasePosts.check(cases.roles, log)
        _ = InspectionCatalogue(definitions, log)
        _ = compilePlans(log)
        return (catalogue, log.diagnostics)
    }

    /// The case definitions alone; their complaints come out of `compile`.
    public func compileCases() -> CaseDefinitions {
        let quiet = DiagnosticLog()
        return CaseDefinitions(DefinitionSet(files, quiet), rules: CaseRules.all, quiet)
    }

    /// A definition of a case that lies anywhere, compiled with the posts and cases of this catalogue; nil for what is none.
    public func caseDefinition(at url: URL) throws -> CaseDefinition? {
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
        let log = DiagnosticLog()
        let own = DefinitionSet([DefinitionFile(path: url.lastPathComponent, text: text)], log)
        guard let document = own.of(kind: "case").first, let version = document.body["version"]?.text else { return nil }
        return compileCases().compile(text, CaseDefinitionKey(id: document.id, version: version))
    }

    /// The words by which questions of forms are known to ask the same; complaints come out of `compile`.
    public func fieldWords() -> FieldWords {
        let quiet = DiagnosticLog()
        return FieldWords(DefinitionSet(files, quiet), quiet)
    }

    /// What inspection goes by; nil where the catalogue says nothing of it. Complaints come out of `compile`.
    public func compileInspection() -> InspectionCatalogue? {
        let quiet = DiagnosticLog()
        return InspectionCatalogue(DefinitionSet(files, quiet), quiet)
    }

    /// What is kept of people. A catalogue that does not speak of it takes the national one's word.
    public func inventory() throws -> PersonalInventory {
        let log = DiagnosticLog()
        let inventory = PersonalInventory(DefinitionSet(files, log), log)
        if log.hasErrors { throw SealRefusal("个人信息清单有错误，请运行 junheng check：\(log.diagnostics.first.map { "\($0)" } ?? "")") }
        return inventory.registers.isEmpty ? try CatalogueFolder().inventory() : inventory
    }

    /// The plans that compile, each with its text.
    public func planTemplates() -> [PlanTemplate] { compilePlans(DiagnosticLog()) }

    private func compilePlans(_ log: DiagnosticLog) -> [PlanTemplate] {
        plans.compactMap { file in
            let own = DiagnosticLog()
            let definitions = DefinitionSet([file], own)
            definitions.only(kinds: [CityPlan.documentKind], own)
            let plan = CityPlan.list(definitions, own).first
            for diagnostic in own.diagnostics { log.add(diagnostic) }
            return own.hasErrors ? nil : plan.map { PlanTemplate(plan: $0, body: file.text) }
        }
    }

    private static func plans(_ root: String) throws -> [DefinitionFile] {
        guard exists("\(root)/plans") else { return [] }
        return try read("\(root)/plans", layer: 0).map { DefinitionFile(path: "plans/\($0.path)", text: $0.text) }
    }

    private static func read(_ folder: String, layer: Int) throws -> [DefinitionFile] {
        guard exists(folder) else { throw CatalogueMissing(folder: folder) }
        return try DefinitionFile.folder(URL(fileURLWithPath: folder), layer: layer)
    }

    private static func exists(_ folder: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// `JUNHENG_CATALOGUE`, else beside the installed program, else in the folder one stands in or above it,
    /// else where the program was built from.
    private static func root(_ environment: [String: String]) -> String? {
        if let named = environment["JUNHENG_CATALOGUE"], !named.isEmpty { return exists("\(named)/national") ? named : nil }
        // What was typed may be a bare name found on the search path; the system knows the file.
        let file = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments.first ?? ""
        let program = URL(fileURLWithPath: file).resolvingSymlinksInPath().deletingLastPathComponent()
        var candidates = ["../share/junheng/Catalogue", "../../share/junheng/Catalogue"].map { program.appendingPathComponent($0).path }
        var folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        while folder.path != "/" {
            candidates.append(folder.appendingPathComponent("Catalogue").path)
            folder.deleteLastPathComponent()
        }
        let source = URL(fileURLWithPath: #filePath)
        candidates.append(source.appendingPathComponent("../../../../Catalogue").standardizedFileURL.path)
        return candidates.first { exists("\($0)/national") }
    }
}

/// There is no catalogue where one was looked for.
public struct CatalogueMissing: Error, CustomStringConvertible {
    public var folder: String
    public var description: String { "\(folder): 找不到目录。请用 --catalogue 指明目录，或设置 JUNHENG_CATALOGUE" }
}
