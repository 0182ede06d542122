public import Indicators
internal import Planning
public import Vocabulary

/// Why no path can be looked for, in the user's words.
public struct PathRefusal: Refusal {
    public var message: String
    public init(_ message: String) { self.message = message }
}

extension PathProblem {
    /// Poses the problem of one evaluated county. Throws `PathRefusal` where a number is missing: it is never taken for zero.
    public init(_ evaluation: Evaluation, county: CountyResult, costs: CostList, limits: PathLimits) throws {
        let standard = evaluation.standard
        let measured = standard.measured
        var items = try measured.map { try PathProblem.item($0.part, $0.item, evaluation.catalogue) }
        if let margin = limits.margin {
            let part = Fraction(100 - margin, over: 100)
            for place in items.indices { items[place].ceiling = items[place].ceiling.mapValues { $0 * part } }
        }
        guard let rule = measured.first?.part.unitRule else { throw PathRefusal("标准“\(standard.label.zh)”没有对学校的要求，做不了达标路径") }
        let names = Set(items.flatMap(\.terms.keys)).union(costs.actions.flatMap(\.adds.keys))
        let shared = Set(names.filter { evaluation.catalogue.elements[$0]?.scope == .shared })
        for action in costs.actions where Set(action.adds.keys.map { shared.contains($0) }).count > 1 || action.adds.isEmpty {
            throw PathRefusal("费用表的措施“\(action.label)”同时增加学段的数和全校的数，请分成两条")
        }
        let reader = StockReader(evaluation: evaluation, shared: shared, names: names)
        var (schools, units, places): ([School], [Unit], [String: Int]) = ([], [], [:])
        for result in county.units {
            let place = try places[result.school] ?? reader.school(result, &schools)
            places[result.school] = place
            units.append(try reader.unit(result, school: place))
        }
        guard !units.isEmpty else { throw PathRefusal("\(county.county)没有纳入评估的学校") }
        self.init(
            county: county.county, standard: standard.id, schools: schools, units: units, items: items, minimum: rule.minimum,
            shared: shared, costs: costs, limits: limits)
        let codes = Set(schools.map(\.id))
        if let unknown = limits.noBuilding.union(limits.land.keys).subtracting(codes).sorted().first {
            throw PathRefusal("\(county.county)没有纳入评估的学校“\(unknown)”，请核对学校标识码")
        }
    }

    private static func item(_ part: Standard.Part, _ item: Standard.Item, _ catalogue: IndicatorCatalogue) throws -> Item {
        guard let indicator = item.indicator.flatMap({ catalogue.indicators[$0] }), item.comparison == .atLeast,
            indicator.denominator == .variable("pupils"), let terms = indicator.numerator.linearTerms,
            let factor = Fraction(decimal: indicator.factor)
        else { throw PathRefusal("指标“\(item.label.zh)”不是“若干数之和除以在校生数、不低于门槛”的形式，做不了达标路径") }
        let threshold = item.threshold.compactMapValues { Fraction(decimal: $0) }
        let ratio = part.unitRule.flatMap { Fraction(decimal: $0.floorRatio) }
        return Item(
            id: item.code, label: item.label.zh, factor: factor, terms: terms, threshold: threshold,
            floor: ratio.map { ratio in threshold.mapValues { $0 * ratio } } ?? [:],
            ceiling: part.dispersion?.limit.compactMapValues { Fraction(decimal: $0) } ?? [:])
    }
}

/// Takes schools' numbers out of the returns.
private struct StockReader {
    let evaluation: Evaluation
    let shared: Set<String>
    let names: Set<String>

    func number(_ key: FactKey, _ row: Int, _ title: String) throws -> Fraction {
        if let value = evaluation.schools.fact(key, row).number, let exact = Fraction(decimal: value) { return exact }
        let label = evaluation.catalogue.elements[key.element]?.label.zh ?? key.element
        throw PathRefusal("\(title)缺“\(label)”。资料不足时不做方案，请先补齐再算")
    }

    func school(_ unit: UnitResult, _ schools: inout [PathProblem.School]) throws -> Int {
        if let split = unit.splits.values.first(where: { $0.used == .reported }), split.reported != nil {
            throw PathRefusal("\(unit.name)的共用资源按学校自报拆分，方案只会按标准的权重分摊。请改用 apportion.use: weights")
        }
        var stock: [String: Fraction] = [:]
        for name in shared.sorted() { stock[name] = try number(FactKey(name), unit.row, unit.name) }
        schools.append(PathProblem.School(id: unit.school, name: unit.name, stock: stock))
        return schools.count - 1
    }

    func unit(_ unit: UnitResult, school: Int) throws -> PathProblem.Unit {
        let pupils = try number(FactKey("pupils", unit.stage), unit.row, unit.title)
        guard pupils > .zero, let whole = Int(exactly: pupils.approximate) else { throw PathRefusal("\(unit.title)的在校生数不是正整数") }
        var stock: [String: Fraction] = [:]
        for name in names.subtracting(shared).sorted() { stock[name] = try number(FactKey(name, unit.stage), unit.row, unit.title) }
        return PathProblem.Unit(
            id: unit.id, title: unit.title, school: school, stage: unit.stage, pupils: whole, share: try share(unit), stock: stock)
    }

    /// Weight × pupils over the sum of the same, as the standard apportions.
    private func share(_ unit: UnitResult) throws -> Fraction {
        guard let weights = evaluation.standard.apportionment[unit.kind], let own = weights[unit.stage] else { return .one }
        var (part, whole) = (Fraction.zero, Fraction.zero)
        for (stage, weight) in weights {
            let pupils = try number(FactKey("pupils", stage), unit.row, unit.title)
            let weighted = (Fraction(decimal: weight) ?? .one) * pupils
            whole += weighted
            if stage == unit.stage { part = weighted }
        }
        guard whole > .zero, own > 0 else { throw PathRefusal("\(unit.title)的共用资源无法分摊") }
        return part / whole
    }
}

extension Formula {
    /// The factors of its variables where it is a weighted sum of them; nil otherwise.
    var linearTerms: [String: Fraction]? {
        switch self {
        case .variable(let name): return [name: .one]
        case .negate(let inner): return inner.linearTerms?.mapValues { -$0 }
        case .binary(.add, let left, let right):
            guard let a = left.linearTerms, let b = right.linearTerms else { return nil }
            return a.merging(b, uniquingKeysWith: +)
        case .binary(.subtract, let left, let right):
            guard let a = left.linearTerms, let b = right.linearTerms else { return nil }
            return a.merging(b.mapValues { -$0 }, uniquingKeysWith: +)
        case .binary(.multiply, .number(let factor), let inner), .binary(.multiply, let inner, .number(let factor)):
            guard let exact = Fraction(decimal: factor) else { return nil }
            return inner.linearTerms?.mapValues { $0 * exact }
        default: return nil
        }
    }
}
