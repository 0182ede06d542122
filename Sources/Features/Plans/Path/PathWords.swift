internal import Pages
internal import Planning
internal import SiteMap
internal import Vocabulary

/// Plans in words.
enum PathWords {
    /// Yuan as 万元 with one decimal.
    static func money(_ yuan: Int) -> String { Figure.grouped(Double(yuan) / 10_000, 1) }

    static func summary(_ sheet: PathSheet) -> String {
        if sheet.measures.isEmpty, sheet.moves.isEmpty { return "\(sheet.county)\(sheet.after.units)个学校单位已经达标，不需要再投入" }
        let people = [sheet.hires > 0 ? "招聘\(sheet.hires)人" : "不招聘", sheet.moved > 0 ? "调动\(sheet.moved)人" : "不调动"]
        return "\(sheet.county)\(sheet.after.units)个学校单位全部达标，需\(money(sheet.cost))万元，\(people.joined(separator: "，"))"
    }

    /// So many steps of a measure: `6人`, and of 10㎡ each `30㎡`, which also a machine reads as one number. 万 is a number to Unicode and
    /// a unit here.
    static func amount(_ count: Int, _ unit: String) -> String {
        let size = unit.prefix { $0.isASCII && $0.isNumber }
        guard !size.isEmpty else { return "\(count)\(unit)" }
        guard let each = Int(size), unit.dropFirst(size.count).first != "." else { return "\(count) × \(unit)" }
        let (all, isTooLarge) = count.multipliedReportingOverflow(by: each)
        return isTooLarge ? "\(count) × \(unit)" : "\(all)\(unit.dropFirst(size.count))"
    }

    /// That there is no plan, and why as far as it was found out.
    static func none(_ county: String, _ rules: Int, _ isReduced: Bool?) -> String {
        if rules == 0 { return "已证明\(county)没有可行的方案：放宽哪条规则都不行，数据本身不合常理，请先核对数据" }
        let rest = isReduced == false ? "，其中可能还有不相干的，时限内没有再查" : ""
        return "已证明\(county)没有可行的方案：有规则不能同时满足\(rest)"
    }

    /// How far from the cheapest, in a word.
    static func gap(_ certificate: Certificate) -> String {
        guard let gap = certificate.gap else { return "没有证明" }
        return gap < 0.000_05 ? "已是最省" : "不超过\(Figure.fixed(gap * 100, 2))%"
    }

    /// How far from the cheapest, and by whose word.
    static func proof(_ certificate: Certificate) -> String {
        guard let gap = certificate.gap else { return "没有证明离最省还有多远" }
        return gap < 0.000_05 ? "没有更省的方案" : "离最省不超过\(Figure.fixed(gap * 100, 2))%"
    }

    /// By which year everything meets the standard.
    static func years(_ sheet: PathSheet) -> String {
        guard let years = sheet.years, let last = years.last else { return "" }
        let all = years.first { $0.unitsMet == $0.units && $0.spreadsMet == $0.spreads }?.number ?? last.number
        return "第\(all)年年末全部达标。每年都核对过：费用不超过当年的上限，已经达标的学校和差异系数不再掉下去。"
            + (sheet.earliness.map(earliness) ?? "")
    }

    /// What a staging was made to do, and how sure it is that nothing is earlier.
    static func earliness(_ found: PathSheet.Earliness) -> String {
        let order = "先后按各年年末达标的学校单位数合计最多来排：\(found.years)年合计\(found.reached)个，"
        return order + (found.most <= found.reached ? "同样的措施没有达标更早的排法。" : "同样的措施怎样排都不超过\(found.most)个。")
    }

    /// How the plan and its bound were checked.
    static func check(_ certificate: Certificate) -> [String] {
        var lines = [
            "方案由程序用精确分数逐条对照规则复核，并把实施后的数据重新评估一遍，各学段都达标，才予保存。",
            "\(proof(certificate))（求解器\(certificate.solver)，用时\(Figure.fixed(certificate.seconds, 1))秒）。",
        ]
        if let bound = certificate.checkedBound {
            lines.append("不依赖求解器、用精确分数重算的下界是\(money(Int(bound)))万元：任何方案都不会低于它。")
        }
        return lines
    }
}

/// Addresses of the pages of a question's year and standard.
struct PlanAddress {
    let site: SiteMap

    private let question: MethodQuestion?

    init(_ question: PathQuestion) {
        site = SiteMap(Scope(year: SchoolYear(question.year), standard: question.standard))
        self.question = nil
    }

    init(_ question: MethodQuestion) {
        site = SiteMap(Scope(year: SchoolYear(question.year), standard: question.standard))
        self.question = question
    }

    /// The form of a county's method again.
    func again(_ job: String) -> String { question.map { site.newMethod($0.method, $0.county) + "&task=\(job)" } ?? site.plans }

    func plan(_ id: ProposalID) -> String { site.plan(id) }

    /// The plan, beside the one it came from where there is one.
    func plan(_ id: ProposalID, beside other: ProposalID?) -> String {
        guard let other, other != id else { return site.plan(id) }
        return "\(site.comparePlans)?plan=\(other)&plan=\(id)"
    }

    func answers(_ job: String) -> String { site.planAnswers(job) }
}
