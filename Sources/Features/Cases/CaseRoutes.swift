internal import Casework
internal import Foundation
public import Hummingbird
internal import Indicators
public import Pages
internal import Registry
internal import Reporting
internal import SiteMap
internal import Vocabulary

extension CasesDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        addLists(to: router)
        addOpenings(to: router)
        addPublished(to: router)
        let one = router.group("/cases/:case")
        one.get { _, context in try await detail(context) }
        one.get("do/:action") { _, context in try await form(context, PostedParts(values: []), refusal: nil) }
        one.post("do/:action") { request, context in try await act(request, context) }
        one.post("note") { request, context in try await note(request, context) }
        one.get("files/:digest") { _, context in try await file(context) }
        one.get("notices/:notice") { _, context in try await notice(context) }
    }

    // MARK: One case

    private func found(_ context: PageContext) async throws -> (item: Case, definition: CaseDefinition) {
        try await found(context.segment("case"), context.visit)
    }

    private func detail(_ context: PageContext, notice: String? = nil) async throws -> Response {
        let (item, definition) = try await found(context)
        let opened = try office.opened(item, definition, for: actor(context.visit), at: now(), today: context.visit.today)
        // Reading what is private is itself to be known later.
        if !opened.privateFields.isEmpty { context.note.say("查看加密内容：\(opened.privateFields.joined(separator: "、"))") }
        var related =
            item.subCases.isEmpty
            ? []
            : try await office.query.page(
                CaseFilter(isOpen: nil, parent: item.id), after: nil, limit: 50, today: context.visit.today
            ).rows
        let reused = try await reused(item, context.visit)
        related += reused.seen
        if let parent = item.parent, let (above, kind) = try? await office.find(parent) { related.append(kind.summary(above)) }
        let page = CaseDetailPage(
            self,
            CaseDetailPage.Material(
                item: opened.item, definition: definition, actions: opened.actions, related: related, notice: notice,
                linkURLs: linkURLs(item, context.visit),
                asides: try await asides(item) + reused.asides),
            context.visit)
        return Answer.page(try templates.html(page, "case"), status: notice == nil ? .ok : .conflict)
    }

    /// Evidence of a case that is evidence in others too: which ones, as far as the visitor may see them.
    private func reused(_ item: Case, _ visit: Visit) async throws -> (asides: [CaseAside], seen: [CaseSummary]) {
        var (lines, seen): ([(label: String, text: String)], [CaseSummary]) = ([], [])
        var told: Set<String> = []
        for file in item.evidence.compactMap(\.file) where told.insert(file.digest).inserted {
            let uses = try await office.uses(of: file.digest, besides: item.id)
            guard !uses.isEmpty else { continue }
            let readable = uses.filter { mayRead(visit, $0.item, $0.definition) }
            let numbers = readable.map(\.item.number).joined(separator: "、")
            let hidden = uses.count - readable.count
            let rest = hidden == 0 ? "" : "\(numbers.isEmpty ? "" : "，")\(hidden)件不在您的查看范围内"
            lines.append((label: file.name, text: numbers + rest))
            for other in readable where !seen.contains(where: { $0.id == other.item.id }) {
                seen.append(other.definition.summary(other.item))
            }
        }
        return (lines.isEmpty ? [] : [CaseAside(title: "佐证在别处也用过", lines: lines)], seen)
    }

    /// Where linked things can be seen, by kind and target. What has no page of its own is named, not linked.
    private func linkURLs(_ item: Case, _ visit: Visit) -> [String: String] {
        var urls: [String: String] = [:]
        for link in item.links {
            urls["\(link.kind)|\(link.target)"] =
                link.kind == CaseLink.parent ? CaseAddress.one(link.target) : address(link, item.place, Scope(year: visit.today.schoolYear))
        }
        return urls
    }

    /// The page that asks what an action needs; what was typed before and refused is shown again.
    private func form(_ context: PageContext, _ parts: PostedParts, refusal: CaseRefusal?) async throws -> Response {
        let (item, definition) = try await found(context)
        let id = context.segment("action")
        let actions = office.availableActions(on: item, definition, for: actor(context.visit), at: now(), today: context.visit.today)
        guard let action = actions.first(where: { $0.id == id })?.action else {
            return try await detail(context, notice: refusal?.message ?? "现在不能办理这一步，可能别人已经办过。下面是最新的情况")
        }
        let frame = frame(
            "\(action.label.zh)：\(item.title)", lead: "\(definition.label.zh) \(item.number)，\(item.place.label)。", context.visit,
            place: item.place.label,
            crumbs: [PageFrame.Link("办件", CaseAddress.list), PageFrame.Link(item.number, CaseAddress.one(item.id))])
        let (opened, _) = try office.opened(item, definition, for: actor(context.visit))
        let needsPeople = definition.form(action.form)?.fields.contains { $0.type == .person } ?? false
        let page = CaseFormPage(
            frame,
            CaseFormPage.Material(
                form: definition.form(action.form), rules: action.evidence, label: action.label.zh,
                url: CaseAddress.act(item.id, action.id), back: CaseAddress.one(item.id), revision: item.revision, parts: parts,
                refusal: refusal, answers: refusal == nil ? opened.answers : [:], schools: try await schools(item.place.county),
                people: needsPeople ? try await colleagues(item.place) : [], reason: action.reason,
                targets: targets(action, item, definition)))
        return Answer.page(try templates.html(page, "case-form"), status: refusal == nil ? .ok : .unprocessableContent)
    }

    private func targets(_ action: CaseAction, _ item: Case, _ definition: CaseDefinition) -> [(key: String, label: String)] {
        (action.handOver?.to ?? []).compactMap { name in
            definition.roles[name].flatMap { item.place.unit(of: $0) }.map { ($0.key, definition.title($0, at: item.place)) }
        }
    }

    private func act(_ request: Request, _ context: PageContext) async throws -> Response {
        let (item, definition) = try await found(context)
        guard let action = definition.action(context.segment("action")) else { throw PageMissing("没有这种办理，请从办件页面重新选择") }
        var parts = PostedParts(values: [])
        do {
            parts = try await PostedParts.receive(request, into: uploads, most: CasesDesk.mostFiles, sizeLimit: CasesDesk.sizeLimit)
        } catch let refusal as UploadRefusal {
            return try await form(context, parts, refusal: CaseRefusal(.evidence, refusal.message))
        }
        defer { parts.discard() }
        do {
            _ = try await act(item, definition, action.id, parts, seen: Int(parts["revision"] ?? "") ?? 0, context.visit)
            return Answer.seeOther(CaseAddress.one(item.id))
        } catch let refusal as CaseRefusal {
            return try await form(context, parts, refusal: refusal)
        }
    }

    /// What was filled in as a command. Throws `CaseRefusal` with every complaint.
    func command(
        _ verb: CaseCommand.Verb, _ form: CaseForm?, _ rules: [EvidenceRule], _ parts: PostedParts, _ place: CasePlace?, _ visit: Visit
    ) async throws -> CaseCommand {
        let needsPeople = form?.fields.contains { $0.type == .person } ?? false
        var reading = FormReading(
            parts, files: files, schools: try await schools(place?.county),
            people: needsPeople && place != nil ? try await colleagues(place ?? CasePlace(label: "")) : [])
        let answers = try await reading.answers(form)
        let evidence = try await reading.evidence(rules)
        guard reading.complaints.isEmpty else {
            throw CaseRefusal(.form, reading.complaints.map(\.message).joined(separator: "；"), complaints: reading.complaints)
        }
        let joining = parts.all("coOwner").compactMap { CaseUnit(key: $0) }
        return CaseCommand(
            verb, by: actor(visit), at: now(), today: visit.today, answers: answers, evidence: evidence, reason: parts["reason"] ?? "",
            target: parts["target"].flatMap { CaseUnit(key: $0) }, coOwners: joining.isEmpty ? nil : joining)
    }

    private func note(_ request: Request, _ context: PageContext) async throws -> Response {
        let (item, _) = try await found(context)
        let fields = try await PostedForm.fields(request)
        do {
            _ = try await remark(item, fields["reason"] ?? "", seen: Int(fields["revision"] ?? "") ?? 0, context.visit)
            return Answer.seeOther(CaseAddress.one(item.id))
        } catch let refusal as CaseRefusal {
            return try await detail(context, notice: refusal.message)
        }
    }

    private func file(_ context: PageContext) async throws -> Response {
        let file = try await keptFile(context.segment("digest"), of: context.segment("case"), context.visit)
        guard FileKind.isShown(file.type) else { return Answer.file(file.bytes, name: file.name, type: "application/octet-stream") }
        return Answer.picture(file.bytes, type: file.type)
    }

    private func notice(_ context: PageContext) async throws -> Response {
        let (item, definition) = try await found(context)
        let parts = context.segment("notice").split(separator: ".").map(String.init)
        guard parts.count == 2, let place = Int(parts[0]), item.history.indices.contains(place), ["docx", "pdf"].contains(parts[1]),
            let text = definition.notice(item.history[place], of: item)
        else { throw PageMissing("没有这份通知书，请从办件页面重新选择") }
        let data = try papers.paper(text.document, parts[1])
        return Answer.file(data, name: "\(text.title)\(text.number).\(parts[1])", type: parts[1] == "pdf" ? Answer.pdf : Answer.docx)
    }

    // MARK: Lists to choose from

    func schools(_ county: String?) async throws -> [CaseSchool] {
        let all = try await places.schools()
        return county.map { name in all.filter { $0.county == name } } ?? all
    }

    /// People with a post at the place: the school's, else the county's.
    private func colleagues(_ place: CasePlace) async throws -> [(id: String, label: String)] {
        guard place.school == nil else { return [] }
        return try await people.people().filter { person in
            person.grants.contains { $0.county == nil || $0.county == place.county }
        }.map { ($0.id, $0.name) }
    }
}
