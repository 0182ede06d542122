internal import Casework
internal import Foundation
internal import Hummingbird
internal import Pages
internal import Registry
internal import Reporting
internal import SiteMap
internal import Vocabulary

extension CasesDesk {
    func addOpenings(to router: Router<PageContext>) {
        router.get("/cases/open/:kind") { request, context in
            try await opening(context, PostedParts(values: asked(request)), refusal: nil, isPublic: false)
        }
        router.post("/cases/open/:kind") { request, context in try await open(request, context, isPublic: false) }
        router.get("/report/:kind") { request, context in
            try await opening(context, PostedParts(values: asked(request)), refusal: nil, isPublic: true)
        }
        router.post("/report/:kind") { request, context in try await open(request, context, isPublic: true) }
        router.get("/report/:kind/poster") { request, context in try await poster(request, context) }
    }

    /// A school's own code or address fills in its place.
    private func asked(_ request: Request) -> [(name: String, value: String)] {
        PageQuery(request.uri.query).items.filter { ["place", "title", "subject"].contains($0.name) }.map { ($0.name, $0.value) }
    }

    private func definition(_ context: PageContext, isPublic: Bool) throws -> CaseDefinition {
        let id = context.segment("kind")
        guard let definition = office.definitions.current(id, on: context.visit.today),
            !isPublic || definition.opening.by.contains(where: { definition.roles[$0]?.level == .everyone })
        else { throw PageMissing("没有这类事项，可能链接有误") }
        return definition
    }

    private func opening(
        _ context: PageContext, _ parts: PostedParts, refusal: CaseRefusal?, isPublic: Bool
    ) async throws -> Response {
        let definition = try definition(context, isPublic: isPublic)
        if !isPublic { try requireOpening(definition, context.visit) }
        let actor = actor(context.visit)
        let all = try await schools(nil)
        // Those inside choose among the schools of their posts; somebody outside among all.
        let own =
            isPublic
            ? all
            : all.filter { school in
                actor.posts.contains { ($0.county == nil || $0.county == school.county) && ($0.school == nil || $0.school == school.code) }
            }
        let frame = frame(
            isPublic ? "\(definition.label.zh)：请写明情况" : "新立：\(definition.label.zh)",
            lead: isPublic ? "不用登录。报告直接送到县教育局，不公开报告人。紧急情况请先拨打110、119或120。" : "立件后按“\(definition.label.zh)”的办事规则办理。",
            context.visit, crumbs: isPublic ? [] : [PageFrame.Link("办件", CaseAddress.list)])
        let page = CaseFormPage(
            frame,
            CaseFormPage.Material(
                form: definition.form(definition.opening.form), rules: definition.opening.evidence, label: isPublic ? "提交报告" : "立件",
                url: isPublic ? CaseAddress.report(definition.id) : CaseAddress.open(definition.id), back: isPublic ? "" : CaseAddress.list,
                parts: parts, refusal: refusal, schools: own, opening: definition))
        let html = try templates.html(page, isPublic ? "case-report" : "case-form")
        return Answer.page(html, status: refusal == nil ? .ok : .unprocessableContent)
    }

    private func open(_ request: Request, _ context: PageContext, isPublic: Bool) async throws -> Response {
        let definition = try definition(context, isPublic: isPublic)
        var parts = PostedParts(values: [])
        do {
            parts = try await PostedParts.receive(
                request, into: uploads, most: isPublic ? 5 : CasesDesk.mostFiles, sizeLimit: isPublic ? 20_000_000 : CasesDesk.sizeLimit)
        } catch let refusal as UploadRefusal {
            return try await opening(context, parts, refusal: CaseRefusal(.form, refusal.message), isPublic: isPublic)
        }
        defer { parts.discard() }
        do {
            let item = try await open(definition, parts, context.visit, isPublic: isPublic)
            guard isPublic else { return Answer.seeOther(CaseAddress.one(item.id)) }
            let page = CasePublicPage(
                title: "已收到，编号\(item.number)",
                lead: "请记下编号，需要补充时告诉\(item.owner.map { definition.title($0, at: item.place) } ?? "县教育局")。谢谢。",
                organisation: organisation, code: [], address: "", isPoster: false)
            return Answer.page(try templates.html(page, "case-sent"))
        } catch let refusal as CaseRefusal {
            return try await opening(context, parts, refusal: refusal, isPublic: isPublic)
        }
    }

    /// Throws `PageForbidden` where the visitor may not open this kind by hand.
    func requireOpening(_ definition: CaseDefinition, _ visit: Visit) throws {
        guard !openable(visit).contains(where: { $0.id == definition.id }) else { return }
        let words =
            definition.opening.from.isEmpty
            ? "由\(definition.opening.by.map { definition.title($0) }.joined(separator: "、"))立件" : "要从它的来由立件"
        throw PageForbidden("“\(definition.label.zh)”\(words)")
    }

    /// Opens a case with what was filled in. Throws `CaseRefusal`.
    func open(_ definition: CaseDefinition, _ parts: PostedParts, _ visit: Visit, isPublic: Bool) async throws -> Case {
        let (place, subject) = try await place(definition, parts)
        let beginning = CaseBeginning(title: parts["title"] ?? "", place: place, subject: subject)
        var command = try await command(
            .open(beginning), definition.form(definition.opening.form), definition.opening.evidence, parts, place, visit)
        if isPublic { command.by = .anonymous }
        return try await office.open(definition.id, beginning, command)
    }

    private func place(_ definition: CaseDefinition, _ parts: PostedParts) async throws -> (CasePlace, String) {
        let chosen = parts["place"] ?? ""
        switch definition.subject {
        case .city: return (CasePlace(label: "全市"), "")
        case .county:
            guard try await schools(nil).contains(where: { $0.county == chosen }) else { throw CaseRefusal(.form, "请选择县（市、区）") }
            return (CasePlace(county: chosen, label: chosen), chosen)
        case .school, .schoolUnit, .person:
            guard let school = try await schools(nil).first(where: { $0.code == chosen }) else { throw CaseRefusal(.form, "请选择学校") }
            let place = CasePlace(county: school.county, school: school.code, label: school.name)
            return (place, definition.subject == .person ? parts["subject"] ?? "" : school.code)
        }
    }

    /// A page to print: the QR code leads to the report of one school.
    private func poster(_ request: Request, _ context: PageContext) async throws -> Response {
        let definition = try definition(context, isPublic: true)
        let code = PageQuery(request.uri.query)["place"] ?? ""
        let school = try await schools(nil).first { $0.code == code }
        let host = request.head.authority ?? "127.0.0.1"
        let address = "\(context.scheme)://\(host)\(CaseAddress.report(definition.id))\(school.map { "?place=\($0.code)" } ?? "")"
        let page = CasePublicPage(
            title: "\(school?.name ?? organisation)：\(definition.label.zh)随手报", lead: "扫码写明情况，可附照片，不用登录。", organisation: organisation,
            code: papers.code(address).map { [$0] } ?? [], address: address, isPoster: true)
        return Answer.page(try templates.html(page, "case-sent"))
    }
}
