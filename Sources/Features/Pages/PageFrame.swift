public import SiteMap
public import Vocabulary

/// What surrounds every page: headline, menu, scope bar.
public struct PageFrame: Sendable {
    public struct Link: Sendable {
        public var label: String
        public var url: String
        public var isCurrent: Bool

        public init(_ label: String, _ url: String, isCurrent: Bool = false) {
            self.label = label
            self.url = url
            self.isCurrent = isCurrent
        }
    }

    public struct MenuGroup: Sendable {
        public var label: String
        public var links: [Link]

        public init(_ label: String, _ links: [Link]) {
            self.label = label
            self.links = links
        }
    }

    public struct Choice: Sendable {
        public var value: String
        public var label: String
        public var isChosen: Bool

        public init(value: String, label: String, isChosen: Bool) {
            self.value = value
            self.label = label
            self.isChosen = isChosen
        }
    }

    /// The answer of the page, as a sentence.
    public var title: String
    /// The line beneath: how much data, of which day.
    public var lead: String
    public var place: String
    public var state: String
    public var menu: [MenuGroup]
    public var years: [Choice]
    public var standards: [Choice]
    public var crumbs: [Link]
    public var actions: [Link]
    public var organisation: String

    public init(
        title: String, lead: String, place: String, state: String, menu: [MenuGroup], scope: Scope, years: [SchoolYear],
        standards: [(id: String, label: String)], crumbs: [Link] = [], actions: [Link] = [], organisation: String
    ) {
        self.title = title
        self.lead = lead
        self.place = place
        self.state = state
        self.menu = menu
        self.years = years.map { Choice(value: String($0.start), label: $0.description, isChosen: $0 == scope.year) }
        self.standards = standards.map { Choice(value: $0.id, label: $0.label, isChosen: $0.id == scope.standard) }
        self.crumbs = crumbs
        self.actions = actions
        self.organisation = organisation
    }
}

/// A verdict as word, shape and colour together: never colour alone.
public struct Light: Sendable {
    public var word: String
    public var shape: String
    public var style: String

    public init(_ verdict: Verdict) {
        word = verdict.label.zh
        switch verdict {
        case .met: (shape, style) = ("●", "met")
        case .notMet: (shape, style) = ("■", "notmet")
        case .insufficient: (shape, style) = ("○", "insufficient")
        }
    }

    /// 预警: met, yet only just, or with a gap the rule allows.
    public static let warning = Light(word: "预警", shape: "▲", style: "warning")

    private init(word: String, shape: String, style: String) {
        self.word = word
        self.shape = shape
        self.style = style
    }
}
