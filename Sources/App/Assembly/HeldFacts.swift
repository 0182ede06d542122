public import Casework
public import CollectOnce
public import Indicators
public import Vocabulary

/// Everything an installation holds, or asks for, as facts: the columns of its returns and registers, what it works out of them, and
/// the questions of its forms of 办件.
public struct HeldFacts: Sendable {
    let catalogue: IndicatorCatalogue
    let cases: CaseDefinitions
    /// nil where no data are at hand: then nobody says how fresh anything is.
    let returns: (any ReturnStore)?
    let today: Day

    public init(_ catalogue: IndicatorCatalogue, _ cases: CaseDefinitions, returns: (any ReturnStore)?, today: Day) {
        self.catalogue = catalogue
        self.cases = cases
        self.returns = returns
        self.today = today
    }

    public func all() async throws -> [HeldFact] {
        var facts: [HeldFact] = []
        // The form most bureaus work with stands first; its columns are told before those of older ones.
        for form in catalogue.forms.values.sorted(by: { ($0.label.zh.count, $0.id) < ($1.label.zh.count, $1.id) }) {
            facts += HeldFacts.columns(form, try await holder(form, .form), catalogue)
        }
        for roster in catalogue.rosters.values.sorted(by: { $0.id < $1.id }) {
            facts += HeldFacts.columns(roster, try await holder(roster, .register), catalogue)
        }
        facts += catalogue.indicators.values.sorted { $0.id < $1.id }.map { indicator in
            HeldFact(indicator.label.zh, unit: indicator.unit, holder: FactHolder(.indicator, indicator.id, "按报表算出的指标"))
        }
        return facts + cases.current(on: today).flatMap(HeldFacts.questions)
    }

    private func holder(_ form: ReturnForm, _ kind: FactHolder.Kind) async throws -> FactHolder {
        var holder = FactHolder(kind, form.id, form.label.zh)
        guard let returns, let year = try await returns.schoolYears(form: form.id).first else { return holder }
        holder.newest = year
        holder.rows = try await returns.counts(form: form.id, year).values.reduce(0, +)
        return holder
    }

    /// A number the form asks for stage by stage is held for the whole school, too: it is their sum.
    static func columns(_ form: ReturnForm, _ holder: FactHolder, _ catalogue: IndicatorCatalogue) -> [HeldFact] {
        var (facts, whole): ([HeldFact], [String: Int]) = ([], [:])
        for column in form.columns {
            switch column.field {
            case .attribute: facts.append(HeldFact(column.header, spellings: column.aliases, unit: column.unit, holder: holder))
            case .fact(let key):
                facts.append(
                    HeldFact(column.header, spellings: column.aliases, unit: column.unit, stage: key.stage, holder: holder))
                guard whole[key.element] == nil, let element = catalogue.elements[key.element] else { continue }
                whole[key.element] = facts.count
                facts.append(HeldFact(element.label.zh, unit: element.unit, holder: holder))
            }
        }
        for total in form.totals {
            if let place = whole[total.element], total.stages.isEmpty { facts[place].spellings += total.headers }
        }
        return facts
    }

    private static func questions(_ definition: CaseDefinition) -> [HeldFact] {
        let holder = FactHolder(.casework, definition.id, definition.label.zh)
        return definition.fields.flatMap { field in [field] + field.columns }.compactMap { field in
            [.table, .photo, .file].contains(field.type) ? nil : HeldFact(field.label.zh, unit: field.unit, holder: holder)
        }
    }
}

/// Collect-once checks of one installation.
public struct CollectionCheck: Sendable {
    let facts: HeldFacts
    let words: FieldWords

    public init(_ facts: HeldFacts, words: FieldWords) {
        self.facts = facts
        self.words = words
    }

    /// `besides` is a kind of case whose own questions are asked about: it is not held by itself.
    public func run(_ fields: [AskedField], besides: String? = nil) async throws -> [FieldMatch] {
        let held = try await facts.all().filter { $0.holder.kind != .casework || $0.holder.id != besides }
        return CollectOnce(held, words: words).check(fields)
    }

    /// The questions a request for a new form lists in its tables.
    static func asked(_ item: Case) -> [AskedField] {
        item.answers.sorted { $0.key < $1.key }.flatMap { _, value -> [AskedField] in
            guard case .table(let rows) = value else { return [] }
            return rows.compactMap { row in
                if case .text(let text)? = row["field"] { AskedField(text) } else { nil }
            }
        }
    }

    /// The questions of a kind of case.
    public static func fields(_ definition: CaseDefinition) -> [AskedField] {
        definition.fields.flatMap { $0.type == .table ? $0.columns : [$0] }.filter { ![.photo, .file, .calculated].contains($0.type) }
            .map { AskedField($0.label.zh, unit: $0.unit) }
    }
}
