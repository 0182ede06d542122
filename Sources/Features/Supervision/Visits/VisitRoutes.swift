internal import Casework
internal import Foundation
internal import Hummingbird
internal import Indicators
internal import Inspection
internal import Pages
internal import Registry
internal import Reporting
internal import SiteMap
internal import Vocabulary

extension SupervisionDesk {
    func addVisits(to router: Router<PageContext>) {
        let one = router.group("/inspection/visits/:visit")
        one.get { _, context in try await show(try await found(context), context.visit) }
        one.post("approve") { request, context in try await approve(request, context) }
        one.post("decline") { request, context in try await decline(request, context) }
        one.post("arrive") { request, context in try await arrive(request, context) }
        one.post("finish") { request, context in try await finish(request, context) }
        one.get("items/:rubric/:item") { _, context in try await item(context, notice: []) }
        one.post("items/:rubric/:item") { request, context in try await judge(request, context) }
        one.get("photos/:digest") { _, context in try await photo(context) }
        one.post("findings/:finding/case") { _, context in try await openCase(context) }
        one.get("report.docx") { _, context in try await visitPaper("docx", context) }
        one.get("report.pdf") { _, context in try await visitPaper("pdf", context) }
    }

    /// A visit the person may see.
    func found(_ context: PageContext) async throws -> SchoolVisit { try await sighted(context).visit }

    private func sighted(_ context: PageContext) async throws -> (visit: SchoolVisit, sight: InspectionSight) {
        guard let visit = try await store.visit(context.segment("visit")) else {
            throw PageMissing("没有这次督导，可能链接有误。请回到“督导计划”重新选择")
        }
        let sight = InspectionSight(context.visit, try await store.responsibilities(visit.county))
        guard sight.sees(visit) else { throw PageForbidden("这所学校不在你的督导范围内。需要查看请联系县督导室") }
        return (visit, sight)
    }

    /// A visit the person may go on.
    private func mine(_ context: PageContext) async throws -> SchoolVisit {
        let (visit, sight) = try await sighted(context)
        guard sight.mayInspect(visit) else {
            throw PageForbidden("这次督导由\(visit.inspectorName.isEmpty ? "责任督学" : visit.inspectorName)办理，你可以查看，不能填写")
        }
        return visit
    }

    private func show(_ one: SchoolVisit, _ visit: Visit, notice: [String] = []) async throws -> Response {
        let sight = InspectionSight(visit, try await store.responsibilities(one.county))
        let page = VisitPage(self, one, sight, notice: notice)
        return Answer.page(try templates.html(page, "inspection-visit"), status: notice.isEmpty ? .ok : .conflict)
    }

    /// One change of one visit, as it stands in the transaction.
    private func change(_ one: SchoolVisit, _ step: @escaping @Sendable (inout SchoolVisit) throws -> Void) async throws {
        _ = try await store.change(school: one.school, year: one.year) { all in
            guard var visit = all.first(where: { $0.id == one.id }) else { throw InspectionRefusal("没有这次督导，请刷新页面") }
            try step(&visit)
            return [visit]
        }
    }

    // MARK: Planning

    private func approve(_ request: Request, _ context: PageContext) async throws -> Response {
        let one = try await found(context)
        try context.visit.require(.arrangeVisits, in: one.county)
        let pairs = try await PostedForm.pairs(request)
        let others = pairs.filter { $0.name == "with" }.map(\.value)
        let wanted = pairs.last { $0.name == "exception" }?.value ?? ""
        let exception = context.visit.may(.supervise, in: one.county) ? String(wanted.prefix(200)) : ""
        let (planner, signed) = (planner, signed(context.visit))
        do {
            _ = try await store.change(school: one.school, year: one.year) { all in
                try planner.approve(one.id, joining: others, in: all, exception: exception, signed)
            }
            return Answer.seeOther(site(context.visit).visitPlan + "&plan=\(one.year)")
        } catch let refusal as InspectionRefusal {
            return try await plan(request, context.visit, notice: [refusal.message])
        }
    }

    private func decline(_ request: Request, _ context: PageContext) async throws -> Response {
        let one = try await found(context)
        try context.visit.require(.arrangeVisits, in: one.county)
        let reason = String((try await PostedForm.fields(request)["reason"] ?? "").prefix(200))
        let (planner, signed) = (planner, signed(context.visit))
        do {
            _ = try await store.change(school: one.school, year: one.year) { all in
                try planner.decline(one.id, in: all, reason: reason, signed)
            }
            return Answer.seeOther(site(context.visit).visitPlan + "&plan=\(one.year)")
        } catch let refusal as InspectionRefusal {
            return try await plan(request, context.visit, notice: [refusal.message])
        }
    }

    // MARK: At the school

    private func arrive(_ request: Request, _ context: PageContext) async throws -> Response {
        let one = try await mine(context)
        do {
            let parts = try await PostedParts.receive(request, into: uploads, most: 0, sizeLimit: 100_000)
            defer { parts.discard() }
            let place = try await schools().first { $0.code == one.school }?.position
            let reason = String((parts["e.absent"] ?? "").prefix(100))
            let arrival = CheckIn(
                signed: signed(context.visit), position: parts["e.position"].flatMap { VisitPosition(text: $0) },
                reason: reason.isEmpty ? "设备没有提供位置" : reason, school: place, rules: catalogue.rules)
            try await change(one) { try $0.arrive(arrival) }
            return Answer.seeOther(site(context.visit).inspectionVisit(one.id))
        } catch let refusal as InspectionRefusal {
            return try await show(one, context.visit, notice: [refusal.message])
        } catch let refusal as UploadRefusal {
            return try await show(one, context.visit, notice: [refusal.message])
        }
    }

    private func finish(_ request: Request, _ context: PageContext) async throws -> Response {
        let one = try await mine(context)
        let (rubrics, signed) = (catalogue.rubrics(of: one), signed(context.visit))
        do {
            try await change(one) { try $0.finish(rubrics, signed) }
            return Answer.seeOther(site(context.visit).inspectionVisit(one.id))
        } catch let refusal as InspectionRefusal {
            return try await show(one, context.visit, notice: [refusal.message])
        }
    }

    private func card(_ context: PageContext, _ one: SchoolVisit) throws -> (rubric: Rubric, item: Rubric.Item) {
        guard let rubric = catalogue.rubric(context.segment("rubric"), of: one),
            let item = rubric.item(context.segment("item"))
        else { throw PageMissing("这次督导没有这一项，请返回重新选择") }
        return (rubric, item)
    }

    private func item(_ context: PageContext, notice: [String], typed: PostedParts? = nil) async throws -> Response {
        let one = try await mine(context)
        let (rubric, item) = try card(context, one)
        let page = VisitItemPage(self, one, rubric, item, context.visit, notice: notice, typed: typed)
        return Answer.page(try templates.html(page, "inspection-item"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    private func judge(_ request: Request, _ context: PageContext) async throws -> Response {
        let one = try await mine(context)
        let (rubric, item) = try card(context, one)
        var parts = PostedParts(values: [])
        do {
            parts = try await PostedParts.receive(request, into: uploads, most: 10, sizeLimit: 60_000_000)
            defer { parts.discard() }
            let signed = signed(context.visit)
            let mark = VisitMark(level: parts["level"] ?? "", note: parts["note"] ?? "", signed: signed)
            let finding = try finding(parts, rubric, item, signed, context.visit)
            let position = parts["e.position"].flatMap { VisitPosition(text: $0) }
            let kept = try await VisitPhotos(parts: parts, files: files).keep(rubric.id, item.id, position)
            try await change(one) { visit in
                try visit.judge(item.id, of: rubric, mark)
                for photo in kept { try visit.add(photo) }
                if let finding { try visit.add(finding) }
            }
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

    private func finding(
        _ parts: PostedParts, _ rubric: Rubric, _ item: Rubric.Item, _ signed: SchoolVisit.Signature, _ visit: Visit
    ) throws -> VisitFinding? {
        let text = (parts["problem"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { return nil }
        guard let day = Day(iso: parts["finishBy"] ?? ""), day > visit.today else { throw InspectionRefusal("写了问题，请写明整改期限，晚于今天") }
        let once = (parts["once"] ?? "").filter { $0.isLetter && $0.isASCII || $0.isNumber && $0.isASCII }
        return VisitFinding(
            id: once.isEmpty ? newID() : String(once.prefix(40)), rubric: rubric.id, item: item.id, text: text, finishBy: day,
            signed: signed)
    }

    private func photo(_ context: PageContext) async throws -> Response {
        let one = try await found(context)
        let digest = context.segment("digest")
        guard let photo = one.photos.first(where: { $0.digest == digest }),
            let bytes = try await files.bytes(of: KeptFile(name: photo.name, digest: photo.digest, size: photo.size))
        else { throw PageMissing("没有这张照片，可能链接有误") }
        return Answer.picture(Data(bytes), type: photo.type)
    }

    // MARK: Findings and the paper

    private func openCase(_ context: PageContext) async throws -> Response {
        let one = try await mine(context)
        guard let finding = one.findings.first(where: { $0.id == context.segment("finding") }) else { throw PageMissing("没有这条发现，请刷新页面") }
        do {
            guard let start = FindingCase(one, finding, catalogue) else { throw InspectionRefusal("这条发现没有整改期限，不能立件") }
            let command = CaseCommand(
                .note, by: actor(context.visit.person, context.visit.today), at: now(), today: context.visit.today,
                answers: start.answers, links: [start.link])
            let opened = try await office.open(FindingCase.kind, start.beginning, command)
            try await change(one) { try $0.link(finding.id, case: opened.id, number: opened.number) }
            return Answer.seeOther(site(context.visit).inspectionVisit(one.id))
        } catch let refusal as CaseRefusal {
            return try await show(one, context.visit, notice: [refusal.message])
        } catch let refusal as InspectionRefusal {
            return try await show(one, context.visit, notice: [refusal.message])
        }
    }

    private func visitPaper(_ kind: String, _ context: PageContext) async throws -> Response {
        let one = try await found(context)
        let data = try paper(VisitPaper(self, one, context.visit.today).document, kind)
        return Answer.file(data, name: "\(one.schoolName)督导报告.\(kind)", type: kind == "pdf" ? Answer.pdf : Answer.docx)
    }
}
