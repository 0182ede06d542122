internal import Pages
internal import PathToStandard
internal import Planning
internal import Vocabulary

/// 换个条件会怎样: the conditions of a plan as sliders. What they ask is worked out anew and set beside the plan they came from.
struct WhatIf: Sendable {
    struct Hidden: Sendable {
        var name: String
        var value: String
    }

    /// Everything of the question that has no slider here, as it was asked.
    let kept: [Hidden]
    let fields: [PlanQuestionPage.Field]
    /// Whether the rules have no prices yet: then they are asked for with one press.
    let lacksPrices: Bool
    /// The plan's own question once more, to be asked with prices.
    let same: [Hidden]

    init(_ record: ProposalRecord, _ sheet: PathSheet) {
        let question = sheet.question
        let form = PathForm(question).fields
        let own: Set<String> = ["budget", "hires", "moves", "margin", "years", "yearly"]
        let place = [
            Hidden(name: "county", value: record.county), Hidden(name: "year", value: "\(question.year)"),
            Hidden(name: "standard", value: question.standard), Hidden(name: "from", value: record.id),
        ]
        let asked = form.filter { !$0.value.isEmpty && !["prices", "from"].contains($0.key) }.sorted { $0.key < $1.key }
            .map { Hidden(name: $0.key, value: $0.value) }
        kept = place + asked.filter { !own.contains($0.name) }
        same = place + asked
        lacksPrices = sheet.prices.isEmpty && sheet.cost > 0
        let cost = Int((Double(sheet.cost) / 10_000).rounded(.up))
        func field(_ name: String, _ label: String, _ unit: String, _ most: Int, _ step: Int, _ note: String) -> PlanQuestionPage.Field {
            PlanQuestionPage.Field(
                name: name, label: label, value: form[name] ?? "", unit: unit, note: note, most: "\(most)", step: "\(step)", isOpen: true)
        }
        let least =
            sheet.certificate.checkedBound.map { "照现在的条件，低于\(PathWords.money(Int($0)))万元没有方案" } ?? "这份方案用\(PathWords.money(sheet.cost))万元"
        fields = [
            field("hires", "招聘人数上限", "人", Swift.max(10, sheet.hires * 2), 1, sheet.hires > 0 ? "这份方案招聘\(sheet.hires)人" : "这份方案不招聘"),
            field("moves", "县内调动人数上限", "人", Swift.max(10, sheet.moved * 2), 1, sheet.moved > 0 ? "这份方案调动\(sheet.moved)人" : "这份方案不调动"),
            PlanQuestionPage.Field(
                name: "margin", label: "差异系数比上限再低", value: form["margin"] ?? "", unit: "%", note: "给明年的变动留余地",
                most: "\(PathForm.marginsAllowed.upperBound)", step: "1", isOpen: false),
            field("budget", "总费用上限", "万元", Swift.max(20, cost * 2), Swift.max(1, cost / 50), least),
            field("years", "分几年做完", "年", PathForm.yearsAllowed.upperBound, 1, "和每年的费用上限一起填"),
            field("yearly", "每年的费用上限", "万元", Swift.max(20, cost), Swift.max(1, cost / 50), sheet.years == nil ? "这份方案不分年" : ""),
        ]
    }
}
