internal import Registry
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
    public var hasState: Bool
    public var menu: [MenuGroup]
    public var years: [Choice]
    public var standards: [Choice]
    public var crumbs: [Link]
    public var actions: [Link]
    public var organisation: String
    /// Pages about a scope show the bar to change it.
    public var hasScope: Bool
    public var visitor: String
    /// Whom the visitor may become.
    public var visitors: [Choice]
    public var canSwitch: Bool
    /// Somebody logged in, who may log out.
    public var hasAccount: Bool
    /// Seconds after which the page looks again, while something is under way.
    public var refresh: [Int] = []
    /// The same for browsers without scripts, where a script keeps the page up to date.
    public var quietRefresh: [Int] = []
    /// The link to the task centre, for those who have one, with how many of the visitor's jobs are under way.
    public var tasks: [Link]
    public var openTasks: [Int]
    /// Offered where frozen rows have a correction beside them.
    public var otherView: [Link] = []
    public var isLive: Bool

    public init(
        title: String, lead: String, place: String, state: String, menu: [MenuGroup], scope: Scope, years: [SchoolYear],
        standards: [(id: String, label: String)], crumbs: [Link] = [], actions: [Link] = [], organisation: String, visit: Visit
    ) {
        self.title = title
        self.lead = lead
        self.place = place
        self.state = state
        hasState = !state.isEmpty
        self.menu = menu
        self.years = years.map { Choice(value: String($0.start), label: $0.description, isChosen: $0 == scope.year) }
        self.standards = standards.map { Choice(value: $0.id, label: $0.label, isChosen: $0.id == scope.standard) }
        self.crumbs = crumbs
        self.actions = actions
        self.organisation = organisation
        hasScope = !years.isEmpty
        visitor = visit.person.name
        visitors = visit.others.map { Choice(value: $0.id, label: $0.name, isChosen: $0.id == visit.person.id) }
        canSwitch = !visit.others.isEmpty
        hasAccount = visit.session != nil
        isLive = scope.isLive
        tasks = visit.mayAnywhere(.look) ? [Link("任务", SiteMap(scope).tasks)] : []
        openTasks = visit.openTasks > 0 ? [visit.openTasks] : []
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
        case .measured: (shape, style) = ("◇", "measured")
        }
    }

    /// 预警: met, yet only just, or with a gap the rule allows.
    public static let warning = Light(word: "预警", shape: "▲", style: "warning")

    /// Something that has to be put right.
    public static let problem = Light(word: "错误", shape: "■", style: "notmet")

    /// 提醒: worth a look, not in the way.
    public static let reminder = Light(word: "提醒", shape: "▲", style: "warning")

    /// A word of another kind of light with its shape and class.
    public init(word: String, shape: String, style: String) {
        self.word = word
        self.shape = shape
        self.style = style
    }
}
