public import Vocabulary

/// 两个只增不减: spending and spending per pupil held against the year before, each with the same kind of figure.
public struct GrowthVerdict: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        public var label: String
        /// Yuan, or yuan a pupil; nil where something is missing.
        public var before: Double?
        public var now: Double?
        public var verdict: Verdict
        /// Why it could not be judged; empty otherwise.
        public var reason: String
        /// Whether the requirement itself asks for it; the rest is told beside it.
        public var isRequired: Bool
    }

    public var year: Int
    public var basis: FinanceFigure.Basis
    public var rows: [Row]
    /// Over what the requirement asks for.
    public var verdict: Verdict

    public init(_ figures: [FinanceFigure], _ year: Int, basis: FinanceFigure.Basis, rules: SpendingRules) {
        self.year = year
        self.basis = basis
        let comparison = Comparing(figures: figures, year: year, basis: basis, isEqualMet: rules.isEqualMet)
        rows = [
            comparison.row("一般公共预算教育支出", .whole, perPupil: false), comparison.row("按在校学生人数平均的一般公共预算教育支出", .whole, perPupil: true),
        ]
        verdict = Verdict.all(rows.map(\.verdict))
        for stage in Stage.allCases where figures.contains(where: { $0.extent == .stage(stage) && $0.year == year }) {
            rows.append(comparison.row("\(stage.label.zh)生均一般公共预算教育支出", .stage(stage), perPupil: true))
        }
    }

    /// One for each kind of figure of the year; by final accounts where there are none at all.
    public static func told(_ figures: [FinanceFigure], _ year: Int, rules: SpendingRules) -> [GrowthVerdict] {
        let told = FinanceFigure.Basis.allCases.filter { basis in figures.contains { $0.year == year && $0.basis == basis } }
        return (told.isEmpty ? [.final] : told).map { GrowthVerdict(figures, year, basis: $0, rules: rules) }
    }

    private struct Comparing {
        let figures: [FinanceFigure]
        let year: Int
        let basis: FinanceFigure.Basis
        let isEqualMet: Bool

        func row(_ label: String, _ extent: FinanceFigure.Extent, perPupil: Bool) -> Row {
            var row = Row(label: label, before: nil, now: nil, verdict: .insufficient, reason: "", isRequired: extent == .whole)
            let (old, new) = (part(year - 1, extent, perPupil), part(year, extent, perPupil))
            row.before = old.value.map { $0.yuan }
            row.now = new.value.map { $0.yuan }
            guard let before = old.value, let now = new.value else {
                row.reason = [old.missing, new.missing].filter { !$0.isEmpty }.joined(separator: "；")
                return row
            }
            // a ÷ b against c ÷ d, exactly: a × d against c × b.
            let (left, right) = (now.fen.multipliedFullWidth(by: before.over), before.fen.multipliedFullWidth(by: now.over))
            let isMore = (left.high, left.low) > (right.high, right.low)
            let isSame = left.high == right.high && left.low == right.low
            row.verdict = isMore || isSame && isEqualMet ? .met : .notMet
            return row
        }

        private struct Part {
            var fen: Int
            var over: Int
            var yuan: Double { Double(fen) / 100 / Double(over) }
        }

        private func part(_ year: Int, _ extent: FinanceFigure.Extent, _ perPupil: Bool) -> (value: Part?, missing: String) {
            let own = figures.filter { $0.year == year && $0.extent == extent }
            guard let figure = own.first(where: { $0.basis == basis }) else {
                let other = own.first.map { "只有\($0.basis.label.zh)数，不能与\(basis.label.zh)数比" }
                return (nil, "\(year)年\(other ?? "没有\(basis.label.zh)数")")
            }
            guard let spending = figure.spending else { return (nil, "\(year)年没有填教育支出") }
            guard perPupil else { return (Part(fen: spending.fen, over: 1), "") }
            guard let pupils = figure.pupils, pupils > 0 else { return (nil, "\(year)年没有填生均口径学生数") }
            return (Part(fen: spending.fen, over: pupils), "")
        }
    }
}

/// Whether a school puts enough of its running costs into teachers' training.
public struct TrainingVerdict: Sendable, Hashable {
    public var school: String
    public var name: String
    public var running: Money?
    public var training: Money?
    public var verdict: Verdict

    /// Training of running costs; nil where one is missing.
    public var share: Double? {
        guard let running, let training, running > .zero else { return nil }
        return Double(training.fen) / Double(running.fen)
    }

    /// One for each school with figures of a year's budget, in the order of codes.
    public static func all(_ figures: [FinanceFigure], _ year: Int, rules: SpendingRules) -> [TrainingVerdict] {
        figures.filter { $0.year == year && $0.basis == .budget }.sorted { $0.extent < $1.extent }.compactMap { figure in
            guard case .school(let code) = figure.extent else { return nil }
            var verdict = Verdict.insufficient
            if let running = figure.running, let training = figure.training, running > .zero {
                let (left, right) = (
                    training.fen.multipliedFullWidth(by: 10_000), running.fen.multipliedFullWidth(by: rules.trainingShare)
                )
                verdict = (left.high, left.low) >= (right.high, right.low) ? .met : .notMet
            }
            return TrainingVerdict(
                school: code, name: figure.name, running: figure.running, training: figure.training, verdict: verdict)
        }
    }
}
