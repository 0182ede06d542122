public import Casework
public import Indicators
public import Vocabulary

/// 整改成效: what the rectifications a county wrote off in a calendar year promised, and what came of them.
public struct EffectReview: Sendable {
    /// One written-off case.
    public struct Line: Sendable, Identifiable {
        public var id: CaseID
        public var number: String
        public var key: ShortfallKey
        public var school: String
        /// Code and name of the item.
        public var item: String
        public var closed: Day
        /// 分 set aside, and 分 spent as the school reported; nil where not told.
        public var money: Int?
        public var spent: Int?
        public var effect: MeasuredEffect

        /// Whether a report sealed after the work was reported done says how it stands.
        public var isMeasured: Bool { effect.waiting.isEmpty }
    }

    /// The cases of one item and stage.
    public struct Group: Sendable {
        public var code: String
        /// Nil for the whole school.
        public var stage: Stage?
        public var item: String
        /// The latest closed first.
        public var lines: [Line]

        /// Of the case closed first the county's spread it was opened with.
        public var cvBefore: Double? { lines.last { $0.effect.cvBefore != nil }?.effect.cvBefore }
        /// Of the case closed last the spread that was measured.
        public var cvNow: Double? { lines.first { $0.effect.cvMeasured != nil }?.effect.cvMeasured }
    }

    public var county: String
    public var year: Int
    /// The latest closed first.
    public var lines: [Line]
    /// Cases that are still under way, and those of them that are late.
    public var open: Int
    public var overdue: Int
    /// False where there are more than were read: then `lines` are not all.
    public var isWhole: Bool

    /// By item and stage.
    public var groups: [Group] {
        Dictionary(grouping: lines) { "\($0.key.code)/\($0.key.stage?.rawValue ?? "")" }.values.compactMap { lines in
            lines.first.map { Group(code: $0.key.code, stage: $0.key.stage, item: $0.item, lines: lines) }
        }.sorted { ($0.code, $0.stage?.rawValue ?? "") < ($1.code, $1.stage?.rawValue ?? "") }
    }
}

/// Sums over lines.
public struct EffectTally: Hashable, Sendable {
    public var closed = 0
    public var measured = 0
    /// Of the measured.
    public var met = 0
    public var notMet = 0
    public var insufficient = 0
    /// Middle share of the predicted change that came about; nil where nothing can be said.
    public var medianShare: Double?
    /// 分, of the lines that tell it; nil where none does.
    public var money: Int?
    public var spent: Int?
    /// Lines that tell none: they are in no sum.
    public var moneyUntold = 0
    public var spentUntold = 0

    public init(_ lines: [EffectReview.Line]) {
        closed = lines.count
        let known = lines.filter(\.isMeasured)
        measured = known.count
        met = known.count { $0.effect.verdict == .met }
        notMet = known.count { $0.effect.verdict == .notMet }
        insufficient = measured - met - notMet
        let shares = known.compactMap(\.effect.shareReached).sorted()
        if !shares.isEmpty { medianShare = (shares[(shares.count - 1) / 2] + shares[shares.count / 2]) / 2 }
        let (set, used) = (lines.compactMap(\.money), lines.compactMap(\.spent))
        money = set.isEmpty ? nil : set.reduce(0, +)
        spent = used.isEmpty ? nil : used.reduce(0, +)
        (moneyUntold, spentUntold) = (closed - set.count, closed - used.count)
    }

    public var waiting: Int { closed - measured }
}

/// Reviews a county's rectifications.
public struct ReviewEffects: Sendable {
    /// Cases read for one county and year; whoever has more is told so.
    static let most = 2_000

    let office: CaseOffice
    let evaluations: any Evaluations

    public init(_ office: CaseOffice, _ evaluations: any Evaluations) {
        self.office = office
        self.evaluations = evaluations
    }

    /// `school`: of one school alone.
    public func run(_ county: String, school: String? = nil, year: Int, today: Day) async throws -> EffectReview {
        let kinds = Set(office.definitions.all.filter { $0.opening.from.contains(OpenRectifications.link) }.map(\.id)).sorted()
        var summaries: [CaseSummary] = []
        var (open, overdue, isWhole) = (0, 0, true)
        for kind in kinds {
            var filter = CaseFilter(definition: kind, isOpen: false, county: county, school: school)
            filter.closedFrom = Day(year: year, month: 1, day: 1)
            filter.closedUntil = Day(year: year, month: 12, day: 31)
            var cursor: CaseCursor?
            repeat {
                let page = try await office.query.page(filter, after: cursor, limit: 500, today: today)
                summaries += page.rows.filter { !$0.isAbandoned }
                cursor = page.next
            } while cursor != nil && summaries.count < ReviewEffects.most
            if cursor != nil { isWhole = false }
            let running = CaseFilter(definition: kind, isOpen: true, county: county, school: school)
            for figures in try await office.query.figures(running, by: .definition, opened: (nil, nil), today: today) {
                open += figures.open
                overdue += figures.overdue
            }
        }
        let days = Dictionary(uniqueKeysWithValues: summaries.map { ($0.id, $0.closedDay) })
        let items = try await office.store.find(summaries.map(\.id))
        let effects = try await MeasureEffect(evaluations).run(items)
        let lines = zip(items, effects).compactMap { item, effect -> EffectReview.Line? in
            guard let effect, let key = MeasureEffect.key(item), let closed = days[item.id] ?? nil else { return nil }
            return EffectReview.Line(
                id: item.id, number: item.number, key: key, school: item.place.label,
                item: item.links.first { $0.kind == OpenRectifications.indicatorLink }?.label ?? key.code, closed: closed,
                money: ReviewEffects.fen(item.answers["money"]), spent: ReviewEffects.fen(item.answers["spent"]), effect: effect)
        }
        return EffectReview(
            county: county, year: year, lines: lines.sorted { ($1.closed, $0.number) < ($0.closed, $1.number) }, open: open,
            overdue: overdue,
            isWhole: isWhole)
    }

    private static func fen(_ value: FieldValue?) -> Int? {
        guard case .money(let fen) = value else { return nil }
        return fen
    }
}
