public import Definitions
internal import Vocabulary

/// The compiled catalogue: everything the engine knows about a bureau's numbers.
public struct IndicatorCatalogue: Sendable {
    public private(set) var elements: [String: DataElement] = [:]
    public private(set) var kinds: [SchoolKind] = []
    public private(set) var forms: [String: ReturnForm] = [:]
    /// Lists of persons. They are read like returns but never imported as such: no store of returns holds personal data.
    public private(set) var rosters: [String: ReturnForm] = [:]
    public private(set) var indicators: [String: Indicator] = [:]
    public private(set) var standards: [String: Standard] = [:]
    public private(set) var checks: [DataCheck] = []

    /// The document kinds this kernel compiles.
    public static let documentKinds: Set<String> = ["element", "dictionary", "form", "roster", "indicator", "standard", "check", "tighten"]

    /// Compiles definitions; complaints go to `log`. With errors in the log the catalogue must not be used.
    public init(_ definitions: DefinitionSet, _ log: DiagnosticLog) {
        definitions.refuseRedefinitions(log)
        for definition in definitions.of(kind: "element") { elements[definition.id] = DataElement(definition, log) }
        kinds = definitions.of(kind: "dictionary").filter { $0.id == "school-kinds" }.flatMap { SchoolKind.list($0, log) }
        for definition in definitions.of(kind: "form") { forms[definition.id] = ReturnForm(definition, elements: elements, log) }
        for definition in definitions.of(kind: "roster") { rosters[definition.id] = ReturnForm(definition, elements: elements, log) }
        let attributes = Set(forms.values.flatMap(\.attributeIDs))
        let variables = Set(elements.keys).union(attributes)
        for definition in definitions.of(kind: "indicator") {
            indicators[definition.id] = Indicator(definition, known: variables, log)
        }
        let names = CatalogueNames(variables: variables, indicators: Set(indicators.keys), kinds: Set(kinds.map(\.id)))
        for definition in definitions.of(kind: "standard") { standards[definition.id] = Standard(definition, names, log) }
        for definition in definitions.of(kind: "tighten") { tighten(definition, names, log) }
        checks = definitions.of(kind: "check").compactMap { DataCheck($0, known: variables, log) }
        checkForms(definitions, log)
    }

    public func kind(_ code: String) -> SchoolKind? { kinds.first { $0.id == code } }

    /// The kind meant by a code, a label or an alias; nil when none is.
    public func kind(written text: String) -> SchoolKind? {
        let name = text.trimmingSpaces
        return kinds.first { $0.id == name || $0.label == name || $0.aliases.contains(name) }
    }

    /// A formula as people read it: data elements by their Chinese names.
    public func readable(_ formula: String) -> String {
        var text = ""
        var name = ""
        for character in formula + " " {
            if character.isLetter || character.isNumber || character == "_" || character == "." {
                name.append(character)
                continue
            }
            let key = FactKey(name)
            let label = key.flatMap { elements[$0.element]?.label.zh }
            text += label.map { (key?.stage?.label.zh ?? "") + $0 } ?? name
            name = ""
            text.append(character)
        }
        return String(text.dropLast())
    }

    private func checkForms(_ definitions: DefinitionSet, _ log: DiagnosticLog) {
        for definition in definitions.of(kind: "standard") {
            for key in ["form", "countyForm"] {
                guard let node = definition.body[key], let id = node.text, forms[id] == nil else { continue }
                log.error("standard.form", at: node.place, "没有报表“\(id)”")
            }
        }
        for definition in definitions.of(kind: "check") {
            guard let node = definition.body["form"], let id = node.text, forms[id] == nil else { continue }
            log.error("check.form", at: node.place, "没有报表“\(id)”")
        }
    }

    private mutating func tighten(_ definition: Definition, _ names: CatalogueNames, _ log: DiagnosticLog) {
        guard let standard = standards[definition.id] else {
            log.error(
                "tighten.standard", at: definition.body.place,
                "没有可加严的标准“\(definition.id)”。可用：\(standards.keys.sorted().joined(separator: "、"))")
            return
        }
        standards[definition.id] = standard.tightened(by: definition.body, names, log)
    }
}

extension String {
    var trimmingSpaces: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
