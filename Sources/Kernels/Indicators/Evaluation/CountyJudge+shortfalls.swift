internal import Foundation
internal import Vocabulary

extension CountyJudge {
    /// What a unit lacks, item by item, in raw quantity.
    func missing(_ result: UnitResult, _ place: Int) -> [Shortfall] {
        standard.parts.flatMap { part in
            let ruling = UnitRuling(part, result.stage, values: result.values)
            return ruling.missed.map { shortfall(result, part, $0, ruling, place) }
        }
    }

    private func shortfall(
        _ result: UnitResult, _ part: Standard.Part, _ item: Standard.Item, _ ruling: UnitRuling, _ place: Int
    ) -> Shortfall {
        let value = result.values[item.code] ?? .nan
        let threshold = item.threshold[result.stage] ?? .nan
        let indicator = item.indicator.flatMap { catalogue.indicators[$0] }
        let element = indicator?.raises.flatMap { catalogue.elements[$0] }
        let missing = indicator.flatMap { amount($0, item, threshold, place) }
        let rule: Shortfall.Rule = ruling.isBelowFloor(item) ? .belowFloor : ruling.missesTooMany ? .tooManyMissed : .allowedMiss
        let divisor = element?.display.divisor ?? 1
        return Shortfall(
            school: result.school, name: result.title, stage: result.stage, row: result.row, code: item.code,
            label: item.label.zh.isEmpty ? indicator?.label.zh ?? item.code : item.label.zh, value: value, threshold: threshold,
            floor: UnitRuling.floor(part, item, result.stage), missing: missing.map { $0 / divisor },
            needed: missing.map { element?.isWhole == true ? ($0 - 1e-9).rounded(.up) : $0 / divisor },
            unit: element?.display.unit ?? indicator?.unit ?? "", element: indicator?.raises, rule: rule,
            ruleText: ruleText(rule, part, item, result, ruling))
    }

    /// The numerator the threshold asks for, less the one there is, in the element's own unit.
    private func amount(_ indicator: Indicator, _ item: Standard.Item, _ threshold: Double, _ place: Int) -> Double? {
        guard item.comparison == .atLeast, indicator.factor != 0 else { return nil }
        let unit = units.units[frame.groups.order[place]]
        let denominator = indicator.denominator.evaluate { units.operand($0, unit) }
        let numerator = indicator.numerator.evaluate { units.operand($0, unit) }
        let amount = threshold * denominator / indicator.factor - numerator
        return amount.isNaN ? nil : amount
    }

    private func ruleText(
        _ rule: Shortfall.Rule, _ part: Standard.Part, _ item: Standard.Item, _ result: UnitResult, _ ruling: UnitRuling
    ) -> String {
        let measured = part.items.count { $0.threshold[result.stage] != nil }
        let minimum = Swift.min(ruling.minimum, measured)
        let percent = PlainNumber.percent(part.unitRule?.floorRatio ?? 1)
        let floor = UnitRuling.floor(part, item, result.stage).map { PlainNumber.text($0) } ?? ""
        return switch rule {
        case .belowFloor: "\(measured)项中未达标的一项也不得低于标准的\(percent)（\(floor)）"
        case .tooManyMissed: "\(measured)项中至少\(minimum)项达标，现有\(ruling.missed.count)项未达标"
        case .allowedMiss: "\(measured)项中允许\(measured - minimum)项未达标且不低于标准的\(percent)，不影响学校达标"
        case .schoolTest: item.clause
        }
    }
}

/// Numbers in sentences: as many decimals as they need, at most four.
enum PlainNumber {
    static func text(_ value: Double) -> String {
        let rounded = (value * 10_000).rounded() / 10_000
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
    }

    static func percent(_ ratio: Double) -> String { text(ratio * 100) + "%" }
}
