internal import Foundation
internal import Pages
internal import Registry
internal import SiteMap
internal import Targets
internal import Vocabulary

/// What an office reported, with its documents.
struct EntryRow: Sendable {
    struct Document: Sendable {
        var name: String
        var url: [String]
    }
    struct Form: Sendable {
        var attachURL: String
        var withdrawURL: String
        var version: String
    }

    let day: String
    let county: String
    let amount: String
    let note: String
    let documents: [Document]
    let standing: String
    let style: String
    let by: String
    let form: [Form]

    init(_ entry: EvidenceEntry, _ look: PlanLook, _ item: PlanItem) {
        let site = look.site
        day = entry.day.chinese
        county = entry.county ?? "全市"
        amount = entry.amount.map { item.amount == nil ? ($0 >= 1 ? "办结" : "推进中") : item.required.text($0) } ?? "—"
        note = entry.note
        let mayOpen = look.visit.may(.look, in: entry.county)
        documents = entry.documents.enumerated().map { number, document in
            Document(
                name: document.name, url: document.digest != nil && mayOpen ? [site.planDocument(look.plan.id, entry.id, number)] : [])
        }
        if let withdrawn = entry.withdrawn {
            (standing, style) = ("已撤回：\(withdrawn.reason)（\(withdrawn.by.name)）", "insufficient")
        } else if entry.documents.count < item.evidence.documents {
            (standing, style) = ("缺\(item.evidence.documents - entry.documents.count)份佐证材料，未计入", "warning")
        } else {
            (standing, style) = ("计入", "met")
        }
        by = LinePage.by(entry.by)
        let mayWrite = entry.withdrawn == nil && look.visit.may(.reportProgress, in: entry.county)
        form =
            mayWrite
            ? [
                Form(
                    attachURL: site.planEvidence(look.plan.id, entry.id, "documents"),
                    withdrawURL: site.planEvidence(look.plan.id, entry.id, "withdraw"), version: String(look.record.version(item.id)))
            ] : []
    }
}

/// The form in which an office reports.
struct EvidenceForm: Sendable {
    let url: String
    let version: String
    let today: String
    let counties: [PageFrame.Choice]
    let hasCounties: Bool
    let unit: String
    let isTask: Bool
    let documents: String

    /// Nil for lines whose numbers come from elsewhere, and for visitors who may not report.
    init?(_ look: PlanLook, _ item: PlanItem) {
        guard item.isLeaf, item.evidence.binding == .entered else { return nil }
        let visit = look.visit
        if item.evidence.reach == .county {
            let own = look.counties.filter { visit.may(.reportProgress, in: $0) }
            guard !own.isEmpty else { return nil }
            counties = own.map { PageFrame.Choice(value: $0, label: $0, isChosen: $0 == own.first) }
        } else {
            guard visit.may(.reportProgress, in: nil) else { return nil }
            counties = []
        }
        hasCounties = !counties.isEmpty
        url = look.site.planLineStep(look.plan.id, item.id, "evidence")
        version = String(look.record.version(item.id))
        today = look.today.description
        unit = item.required.unit
        isTask = item.amount == nil
        documents = item.evidence.documents > 0 ? "计入要有\(item.evidence.documents)份佐证材料：可写文号或材料名称，也可保存后上传文件。" : "不要求佐证材料。"
    }
}
