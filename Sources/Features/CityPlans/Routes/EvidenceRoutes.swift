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
        one.get("evidence/:entry/documents/:number") { _, context in try await said { try await document(context) } }
    }

    private func line(_ look: PlanLook, _ id: String, notice: String? = nil) async throws -> Response {
        let history = try await plans.overrideHistory(of: id, in: look.plan.id)
        let page = LinePage(look, try look.item(id), history: history, notice: notice)
        return Answer.page(try templates.html(page, "plan-line"), status: notice == nil ? .ok : .conflict)
    }

    /// A refusal is shown on the line it is about.
    private func changed(
        _ request: Request, _ context: PageContext, _ look: PlanLook, _ item: String, _ work: () async throws -> Void
    ) async throws -> Response {
        do {
            try await work()
            return Answer.seeOther(look.url(item))
        } catch let refusal as PlanRefusal {
            return try await line(try await self.look(request, context), item, notice: refusal.message)
        }
    }

    private func enter(_ request: Request, _ context: PageContext) async throws -> Response {
        let look = try await look(request, context)
        let item = try look.item(context.segment("item"))
        let fields = try await PostedForm.fields(request)
        return try await changed(request, context, look, item.id) {
            let county = try look.reporting(on: item, item.evidence.reach == .county ? fields["county"] ?? "" : nil)
            _ = try await enter(
                try EvidenceReport(fields, item), on: item.id, of: look.plan.id, county: county, seen: CityPlansDesk.version(fields),
                look.visit)
        }
    }

    /// The version a form was shown with.
    static func version(_ fields: [String: String]) -> Int { Int(fields["version"] ?? "") ?? 0 }

    private func override(_ request: Request, _ context: PageContext) async throws -> Response {
        try context.visit.require(.supervise, in: nil)
        let look = try await look(request, context)
        let item = try look.item(context.segment("item"))
        let fields = try await PostedForm.fields(request)
        return try await changed(request, context, look, item.id) {
            let wanted = fields["light"] ?? ""
            let light = PlanLight(rawValue: wanted)
            if light == nil, !wanted.isEmpty { throw PlanRefusal(.invalid, "没有这种灯，请从列表里选择") }
            _ = try await set(
                light, of: item.id, in: look.plan.id, reason: fields["reason"] ?? "", seen: CityPlansDesk.version(fields), look.visit)
        }
    }

    private func withdraw(_ request: Request, _ context: PageContext) async throws -> Response {
        let look = try await look(request, context)
        let entry = try CityPlansDesk.entry(context.segment("entry"), look)
        try look.visit.require(.reportProgress, in: entry.county)
        let fields = try await PostedForm.fields(request)
        return try await changed(request, context, look, entry.item) {
            _ = try await withdraw(
                entry.id, in: look.plan.id, reason: fields["reason"] ?? "", seen: CityPlansDesk.version(fields), look.visit)
        }
    }

    private func attach(_ request: Request, _ context: PageContext) async throws -> Response {
        let look = try await look(request, context)
        let entry = try CityPlansDesk.entry(context.segment("entry"), look)
        try look.visit.require(.reportProgress, in: entry.county)
        let upload = try await Upload.receive(request, into: uploads, sizeLimit: CityPlansDesk.documentLimit)
        defer { upload.discard() }
        return try await changed(request, context, look, entry.item) {
            _ = try await attach(upload, to: entry.id, in: look.plan.id, look.visit)
        }
    }

    private func document(_ context: PageContext) async throws -> Response {
        let file = try await document(
            Int(context.segment("number")) ?? -1, of: context.segment("entry"), in: context.segment("plan"), context.visit)
        return Answer.file(file.bytes, name: file.name, type: "application/octet-stream")
    }
}

extension EvidenceReport {
    /// What was typed into the form of a line, shares in per cent. Throws `PlanRefusal` in the user's words.
    init(_ fields: [String: String], _ item: PlanItem) throws {
        guard let day = Day(iso: fields["day"] ?? "") else { throw PlanRefusal(.invalid, "日期写成 2026-09-01 的样子") }
        let written = (fields["amount"] ?? "").trimmingCharacters(in: .whitespaces).replacing(",", with: "").replacing("%", with: "")
        guard let number = Double(written), number.isFinite, number >= 0, number < 1e9 else {
            throw PlanRefusal(
                .invalid, "“\(fields["amount"] ?? "")”不是一个数。请填不小于0的数，单位是\(item.required.unit.isEmpty ? "1" : item.required.unit)")
        }
        self.init(
            day: day, amount: item.required.unit == "%" ? number / 100 : number, note: fields["note"] ?? "",
            document: (fields["document"] ?? "").trimmingCharacters(in: .whitespaces))
    }
}
