internal import Pages
internal import SiteMap
internal import Staffing
internal import Vocabulary

/// Standings and numbers in the words of papers and pages.
enum StaffingWords {
    static func light(_ standing: StaffStanding) -> Light {
        switch standing {
        case .over: Light(word: standing.label.zh, shape: "▲", style: "warning")
        case .short: Light(word: standing.label.zh, shape: "■", style: "notmet")
        case .even: Light(word: standing.label.zh, shape: "●", style: "met")
        case .unknown: Light(word: standing.label.zh, shape: "○", style: "insufficient")
        }
    }

    /// `超12`, `缺3`, `满`, or why nothing is known.
    static func balance(_ balance: Int?) -> String {
        guard let balance else { return "资料不足" }
        return balance == 0 ? "满编" : balance > 0 ? "超\(balance)" : "缺\(-balance)"
    }

    static func cell(_ number: Int?, url: String? = nil) -> DataTable.Cell { .init(number.map(Double.init), absent: "资料不足", url: url) }

    /// A county's staff in a sentence.
    static func headline(_ survey: StaffingSurvey) -> String {
        if survey.units.isEmpty { return "\(survey.county)\(survey.year.label.zh)还没有学校数据，编制资料不足" }
        let (over, short) = (survey.count(.over), survey.count(.short))
        guard survey.hasRoster else {
            return survey.establishment().map { "\(survey.county)按标准应有编制\($0)名，还没有教职工名册，超缺编资料不足" }
                ?? "\(survey.county)编制资料不足"
        }
        let sum = survey.balance.map { "，全县合计\(balance($0))" } ?? ""
        let unknown = survey.count(.unknown)
        return "\(survey.county)\(over)个学校单位超编，\(short)个缺编\(unknown > 0 ? "，\(unknown)个资料不足" : "")\(sum)"
    }

    /// Where people are short although others are over.
    static func lead(_ survey: StaffingSurvey) -> String {
        guard survey.hasRoster else { return "编制按在校生数和班数算，用现有的学校数据；上传名册后看实有、学科、退休和岗位匹配。" }
        return "超编单位共多\(survey.surplus)人，缺编单位共缺\(survey.shortage)人。编制按教职工算（含职员、教辅、工勤），只数在编的人。"
    }

    static func ahead(_ survey: StaffingSurvey) -> String {
        guard let last = survey.sums().last else { return "" }
        guard let need = last.need else { return "\(last.year)年\(last.missing)个学校单位的补充需求资料不足" }
        let base = last.isAssumed ? "（部分学校的新生数是假定）" : ""
        return need > 0
            ? "到\(last.year)年秋季全县要补充\(need)人\(base)" : need < 0 ? "到\(last.year)年秋季全县仍多\(-need)人\(base)" : "到\(last.year)年秋季全县正好\(base)"
    }
}
