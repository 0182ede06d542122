public import Foundation
public import Vocabulary

/// A plan of exchange as it is told to whoever asks: what it brings and who would go where.
public struct ExchangePlan: Sendable, Hashable, Identifiable {
    public struct School: Sendable, Hashable {
        public var code: String
        public var title: String
        public var out: Int
        public var into: Int
        /// Backbone teachers before and after, then those above the required degree.
        public var backbones: (before: Int, after: Int) { (counts[0], counts[1]) }
        public var qualified: (before: Int, after: Int) { (counts[2], counts[3]) }
        private var counts: [Int]

        public init(
            code: String, title: String, out: Int, into: Int, backbones: (before: Int, after: Int), qualified: (before: Int, after: Int)
        ) {
            self.code = code
            self.title = title
            self.out = out
            self.into = into
            counts = [backbones.before, backbones.after, qualified.before, qualified.after]
        }
    }

    public struct Move: Sendable, Hashable {
        /// The teacher's code, as far as whoever asks may know it.
        public var teacher: String
        public var stage: String
        public var post: String
        public var isBackbone: Bool
        public var from: Exchange.School
        public var to: Exchange.School

        public init(teacher: String, stage: String, post: String, isBackbone: Bool, from: Exchange.School, to: Exchange.School) {
            self.teacher = teacher
            self.stage = stage
            self.post = post
            self.isBackbone = isBackbone
            self.from = from
            self.to = to
        }
    }

    /// A coefficient of variation before and after.
    public struct Spread: Sendable, Hashable {
        public var label: String
        public var before: Double
        public var after: Double

        public init(label: String, before: Double, after: Double) {
            self.label = label
            self.before = before
            self.after = after
        }
    }

    /// What another rate would bring.
    public struct Rate: Sendable, Hashable {
        public var rate: String
        /// Nil where there is no plan.
        public var moved: Int?
        public var isImpossible: Bool
        public var gap: Double?
        public var metres: Int?
        public var spreads: [Spread]

        public init(rate: String, moved: Int?, isImpossible: Bool, gap: Double?, metres: Int?, spreads: [Spread]) {
            self.rate = rate
            self.moved = moved
            self.isImpossible = isImpossible
            self.gap = gap
            self.metres = metres
            self.spreads = spreads
        }
    }

    /// Why teachers are not on the list, and how many.
    public struct Spared: Sendable, Hashable {
        public var reason: String
        public var count: Int

        public init(reason: String, count: Int) {
            self.reason = reason
            self.count = count
        }
    }

    public var id: String
    public var county: String
    public var year: SchoolYear
    public var madeBy: String
    public var madeAt: Date
    public var adoptedBy: String?
    public var adoptedAt: Date?
    public var rules = ""
    public var document = ""
    /// What the rates are counted of, in words and number.
    public var basis = ""
    public var base = 0
    public var rate = ""
    public var backboneShare = ""
    public var teachers = 0
    public var eligible = 0
    public var backbones = 0
    public var metres = 0
    public var proof = ""
    public var solver = ""
    public var schools: [School] = []
    public var moves: [Move] = []
    public var spreads: [Spread] = []
    public var spared: [Spared] = []
    /// Empty where other rates were not asked for.
    public var rates: [Rate] = []
    /// The job that worked it out.
    public var task: String?

    public init(_ kept: RosterPlan) {
        id = kept.id
        county = kept.county
        year = kept.year
        madeBy = kept.madeBy
        madeAt = kept.madeAt
        adoptedBy = kept.adoptedBy
        adoptedAt = kept.adoptedAt
    }
}

/// A turn as it is told to whoever asks.
public struct ToldExchange: Sendable, Hashable, Identifiable {
    /// Without the name and the whole code for whoever may not know them.
    public var exchange: Exchange
    /// The form of exchange in the words of the rules.
    public var form: String
    /// Whole school years served.
    public var served: Int
    /// What the teacher has a claim to.
    public var earned: [String]
    public var id: String { exchange.id }

    public init(_ exchange: Exchange, form: String, served: Int, earned: [String]) {
        self.exchange = exchange
        self.form = form
        self.served = served
        self.earned = earned
    }
}

/// A county's rates in a school year.
public struct CountyExchange: Sendable, Hashable {
    public var county: String
    public var year: SchoolYear
    public var rates: ExchangeRates

    public init(county: String, year: SchoolYear, rates: ExchangeRates) {
        self.county = county
        self.year = year
        self.rates = rates
    }
}
