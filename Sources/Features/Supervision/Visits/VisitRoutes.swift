internal import Casework
internal import Foundation
internal import Hummingbird
internal import Inspection
internal import Pages
internal import Registry
internal import SiteMap

extension SupervisionDesk {
    func addVisits(to router: Router<PageContext>) {
        let one = router.group("/inspection/visits/:visit")
        one.get { _, context in try await show(context) }
        one.post("approve") { request, context in try await approve(request, context) }
        one.post("decline") { request, context in try await decline(request, context) }
        one.post("arrive") { request, context in try await arrive(request, context) }
        one.post("finish") { _, context in try await finish(context) }
        one.get("items/:rubric/:item") { _, context in try await item(context, notice: []) }
        one.post("items/:rubric/:item") { request, context in try await judge(request, context) }
        one.get("photos/:digest") { _, context in
            let photo = try await photo(context.segment("digest"), of: context.segment("visit"), context.visit)
            return Answer.picture(photo.bytes, type: photo.type)
        }
        one.post("findings/:finding/case") { _, context in try await openCase(context) }
        one.get("report.docx") { _, context in try await report("docx", context) }
        one.get("report.pdf") { _, context in try await report("pdf", context) }
    }

    private func show(_ context: PageContext, notice: [String] = []) async throws -> Response {
        let (one, sight) = try await sighted(context.segment("visit"), context.visit)
        let page = VisitPage(self, one, sight, notice: notice)
        return Answer.page(try templates.html(page, "inspection-visit"), status: notice.isEmpty ? .ok : .conflict)
    }

    // MARK: Planning

    private func approve(_ request: Request, _ context: PageContext) async throws -> Response {
        let pairs = try await PostedForm.pairs(request)
        let others = pairs.filter { $0.name == "with" }.map(\.value)
        let exception = pairs.last { $0.name == "exception" }?.value ?? ""
        do {
            let one = try await approve(context.segment("visit"), joining: others, exception: exception, context.visit)
            return Answer.seeOther(site(context.visit).visitPlan + "&plan=\(one.visit.year)")
        } catch let refusal as InspectionRefusal {
            return try await plan(request, context.visit, notice: [refusal.message])
        }
    }

    private func decline(_ request: Request, _ context: PageContext) async throws -> Response {
        let reason = try await PostedForm.fields(request)["reason"] ?? ""
        do {
            let one = try await decline(context.segment("visit"), reason: reason, context.visit)
            return Answer.seeOther(site(context.visit).visitPlan + "&plan=\(one.visit.year)")
        } catch let refusal as InspectionRefusal {
            return try await plan(request, context.visit, notice: [refusal.message])
        }
    }

    // MARK: At the school

    private func arrive(_ request: Request, _ context: PageContext) async throws -> Response {
        do {
            let parts = try await PostedParts.receive(request, into: uploads, most: 0, sizeLimit: 100_000)
            defer { parts.discard() }
            let position = parts["e.position"].flatMap { VisitPosition(text: $0) }
            _ = try await arrive(context.segment("visit"), at: position, because: parts["e.absent"] ?? "", context.visit)
            return Answer.seeOther(site(context.visit).inspectionVisit(context.segment("visit")))
        } catch let refusal as InspectionRefusal {
            return try await show(context, notice: [refusal.message])
        } catch let refusal as UploadRefusal {
            return try await show(context, notice: [refusal.message])
        }
    }

    private func finish(_ context: PageContext) async throws -> Response {
        do {
            let one = try await finish(context.segment("visit"), context.visit)
            return Answer.seeOther(site(context.visit).inspectionVisit(one.visit.id))
        } catch let refusal as InspectionRefusal {
            return try await show(context, notice: [refusal.message])
        }
    }

    private func item(_ context: PageContext, notice: [String], typed: PostedParts? = nil) async throws -> Response {
        let (one, _) = try await mine(context.segment("visit"), context.visit)
        let (rubric, item) = try card(one, context.segment("rubric"), context.segment("item"))
        let page = VisitItemPage(self, one, rubric, item, context.visit, notice: notice, typed: typed)
        return Answer.page(try templates.html(page, "inspection-item"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    private func judge(_ request: Request, _ context: PageContext) async throws -> Response {
        // Whoever may not fill it in is told before the photos are received.
        let (before, _) = try await mine(context.segment("visit"), context.visit)
        let (rubric, item) = try card(before, context.segment("rubric"), context.segment("item"))
        var parts = PostedParts(values: [])
        do {
            parts = try await PostedParts.receive(request, into: uploads, most: 10, sizeLimit: 60_000_000)
            defer { parts.discard() }
            let one = try await judge(before.id, rubric.id, item.id, parts, context.visit).visit
            let site = site(context.visit)
            guard let next = VisitItemPage.following(self, one, rubric.id, item.id) else {
                return Answer.seeOther(site.inspectionVisit(one.id))
            }
            return Answer.seeOther(site.visitItem(one.id, next.rubric, next.item))
        } catch let refusal as InspectionRefusal {
            return try await self.item(context, notice: [refusal.message], typed: parts)
        } catch let refusal as UploadRefusal {
            return try await self.item(context, notice: [refusal.message], typed: parts)
        }
    }

    // MARK: Findings and the paper

    private func openCase(_ context: PageContext) async throws -> Response {
        do {
            let one = try await openCase(context.segment("finding"), of: context.segment("visit"), context.visit)
            return Answer.seeOther(site(context.visit).inspectionVisit(one.visit.id))
        } catch let refusal as CaseRefusal {
            return try await show(context, notice: [refusal.message])
        } catch let refusal as InspectionRefusal {
            return try await show(context, notice: [refusal.message])
        }
    }

    private func report(_ kind: String, _ context: PageContext) async throws -> Response {
        let paper = try await report(context.segment("visit"), kind, context.visit)
        return Answer.file(paper.bytes, name: paper.name, type: kind == "pdf" ? Answer.pdf : Answer.docx)
    }
}
