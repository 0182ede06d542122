internal import Indicators
internal import Pages
internal import PathToStandard
internal import Registry
internal import SiteMap
internal import Vocabulary

/// The form that asks for a plan: limits, prices, what to do without.
struct PlanQuestionPage: Sendable {
    struct Field: Sendable {
        var name: String
        var label: String
        var value: String
        var unit: String
        var note: String
        /// What a slider beside the number runs to.
        var most: String
        var step: String
        /// Nothing written means no limit, and so does the end of the slider.
        var isOpen = false
    }
    struct School: Sendable {
        var name: String
        var noBuilding: String
        var isNotBuilt: Bool
        var land: String
        var cap: String
    }

    let page: PageFrame
    let complaints: [String]
    let county: String
    let year: String
    let standard: String
    /// The plan whose conditions are changed.
    let from: [String]
    let limits: [Field]
    let staging: [Field]
    let costs: [Field]
    let costNote: String
    let schools: [School]
    let hasSchools: Bool
    let isOpen: Bool
    let seconds: String
    let wantsPrices: Bool
    let action: String
    let now: String

    init(
        _ desk: PlansDesk, _ form: PathForm, _ county: String?, _ evaluated: Evaluated, _ list: CostList, _ visit: Visit, _ scope: Scope,
        years: [SchoolYear]
    ) {
        let place = county ?? "各县"
        page = desk.frame(
            "怎样花最少的钱让\(place)达标？", lead: "不填就是不限制。每改一个条件重算一次，几份方案可以并排比较。", visit, scope, county: county, years: [])
        complaints = form.complaints
        self.county = county ?? ""
        (year, standard) = ("\(scope.year.start)", scope.standard)
        from = form.fields["from"].flatMap { $0.isEmpty ? nil : [$0] } ?? []
        let each = county == nil ? "每个县的" : ""
        func field(_ name: String, _ label: String, _ unit: String, _ note: String, _ most: Int, _ step: Int) -> Field {
            Field(
                name: name, label: label, value: form.fields[name] ?? "", unit: unit, note: note, most: "\(most)", step: "\(step)",
                isOpen: true)
        }
        let result = county.flatMap { evaluated.result.county($0) }
        let size = result.map { Swift.max(1, $0.units.count) } ?? 40
        limits = [
            field("budget", "\(each)总费用上限", "万元", "", size * 100, 10), field("hires", "\(each)招聘人数上限", "人", "0表示不招聘", size * 5, 1),
            field("moves", "\(each)县内调动人数上限", "人", "0表示不调动", size * 5, 1),
            Field(
                name: "margin", label: "差异系数比上限再低", value: form.fields["margin"] ?? "", unit: "%", note: "给明年的变动留余地",
                most: "\(PathForm.marginsAllowed.upperBound)", step: "1"),
        ]
        staging = [
            field("years", "分几年做完", "年", "不填就一次做完", PathForm.yearsAllowed.upperBound, 1),
            field("yearly", "\(each)每年的费用上限", "万元", "", size * 50, 10),
        ]
        costs = list.actions.map { action in
            let own = form.fields["cost-\(action.id)"].flatMap { $0.isEmpty ? nil : $0 }
            return Field(
                name: "cost-\(action.id)", label: action.label, value: own ?? "\(action.cost)", unit: "元/\(action.unit)",
                note: own == nil || own == "\(action.cost)" ? "缺省值" : "缺省值\(action.cost)", most: "\(Swift.max(1, action.cost) * 3)",
                step: "\(Swift.max(1, action.cost / 20))")
        }
        costNote = list.note
        var seen: Set<String> = []
        schools = (result?.units ?? []).filter { seen.insert($0.school).inserted }.map { unit in
            School(
                name: unit.name, noBuilding: "nobuild-\(unit.school)", isNotBuilt: form.fields["nobuild-\(unit.school)"] == "1",
                land: "land-\(unit.school)", cap: form.fields["land-\(unit.school)"] ?? "")
        }
        hasSchools = !schools.isEmpty
        isOpen = form.fields.contains { $0.key.hasPrefix("nobuild-") || ($0.key.hasPrefix("land-") && !$0.value.isEmpty) }
        seconds = form.fields["seconds"] ?? "60"
        wantsPrices = form.fields["prices"] == "1"
        action = "/plans"
        now =
            result.map { "\($0.county)现在：\(VerdictSentence.text($0))。数据来源：\(evaluated.standing($0.county).source)。" }
            ?? "对每个有数据的县各算一份，条件相同。"
    }
}
