internal import Casework
internal import CollectOnce
internal import Foundation
public import Hummingbird
internal import Indicators
public import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

extension CollectionDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/collect-once") { _, context in try await blank(context, notice: []) }
        router.post("/collect-once") { request, context in try await answer(request, context) }
        router.post("/collect-once/apply") { request, context in try await apply(request, context) }
    }

    func requireOffice(_ visit: Visit) throws {
        if visit.seesSchoolsOnly { throw PageForbidden("新表核对由教育局科室使用，您的账户只看自己的学校") }
    }

    private func blank(_ context: PageContext, notice: [String], text: String = "") async throws -> Response {
        try requireOffice(context.visit)
        let page = CollectionPage(self, try await material(context, [], text: text, notice: notice))
        return Answer.page(try templates.html(page, "collect-once"), status: notice.isEmpty ? .ok : .unprocessableContent)
    }

    private func answer(_ request: Request, _ context: PageContext) async throws -> Response {
        try requireOffice(context.visit)
        var parts = PostedParts(values: [])
        do {
            parts = try await PostedParts.receive(request, into: uploads, most: 1, sizeLimit: CollectionDesk.sizeLimit)
            defer { parts.discard() }
            let (fields, besides) = try asked(parts, context.visit.today)
            try CollectionDesk.require(fields)
            let matches = try await check(fields, besides, context.visit.today)
            let page = CollectionPage(self, try await material(context, matches, text: AskedForm.text(fields), notice: []))
            return Answer.page(try templates.html(page, "collect-once"))
        } catch let refusal as UploadRefusal {
            return try await blank(context, notice: [refusal.message], text: parts["fields"] ?? "")
        } catch let refusal as FileRefusal {
            return try await blank(context, notice: [refusal.diagnostic.message], text: parts["fields"] ?? "")
        } catch let refusal as CaseRefusal {
            return try await blank(context, notice: [refusal.message], text: parts["fields"] ?? "")
        }
    }

    /// A file before a kind of case before what was typed.
    private func asked(_ parts: PostedParts, _ today: Day) throws -> ([AskedField], String?) {
        if let file = parts.files.first { return (try headers(file.url, file.name).map { AskedField($0) }, nil) }
        if let id = parts["kind"], !id.isEmpty {
            guard let definition = office.definitions.current(id, on: today) else { throw CaseRefusal(.definition, "没有这类事项，请从列表里选择") }
            return (CollectionDesk.fields(definition), id)
        }
        return (AskedForm.fields(parts["fields"] ?? ""), nil)
    }

    static func fields(_ definition: CaseDefinition) -> [AskedField] {
        definition.fields.flatMap { $0.type == .table ? $0.columns : [$0] }.filter { ![.photo, .file, .calculated].contains($0.type) }
            .map { AskedField($0.label.zh, unit: $0.unit) }
    }

    static func require(_ fields: [AskedField]) throws {
        if fields.isEmpty { throw CaseRefusal(.form, "没有栏目。请上传表格，或把栏目名称粘贴进来，一行一个") }
        if fields.count > CollectOnce.most { throw CaseRefusal(.form, "共\(fields.count)栏，超过\(CollectOnce.most)栏，请分成几张表核对") }
    }

    // MARK: The request

    /// Checked once more, so that nothing held slips in by hand, and opened as a case.
    private func apply(_ request: Request, _ context: PageContext) async throws -> Response {
        try requireOffice(context.visit)
        let parts: PostedParts
        do {
            parts = try await PostedParts.receive(request, into: uploads, most: 1, sizeLimit: CollectionDesk.sizeLimit)
        } catch let refusal as UploadRefusal {
            return try await blank(context, notice: [refusal.message])
        }
        defer { parts.discard() }
        let (today, fields) = (context.visit.today, AskedForm.fields(parts["fields"] ?? ""))
        do {
            try CollectionDesk.require(fields)
            let matches = try await check(fields, nil, today)
            do {
                let item = try await open(matches, parts, context.visit)
                return Answer.seeOther(SiteMap.oneCase(item.id))
            } catch let refusal as CaseRefusal {
                let notice = refusal.complaints.isEmpty ? [refusal.message] : refusal.complaints.map(\.message)
                let page = CollectionPage(
                    self, try await material(context, matches, text: AskedForm.text(fields), notice: notice, parts: parts))
                return Answer.page(try templates.html(page, "collect-once"), status: .unprocessableContent)
            }
        } catch let refusal as CaseRefusal {
            return try await blank(context, notice: [refusal.message], text: parts["fields"] ?? "")
        }
    }

    func open(_ matches: [FieldMatch], _ parts: PostedParts, _ visit: Visit) async throws -> Case {
        let today = visit.today
        guard let definition = kind(today), let form = definition.form(definition.opening.form),
            let table = CollectionDesk.table(definition)
        else { throw CaseRefusal(.definition, "目录里没有新增报表的办事规则，请管理员核对目录") }
        if let held = CollectionDesk.heldWords(matches) { throw CaseRefusal(.rule, held) }
        let counties = try await counties()
        var (answers, complaints): ([String: FieldValue], [FieldComplaint]) = ([:], [])
        for field in form.fields where field.type != .table && field.type != .calculated {
            do {
                answers[field.id] = try field.read(parts.all("f.\(field.id)"))
            } catch {
                complaints.append(FieldComplaint(field.id, error.complaint.message))
            }
            if case .reference(let id, _)? = answers[field.id] {
                if counties.contains(id) {
                    answers[field.id] = .reference(id: id, label: id)
                } else {
                    complaints.append(FieldComplaint(field.id, "“\(field.label.zh)”请从列表里选择"))
                }
            }
        }
        var rows: [[String: FieldValue]] = []
        for (place, match) in matches.enumerated() {
            let why = (parts["why.\(place)"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
            if match.verdict == .likely, why.isEmpty {
                complaints.append(FieldComplaint("why.\(place)", "“\(match.field.text)”可能已有，请写明与“\(match.facts.first?.name ?? "")”有何不同"))
            }
            rows.append(CollectionDesk.row(match, why))
        }
        guard complaints.isEmpty else { throw CaseRefusal(.form, "有的栏目没有填好", complaints: complaints) }
        answers[table.id] = .table(rows)
        let counts = "核对\(matches.count)栏，没有已有的数据"
        let link = CaseLink(kind: CollectionDesk.link, target: "\(today)", label: counts)
        let beginning = CaseBeginning(title: parts["title"] ?? "", place: CasePlace(label: "全市"), subject: "")
        return try await office.open(
            definition.id, beginning,
            CaseCommand(.note, by: actor(visit.person, today), at: now(), today: today, answers: answers, links: [link]))
    }

    /// Why a form cannot be asked for as it is; nil where nothing of it is held.
    static func heldWords(_ matches: [FieldMatch]) -> String? {
        let held = matches.held
        guard !held.isEmpty else { return nil }
        let names = held.prefix(5).map { "“\($0.field.text)”" }.joined(separator: "、") + (held.count > 5 ? "等" : "")
        return "\(names)\(held.count)栏已经有数据，不能再向学校收。请去掉这些栏目"
    }

    private static func row(_ match: FieldMatch, _ why: String) -> [String: FieldValue] {
        var row: [String: FieldValue] = ["field": .text(match.field.text), "found": .text(match.verdict.label.zh)]
        let held = match.facts.map { "\($0.name)（\($0.holder.label)）" }.joined(separator: "；")
        if !held.isEmpty { row["held"] = .text(String(held.prefix(300))) }
        if !why.isEmpty { row["why"] = .text(String(why.prefix(200))) }
        return row
    }

    private func material(
        _ context: PageContext, _ matches: [FieldMatch], text: String, notice: [String], parts: PostedParts = PostedParts(values: [])
    ) async throws -> CollectionPage.Material {
        let today = context.visit.today
        let definition = kind(today)
        let counts = try await definition.asyncMap { try await office.query.publishedCounts($0.id, year: today.year, besides: nil) }
        let actor = actor(context.visit.person, today)
        let mayAsk = definition?.opening.by.contains(where: actor.holds) ?? false
        return CollectionPage.Material(
            visit: context.visit, matches: matches, text: text, notice: notice, parts: parts, kinds: office.definitions.current(on: today),
            definition: definition, approved: counts?.cases ?? 0, mayAsk: mayAsk, counties: try await counties())
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<Value>(_ body: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await body(self)
    }
}
