internal import Vocabulary

/// The verdict on a county as one sentence, the headline of every page and paper.
public enum VerdictSentence {
    /// `尚未达标，差2项差异系数、7所学校`
    public static func text(_ county: CountyResult) -> String {
        switch county.verdict {
        case .met: county.units.isEmpty ? "各项全部达标" : isMeasuredBySpread(county) ? "资源配置和校际差异系数全部达标" : "所评各项全部达标"
        case .notMet: "尚未达标，差\(gaps(county).joined(separator: "、"))"
        case .insufficient: "资料不足，\(open(county))，暂不能下结论"
        case .measured: "已测算，本标准没有规定限值，只列数据、不作判定"
        }
    }

    /// Every rule of the 2017 kind has a say: thresholds of schools and ceilings of spread. Bare fixtures count as such.
    private static func isMeasuredBySpread(_ county: CountyResult) -> Bool {
        let measured = county.stages.flatMap(\.indicators)
        return measured.isEmpty || measured.contains { $0.ceiling != nil }
    }

    private static func gaps(_ county: CountyResult) -> [String] {
        let spreads = county.stages.flatMap(\.indicators).count { $0.verdict == .notMet }
        let composites = county.stages.count { stage in
            stage.compositeCeiling.map { limit in stage.compositeCV.map { !Comparison.atMost.holds($0, limit) } ?? false } ?? false
        }
        let schools = Set(county.units.filter { $0.verdict == .notMet }.map(\.school)).count
        let named = [(spreads, "项差异系数"), (composites, "项综合差异系数"), (schools, "所学校")].filter { $0.0 > 0 }
        if !named.isEmpty { return named.map { "\($0.0)\($0.1)" } }
        return ["\(county.parts.reduce(0) { $0 + $1.count(.notMet) })项"]
    }

    private static func open(_ county: CountyResult) -> String {
        let schools = Set(county.units.filter { $0.verdict == .insufficient }.map(\.school)).count
        if schools > 0 { return "\(schools)所学校的数据不全" }
        let stages = county.stages.filter { $0.units == 0 }.map(\.stage.label.zh)
        let items = county.parts.reduce(0) { $0 + $1.count(.insufficient) }
        if county.units.isEmpty, items > 0 { return "\(items)项缺数据" }
        return stages.isEmpty ? "数据不全" : "没有\(stages.joined(separator: "、"))的学校数据"
    }
}
