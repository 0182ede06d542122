public import Indicators
public import Vocabulary

/// What making good one shortfall does: to the school's value and to the county's spread.
public struct PredictedEffect: Hashable, Sendable {
    public var valueNow: Double
    /// As the same evaluation finds it once the missing quantity is there; nil where the rule has no quantity to add.
    public var valueThen: Double?
    public var cvNow: Double?
    public var cvThen: Double?
}

extension PredictedEffect {
    /// Evaluates the county again with the missing quantity added to the school's return. Nothing is stored.
    public init(_ gap: Shortfall, in county: CountyResult, _ evaluated: Evaluated) {
        let indicator = gap.stage.flatMap { county.stage($0)?.indicator(gap.code) }
        self.init(valueNow: gap.value, valueThen: nil, cvNow: indicator?.cv, cvThen: nil)
        // A shortfall says its quantity in the unit people read (万元), the return keeps the element's own (元).
        let divisor = gap.element.flatMap { evaluated.evaluation.catalogue.elements[$0]?.display.divisor } ?? 1
        guard let element = gap.element, let needed = (gap.needed ?? gap.missing).map({ $0 * divisor }), let stage = gap.stage,
            let table = PredictedEffect.table(evaluated, county.county, gap.school, element, stage, adding: needed)
        else { return }
        let evaluation = evaluated.evaluation
        let then = Evaluation(evaluation.standard, catalogue: evaluation.catalogue, schools: table).run().county(county.county)
        valueThen = then?.units(of: gap.school).first { $0.stage == stage }?.values[gap.code]
        cvThen = then?.stage(stage)?.indicator(gap.code)?.cv
    }

    /// The county's schools with one number raised; nil where the return has no such number.
    private static func table(
        _ evaluated: Evaluated, _ county: String, _ school: String, _ element: String, _ stage: Stage, adding needed: Double
    ) -> ReturnTable? {
        let evaluation = evaluated.evaluation
        guard let form = evaluation.catalogue.forms[evaluation.schools.form] else { return nil }
        let own = evaluation.schools.filtered { evaluation.schools.attribute("county", $0) == county }
        var (table, isRaised) = (ReturnTable(form: form, schoolYear: own.schoolYear), false)
        for place in 0..<own.count {
            var row = own.row(place)
            if own.attribute("code", place) == school {
                let keys = [FactKey(element, stage), FactKey(element, nil)]
                guard let key = keys.first(where: { row.facts[$0]?.number != nil }), let number = row.facts[key]?.number else { return nil }
                row.facts[key] = .known(number + needed)
                isRaised = true
            }
            table.append(row)
        }
        return isRaised ? table : nil
    }
}

/// Predicted against measured, once a report sealed after the work was reported done says how things stand.
public struct MeasuredEffect: Hashable, Sendable {
    public var valueBefore: Double?
    public var valuePredicted: Double?
    public var valueMeasured: Double?
    public var cvBefore: Double?
    public var cvPredicted: Double?
    public var cvMeasured: Double?
    public var verdict: Verdict
    /// The report it was measured by, with its seal; empty while there is none.
    public var source: String
    /// Why nothing is measured yet; empty once it is.
    public var waiting: String

    /// How much of the predicted change of the value came about, 1 for all of it; nil where it cannot be said.
    public var shareReached: Double? {
        guard let valueBefore, let valuePredicted, let valueMeasured, valuePredicted != valueBefore else { return nil }
        return (valueMeasured - valueBefore) / (valuePredicted - valueBefore)
    }
}
