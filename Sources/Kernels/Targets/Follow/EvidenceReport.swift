public import Vocabulary

/// What an office says of a line, before it is kept as an entry.
public struct EvidenceReport: Hashable, Sendable {
    public var day: Day
    /// In the unit of the line, shares as fractions.
    public var amount: Double
    public var note: String
    /// Title or number of a document that proves it; empty for none yet.
    public var document: String

    public init(day: Day, amount: Double, note: String = "", document: String = "") {
        self.day = day
        self.amount = amount
        self.note = note
        self.document = document
    }

    /// Throws `PlanRefusal` where the line takes no entries, or the day or the number cannot be.
    public func entry(
        _ id: String, on item: PlanItem, of plan: CityPlan, county: String?, today: Day, by: PlanSignature
    ) throws(PlanRefusal) -> EvidenceEntry {
        guard item.isLeaf, item.evidence.binding == .entered else {
            throw PlanRefusal(.state, item.isLeaf ? "这一条\(item.evidence.words)" : "这一条有下级条目，请在下级填报")
        }
        guard day <= today else { throw PlanRefusal(.invalid, "日期\(day.chinese)还没到，不能填报以后的事") }
        guard day >= plan.from else { throw PlanRefusal(.invalid, "日期\(day.chinese)早于规划开始的\(plan.from.chinese)") }
        guard amount.isFinite, amount >= 0, amount < 1e9 else { throw PlanRefusal(.invalid, "数量应是不小于0、小于10亿的数") }
        if item.required.unit == "%", amount > 1 { throw PlanRefusal(.invalid, "百分数不会超过100，填的是\(PlanNumber.text(amount * 100))") }
        return EvidenceEntry(
            id: id, plan: plan.id, item: item.id, county: county, day: day, amount: amount, note: String(note.prefix(500)),
            documents: document.isEmpty ? [] : [EvidenceDocument(name: String(document.prefix(200)))], by: by)
    }
}
