public import Vocabulary

/// One kind of work as a bureau would describe it: its states, who may do what, its forms and deadlines. A case keeps to the
/// version it was opened under for its whole life.
public struct CaseDefinition: Hashable, Sendable {
    /// What a case is about.
    public enum Subject: String, Hashable, Sendable, CaseIterable {
        /// A school as a whole.
        case school
        /// A school's stage: 小学部 and 初中部 are two.
        case schoolUnit
        case county
        /// A person, whose name is always private.
        case person
        case city

        public var label: LocalizedText {
            switch self {
            case .school: LocalizedText(zh: "学校", en: "School")
            case .schoolUnit: LocalizedText(zh: "学校学段", en: "School unit")
            case .county: LocalizedText(zh: "县（市、区）", en: "County")
            case .person: LocalizedText(zh: "个人", en: "Person")
            case .city: LocalizedText(zh: "全市", en: "City")
            }
        }
    }

    public var id: String
    public var label: LocalizedText
    public var version: String
    /// First and last day on which cases may be opened under this version.
    public var from: Day
    public var until: Day?
    public var subject: Subject
    /// In front of every case number, a word of two or three characters.
    public var series: String
    /// The document it rests on, where there is one.
    public var basis: String
    public var opening: CaseOpening
    /// In the order written.
    public var states: [CaseState]
    public var actions: [CaseAction]
    public var forms: [String: CaseForm]
    /// Posts that may see its cases at all; empty for whoever may look at the place.
    public var readers: [String]
    public var notices: [CaseNotice]
    /// What the public may see of its cases; nil where nothing is published.
    public var publication: CasePublication?
    public var journeys: [CaseJourney]
    /// The posts it names, with what they are called.
    public var roles: [String: CaseRole]
    /// The definition as it was written, kept with the first case opened under it.
    public var text: String

    public init(
        id: String, label: LocalizedText, version: String, from: Day, until: Day?, subject: Subject, series: String, basis: String,
        opening: CaseOpening, states: [CaseState], actions: [CaseAction], forms: [String: CaseForm], readers: [String],
        notices: [CaseNotice], publication: CasePublication? = nil, journeys: [CaseJourney], roles: [String: CaseRole], text: String
    ) {
        self.id = id
        self.label = label
        self.version = version
        self.from = from
        self.until = until
        self.subject = subject
        self.series = series
        self.basis = basis
        self.opening = opening
        self.states = states
        self.actions = actions
        self.forms = forms
        self.readers = readers
        self.notices = notices
        self.publication = publication
        self.journeys = journeys
        self.roles = roles
        self.text = text
    }

    public func state(_ id: String) -> CaseState? { states.first { $0.id == id } }
    public func action(_ id: String) -> CaseAction? { actions.first { $0.id == id } }
    public func form(_ id: String?) -> CaseForm? { id.flatMap { forms[$0] } }
    public func notice(_ id: String?) -> CaseNotice? { notices.first { $0.id == id } }
    /// `kind@2026-1`.
    public var key: CaseDefinitionKey { CaseDefinitionKey(id: id, version: version) }

    /// Every field of every form, the opening form first; a field asked again replaces nothing here.
    public var fields: [FormField] {
        var (seen, all): (Set<String>, [FormField]) = ([], [])
        let order = [opening.form] + actions.map(\.form)
        for name in order { for field in form(name)?.fields ?? [] where seen.insert(field.id).inserted { all.append(field) } }
        return all
    }

    public func field(_ id: String) -> FormField? { fields.first { $0.id == id } }

    /// Facts its rules and evidence checks ask for; the caller fetches them before it decides.
    public func asks(of action: CaseAction) -> [String] {
        action.asks + (action.evidence.contains { $0.within != nil } ? [CaseFacts.schoolPosition] : [])
            + (publishes(action) ? [CaseFacts.publishedCounts] : [])
    }
}

/// Which definition, in which version.
public struct CaseDefinitionKey: Hashable, Sendable, Codable, CustomStringConvertible {
    public var id: String
    public var version: String

    public init(id: String, version: String) {
        self.id = id
        self.version = version
    }

    public var description: String { "\(id)@\(version)" }
}

/// How cases begin.
public struct CaseOpening: Hashable, Sendable {
    /// Posts that may open; `everyone` among them means without logging in.
    public var by: [String]
    /// The state a new case is in.
    public var state: String
    public var form: String?
    public var evidence: [EvidenceRule]
    /// Kinds of links a case may come from, such as `shortfall`; empty for no matter where from.
    public var from: [String]
    /// A kind of link of which only one open case may exist.
    public var unique: String?
    public var notice: String?
    /// The post answerable for the work (责任单位); the office is that of the case's place.
    public var owner: String?

    public init(
        by: [String], state: String, form: String?, evidence: [EvidenceRule], from: [String], unique: String?, notice: String?,
        owner: String?
    ) {
        self.by = by
        self.state = state
        self.form = form
        self.evidence = evidence
        self.from = from
        self.unique = unique
        self.notice = notice
        self.owner = owner
    }
}
