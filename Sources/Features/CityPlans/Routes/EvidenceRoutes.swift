internal import Foundation
internal import Hummingbird
internal import Indicators
internal import Pages
internal import Registry
internal import SiteMap
internal import Targets
internal import Vocabulary

extension CityPlansDesk {
    func addEvidenceRoutes(to one: RouterGroup<PageContext>) {
        one.get("lines/:item") { request, context in
            try await said { try await line(try await look(request, context), context.segment("item")) }
        }
        one.post("lines/:item/evidence") { request, context in try await said { try await enter(request, context) } }
        one.post("lines/:item/light") { request, context in try await said { try await override(request, context) } }
        one.post("evidence/:entry/withdraw") { request, context in try await said { try await withdraw(request, context) } }
        one.post("evidence/:entry/documents") { request, context in try await said { try await attach(request, context) } }
        one.get("evidence/:entry/documents/:number") { request, context in try await said { try await document(request, context) } }
    }

    private func line(_ look: PlanLook, _ id: String, notice: String? = nil) async throws -> Response {
        let history = try await plans.overrideHistory(of: id, in: look.plan.id)
        let page = LinePage(look, try look.item(id), history: history, notice: notice)
        return Answer.page(try templates.html(page, "plan-line"), status: notice == nil ? .ok : .conflict)
    }

    /// After a change the week's record is brought up to date; a refusal is shown on the line it is about.
    private func changed(
        _ request: Request, _ context: PageContext, _ look: PlanLook, _ item: String, _ work: () async throws -> Void
    ) async throws -> Response {
        do {
            try await work()
            try await keepWeek(look.plan, today: look.today)
            return Answer.seeOther(look.url(item))
        } catch let refusal as PlanRefusal {
            return try await line(try await self.look(request, context), item, notice: refusal.message)
        }
    }

    private func enter(_ request: Request, _ context: PageContext) async throws -> Response {
        let look = try await look(request, context)
        let item = try look.item(context.segment("item"))
        let fields = try await PostedForm.fields(request)
        let county = item.evidence.reach == .county ? fields["county"] ?? "" : nil
        guard county.map({ look.counties.contains($0) }) ?? true else {
            // Before complaining of the field: whoever may report nowhere is told that.
            if !look.visit.mayAnywhere(.reportProgress) { try look.visit.require(.reportProgress, in: nil) }
            return try await line(look, item.id, notice: "请选择填报的是哪个县（市、区）")
        }
        try look.visit.require(.reportProgress, in: county)
        return try await changed(request, context, look, item.id) {
            let entry = try EvidenceFields(fields, item, plan: look.plan, today: look.today).entry(
                newID(), plan: look.plan.id, county: county, by: signature(look.visit))
            try await plans.enter(entry, seen: Int(fields["version"] ?? "") ?? 0)
        }
    }

    private func override(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.supervise, in: nil)
        let look = try await look(request, context)
        let item = try look.item(context.segment("item"))
        let fields = try await PostedForm.fields(request)
        return try await changed(request, context, look, item.id) {
            let wanted = fields["light"] ?? ""
            let light = PlanLight(rawValue: wanted)
            if light == nil, !wanted.isEmpty { throw PlanRefusal(.invalid, "没有这种灯，请从列表里选择") }
            try await plans.override(
                light, of: item.id, in: look.plan.id, reason: fields["reason"] ?? "", seen: Int(fields["version"] ?? "") ?? 0,
                by: signature(look.visit))
        }
    }

    /// An entry the visitor may see; who may not is told that there is none.
    private func entry(_ look: PlanLook, _ context: PageContext) throws -> EvidenceEntry {
        guard let entry = look.record.entries.first(where: { $0.id == context.segment("entry") }) else {
            throw PageMissing("没有这条填报，可能链接有误。请从规划页面重新选择")
        }
        return entry
    }

    private func withdraw(_ request: Request, _ context: PageContext) async throws -> Response {
        let look = try await look(request, context)
        let entry = try entry(look, context)
        try look.visit.require(.reportProgress, in: entry.county)
        let fields = try await PostedForm.fields(request)
        return try await changed(request, context, look, entry.item) {
            try await plans.withdraw(
                entry.id, reason: fields["reason"] ?? "", seen: Int(fields["version"] ?? "") ?? 0, by: signature(look.visit))
        }
    }

    private func attach(_ request: Request, _ context: PageContext) async throws -> Response {
        let look = try await look(request, context)
        let entry = try entry(look, context)
        try look.visit.require(.reportProgress, in: entry.county)
        let upload = try await Upload.receive(request, into: uploads, sizeLimit: CityPlansDesk.documentLimit)
        defer { upload.discard() }
        let kept = try await files.keep(contentsOf: upload.file, name: upload.name)
        return try await changed(request, context, look, entry.item) {
            try await plans.attach(EvidenceDocument(name: String(upload.name.prefix(200)), digest: kept.digest), to: entry.id)
        }
    }

    private func document(_ request: Request, _ context: PageContext) async throws -> Response {
        let look = try await look(request, context)
        let entry = try entry(look, context)
        // What a section hands in for the whole city is for those who see the whole city.
        try look.visit.require(.look, in: entry.county)
        guard let number = Int(context.segment("number")), entry.documents.indices.contains(number),
            let digest = entry.documents[number].digest,
            let bytes = try await files.bytes(of: KeptFile(name: entry.documents[number].name, digest: digest))
        else { throw PageMissing("没有这份材料的文件") }
        return Answer.file(Data(bytes), name: entry.documents[number].name, type: "application/octet-stream")
    }
}

/// What an office filled in, read and checked.
struct EvidenceFields {
    let item: String
    let day: Day
    let amount: Double?
    let note: String
    let document: String

    /// Throws `PlanRefusal` in the user's words.
    init(_ fields: [String: String], _ item: PlanItem, plan: CityPlan, today: Day) throws {
        guard item.isLeaf, item.evidence.binding == .entered else {
            throw PlanRefusal(.state, item.isLeaf ? "这一条\(item.evidence.words)" : "这一条有下级条目，请在下级填报")
        }
        guard let day = Day(iso: fields["day"] ?? "") else { throw PlanRefusal(.invalid, "日期写成 2026-09-01 的样子") }
        guard day <= today else { throw PlanRefusal(.invalid, "日期\(day.chinese)还没到，不能填报以后的事") }
        guard day >= plan.from else { throw PlanRefusal(.invalid, "日期\(day.chinese)早于规划开始的\(plan.from.chinese)") }
        self.item = item.id
        self.day = day
        let written = (fields["amount"] ?? "").trimmingCharacters(in: .whitespaces).replacing(",", with: "").replacing("%", with: "")
        guard let number = Double(written), number.isFinite, number >= 0, number < 1e9 else {
            throw PlanRefusal(
                .invalid, "“\(fields["amount"] ?? "")”不是一个数。请填不小于0的数，单位是\(item.required.unit.isEmpty ? "1" : item.required.unit)")
        }
        if item.required.unit == "%", number > 100 { throw PlanRefusal(.invalid, "百分数不会超过100，填的是\(PlanNumber.text(number))") }
        amount = item.required.unit == "%" ? number / 100 : number
        note = String((fields["note"] ?? "").prefix(500))
        document = String((fields["document"] ?? "").trimmingCharacters(in: .whitespaces).prefix(200))
    }

    func entry(_ id: String, plan: String, county: String?, by: PlanSignature) -> EvidenceEntry {
        EvidenceEntry(
            id: id, plan: plan, item: item, county: county, day: day, amount: amount, note: note,
            documents: document.isEmpty ? [] : [EvidenceDocument(name: document)], by: by)
    }
}
