internal import Definitions
public import Vocabulary

/// The columns of a workbook a bureau fills in. Its headers are a contract with every file already sent out.
public struct ReturnForm: Sendable, Identifiable {
    public enum Field: Hashable, Sendable {
        case attribute(AttributeID)
        case fact(FactKey)

        /// `name`, or `pupils.primary`: the key under which an origin remembers the column.
        public var key: String {
            switch self {
            case .attribute(let id): id
            case .fact(let key): key.description
            }
        }
    }

    public struct Column: Sendable {
        public var header: String
        /// Other headers understood for the same column, incl. the paths of statistics roll-up exports, `/` between header rows.
        public var aliases: [String]
        public var field: Field
        /// The row is refused without it.
        public var required: Bool
        /// Read where a file has it, yet neither in the template nor missed when absent.
        public var isExtra: Bool
        /// What stands under the header in the template's instruction row.
        public var note: String
        public var example: String
        /// A closed list offered as a drop-down; a `dictionary` id of the catalogue or the words themselves.
        public var choices: [String]
        /// Other spellings of a choice, by spelling: 主城区 → 城区.
        public var synonyms: [String: String]
        /// Multiplies the written number into the element's own unit: 10000 for 万元 read into 元.
        public var scale: Double
        /// Unit as written in the header, e.g. 万元.
        public var unit: String

        public var headerWithUnit: String { unit.isEmpty || header.contains("(") ? header : "\(header)(\(unit))" }
    }

    public let id: String
    public var label: LocalizedText
    /// Sheet name in the template.
    public var sheet: String
    public var version: String
    /// The attribute that identifies a row across imports (学校标识码, county name).
    public var key: AttributeID
    public var columns: [Column]
    /// The system in which its schools' coordinates are written, where the rows do not say; nil where the catalogue does not either.
    public var coordinates: String?
    /// Sentences printed at the top of the template.
    public var instructions: [String]
    /// Headers of statistics exports whose number belongs to the one stage of the row's school.
    public var totals: [Total]

    /// A number an export gives for the whole school: the sum of its columns, for schools that hold only one stage.
    public struct Total: Sendable {
        public var element: String
        /// The stages for whose schools these columns count; empty for all.
        public var stages: [Stage]
        public var headers: [String]
    }

    public var attributeIDs: [AttributeID] {
        columns.compactMap { if case .attribute(let id) = $0.field { id } else { nil } }
    }
    public var factKeys: [FactKey] {
        columns.compactMap { if case .fact(let key) = $0.field { key } else { nil } }
    }
    /// The columns of the template.
    public var templateColumns: [Column] { columns.filter { !$0.isExtra } }
    public func column(_ field: Field) -> Column? { columns.first { $0.field == field } }
}

extension ReturnForm {
    init(_ definition: Definition, elements: [String: DataElement], _ log: DiagnosticLog) {
        let body = definition.body
        body.only([definition.kind, "label", "sheet", "version", "key", "columns", "instructions", "totals", "coordinates"], log)
        id = definition.id
        label = body.localized("label", log)
        sheet = body.requiredText("sheet", log)
        version = body.requiredText("version", log)
        key = body.requiredText("key", log)
        coordinates = body["coordinates"]?.text
        instructions = body["instructions"]?.list.compactMap(\.text) ?? []
        totals = (body["totals"]?.list ?? []).compactMap { Total($0, elements: elements, log) }
        columns = (body.required("columns", log)?.list ?? []).compactMap { Column($0, elements: elements, log) }
        var seen: [String: Diagnostic.Place] = [:]
        for node in body["columns"]?.list ?? [] {
            let names = [node["header"]?.text ?? ""] + (node["aliases"]?.list.compactMap(\.text) ?? [])
            for name in names {
                if seen[name] != nil { log.error("form.header.duplicate", at: node.place, "表头“\(name)”出现了两次") }
                seen[name] = node.place
            }
        }
    }
}

extension ReturnForm.Column {
    init?(_ node: DefinitionNode, elements: [String: DataElement], _ log: DiagnosticLog) {
        node.only(
            [
                "header", "aliases", "attribute", "element", "stage", "required", "extra", "note", "example", "choices", "synonyms",
                "scale", "unit",
            ],
            log)
        header = node.requiredText("header", log)
        aliases = node["aliases"]?.list.compactMap(\.text) ?? []
        required = node.flag("required", default: false, log)
        isExtra = node.flag("extra", default: false, log)
        note = node["note"]?.text ?? ""
        example = node["example"]?.text ?? ""
        choices = node["choices"]?.list.compactMap(\.text) ?? []
        synonyms = Dictionary((node["synonyms"]?.entries ?? []).map { ($0.key, $0.value.text ?? "") }) { first, _ in first }
        scale = node["scale"]?.asNumber(log) ?? 1
        if let attribute = node["attribute"]?.text {
            field = .attribute(attribute)
            unit = node["unit"]?.text ?? ""
            return
        }
        let name = node.requiredText("element", log)
        guard let element = elements[name] else {
            log.error("form.element", at: node["element"]?.place ?? node.place, "没有数据元“\(name)”")
            return nil
        }
        let stage = node["stage"].flatMap { $0.choice(Stage.self, log) }
        if (element.scope == .stage) != (stage != nil), element.scope != .shared {
            log.error("form.stage", at: node.place, "数据元“\(name)”\(element.scope == .stage ? "要写 stage" : "不分学段，不写 stage")")
        }
        field = .fact(FactKey(name, stage))
        unit = node["unit"]?.text ?? element.unit
    }
}

extension ReturnForm.Total {
    init?(_ node: DefinitionNode, elements: [String: DataElement], _ log: DiagnosticLog) {
        node.only(["element", "stages", "headers"], log)
        element = node.requiredText("element", log)
        stages = node["stages"]?.list.compactMap { $0.choice(Stage.self, log) } ?? []
        headers = node.required("headers", log)?.list.compactMap(\.text) ?? []
        guard elements[element]?.scope == .stage else {
            log.error("form.total", at: node.place, "“\(element)”不是分学段的数据元，不能从合计列读取")
            return nil
        }
    }
}
