public import Vocabulary

/// What the public may see of a kind of case: which cases, which of their answers, from when to when. Nothing else of them is shown.
public struct CasePublication: Hashable, Sendable {
    public var title: LocalizedText
    /// A sentence or two under the title: what the list is for.
    public var lead: String
    /// States in which a case stands on the list.
    public var states: [String]
    /// States in which it did, and counts as having been done.
    public var past: [String]
    /// Date fields: the first and the last day of what was allowed. Without a last day it holds until it ends.
    public var from: String
    public var until: String?
    /// A field that narrows it to one county; without one, and where it is blank, the case's own place counts.
    public var county: String?
    /// A school field, or a column of a table with schools; blank means every school of the place. nil: schools are not named.
    public var schools: FieldPath?
    /// Fields shown, in this order; none of them private.
    public var fields: [String]
    public var limit: Limit?
    /// A kind of case by which people inside tell what goes on without standing on the list.
    public var otherwise: String?

    /// `field`, or `table.column`.
    public struct FieldPath: Hashable, Sendable {
        public var field: String
        public var column: String?
    }

    /// How many a year there may be.
    public struct Limit: Hashable, Sendable {
        /// Whose share is counted.
        public enum Each: String, Hashable, Sendable, CaseIterable { case school, all }

        public var each: Each
        public var most: Int
        /// One more is refused; otherwise it is noted.
        public var refuses: Bool
        /// Where the number comes from, or that it has to be confirmed.
        public var note: String
    }
}

/// One line of a published list.
public struct CaseEntry: Hashable, Sendable, Identifiable {
    /// An answer as it is shown.
    public struct Word: Hashable, Sendable, Codable {
        public var field: String
        public var label: String
        public var text: String

        public init(field: String, label: String, text: String) {
            self.field = field
            self.label = label
            self.text = text
        }
    }

    public var id: CaseID
    public var definition: CaseDefinitionKey
    public var number: String
    public var title: String
    public var place: String
    public var from: Day
    /// nil: no last day.
    public var until: Day?
    /// Stands on the list, as far as its state goes.
    public var isListed: Bool
    /// nil: every county.
    public var county: String?
    /// By 学校标识码, with names as they were; empty: every school of the place.
    public var schools: [String: String]
    public var words: [Word]

    public init(
        id: CaseID, definition: CaseDefinitionKey, number: String, title: String, place: String, from: Day, until: Day?, isListed: Bool,
        county: String?, schools: [String: String], words: [Word]
    ) {
        self.id = id
        self.definition = definition
        self.number = number
        self.title = title
        self.place = place
        self.from = from
        self.until = until
        self.isListed = isListed
        self.county = county
        self.schools = schools
        self.words = words
    }

    /// The year it counts in.
    public var year: Int { from.year }

    public enum Phase: String, Hashable, Sendable, CaseIterable {
        /// On the list, and within its days.
        case valid
        /// On the list for days to come.
        case coming
        case over

        public var label: LocalizedText {
            switch self {
            case .valid: LocalizedText(zh: "有效期内", en: "Valid now")
            case .coming: LocalizedText(zh: "尚未开始", en: "To come")
            case .over: LocalizedText(zh: "已经结束", en: "Over")
            }
        }
    }

    public func phase(_ today: Day) -> Phase {
        if !isListed || until.map({ $0 < today }) ?? false { return .over }
        return from > today ? .coming : .valid
    }
}

extension CaseDefinition {
    /// The line a case has on the published list; nil where it has none.
    public func entry(_ item: Case) -> CaseEntry? {
        guard let publication, publication.states.contains(item.state) || publication.past.contains(item.state),
            case .date(let from)? = item.answers[publication.from]
        else { return nil }
        let isListed = publication.states.contains(item.state)
        var until = publication.until.flatMap { name -> Day? in
            if case .date(let day)? = item.answers[name] { day } else { nil }
        }
        // What ended early does not go on to its last day.
        if !isListed { until = Swift.min(until ?? item.sinceDay, Swift.max(item.sinceDay, from)) }
        let words = publication.fields.compactMap { name in
            field(name).flatMap { field in
                item.answers[name].map { CaseEntry.Word(field: name, label: field.label.zh, text: field.words($0)) }
            }
        }
        return CaseEntry(
            id: item.id, definition: item.definition, number: item.number, title: item.title, place: item.place.label, from: from,
            until: until, isListed: isListed, county: publishedCounty(item), schools: publishedSchools(item), words: words)
    }

    func publishedCounty(_ item: Case) -> String? {
        if let name = publication?.county, case .reference(let id, _)? = item.answers[name] { return id }
        return item.place.county
    }

    func publishedSchools(_ item: Case) -> [String: String] {
        var schools: [String: String] = [:]
        if let school = item.place.school { schools[school] = item.place.label }
        guard let path = publication?.schools, let value = item.answers[path.field] else { return schools }
        func take(_ value: FieldValue?) { if case .reference(let id, let label)? = value { schools[id] = label } }
        guard let column = path.column else {
            take(value)
            return schools
        }
        if case .table(let rows) = value { for row in rows { take(row[column]) } }
        return schools
    }

    /// Whether a step puts a case on the list, so that the year's counts matter to it.
    public func publishes(_ action: CaseAction) -> Bool {
        guard let publication, publication.limit != nil, let to = action.to else { return false }
        return publication.states.contains(to) && action.from.contains { !publication.states.contains($0) }
    }

    /// Holds a step that puts a case on the list against the year's limit. Answers what is to be noted.
    func limited(_ action: CaseAction, _ item: Case, _ facts: CaseFacts) throws(CaseRefusal) -> Finding? {
        guard publishes(action), let limit = publication?.limit else { return nil }
        guard case .counts(let counts) = facts[CaseFacts.publishedCounts] else {
            return Finding("published.unknown", "没有查到本年已批准的次数，未能核对每年不超过\(limit.most)次", refuses: false)
        }
        let full = counts.filter { $0.value >= limit.most }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        guard let first = full.first else { return nil }
        let names = full.prefix(5).map { "\($0.key)（已有\($0.value)次）" }.joined(separator: "、")
        let words =
            limit.each == .all
            ? "本年已批准\(first.value)次，每年不超过\(limit.most)次"
            : "\(names)\(full.count > 5 ? "等\(full.count)所" : "")本年再批就超过每校\(limit.most)次"
        if limit.refuses { throw CaseRefusal(.limit, "\(words)。请改期到下一年，或减少学校，或不予批准") }
        return Finding("published.limit", "\(words)\(limit.note.isEmpty ? "" : "（\(limit.note)）")", refuses: false)
    }
}
