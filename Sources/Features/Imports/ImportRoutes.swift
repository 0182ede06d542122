internal import Foundation
public import Hummingbird
internal import Indicators
internal import Jobs
public import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

extension ImportsDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/imports") { request, context in try await list(request, context.visit) }
        router.post("/imports") { request, context in try await handIn(request, context) }
        let one = router.group("/imports/:import")
        one.get { request, context in
            Answer.page(try await page(try await record(context), request, context.visit))
        }
        one.get("marked.xlsx") { _, context in try await marked(try await record(context)) }
        one.post("apply") { request, context in
            try await step(request, context) { record, fields in
                let choice = ImportChoice(goodRowsOnly: fields["goodRows"] == "1", movesSchools: fields["moves"] == "1")
                return try await take(.apply, on: record, choice, seen: Int(fields["version"] ?? "") ?? 0, context.visit)
            }
        }
        for next in [ImportStep.undo, .discard] {
            one.post("\(next.rawValue)") { request, context in
                try await step(request, context) { record, fields in
                    try await take(next, on: record, seen: Int(fields["version"] ?? "") ?? 0, context.visit)
                }
            }
        }
        one.post("recount") { request, context in
            try await step(request, context) { record, _ in try await recount(record, context.visit) }
        }
    }

    // MARK: Handing in

    private func list(_ request: Request, _ visit: Visit, notice: String? = nil) async throws -> Response {
        let all = try await records(for: visit)
        let scope = try await scope(request, visit)
        let counties = try await returns.counties(form: "school-return", scope.year)
        let page = ImportListPage(self, all, visit, scope, counties: counties, notice: notice)
        return Answer.page(try templates.html(page, "import-list"), status: notice == nil ? .ok : .unprocessableContent)
    }

    private func handIn(_ request: Request, _ context: PageContext) async throws -> Response {
        let visit = context.visit
        guard visit.mayAnywhere(.handIn) else {
            try visit.require(.handIn, in: nil)
            return Answer.seeOther("/imports")
        }
        do {
            let upload = try await Upload.receive(request, into: uploads, sizeLimit: sizeLimit)
            defer { upload.discard() }
            context.note.say(upload.name)
            let records = try await begin(upload, visit)
            let site = SiteMap(try await scope(request, visit))
            return Answer.seeOther(records.count == 1 ? site.importPage(records[0].id) : site.imports)
        } catch let refusal as UploadRefusal {
            return try await list(request, visit, notice: refusal.message)
        } catch let refusal as FileRefusal {
            return try await list(request, visit, notice: refusal.description)
        }
    }

    // MARK: One import

    private func record(_ context: PageContext) async throws -> ImportRecord {
        try await record(context.parameters.get("import") ?? "", context.visit)
    }

    private func page(_ record: ImportRecord, _ request: Request, _ visit: Visit, notice: String? = nil) async throws -> String {
        let from = request.uri.queryParameters["from"].flatMap { Int($0) } ?? 0
        let isWaiting = record.state == .preview || record.state == .undone
        let kinds: Set<ImportedRow.Effect> = [.new, .changed]
        let isPrompt = record.tally.read <= ImportPage.promptRows || request.uri.queryParameters["effect"] == "1"
        let hasRows = isWaiting || record.state == .applied
        let material = ImportPage.Material(
            record: record, diagnostics: try await imports.diagnostics(of: record.id, from: 0, limit: ImportPage.shownComplaints),
            conflicts: isWaiting ? try await imports.conflicts(of: record.id, limit: 50) : [],
            effect: isWaiting && isPrompt ? try await effects.effect(of: record) : nil,
            rows: hasRows ? try await imports.rows(of: record.id, kinds, from: max(0, from), limit: ImportPage.shownRows) : [],
            from: max(0, from), notice: notice, offersEffect: isWaiting && !isPrompt)
        return try templates.html(ImportPage(self, material, visit, try await scope(request, visit)), "import")
    }

    /// Takes a step and shows the page it leads to; a refusal is shown on the page itself.
    private func step(
        _ request: Request, _ context: PageContext, _ take: (ImportRecord, [String: String]) async throws -> ImportRecord
    ) async throws -> Response {
        let record = try await record(context)
        context.note.say(record.start.file.name)
        try context.visit.require(.handIn, in: record.county)
        let fields = try await PostedForm.fields(request)
        do {
            _ = try await take(record, fields)
            return Answer.seeOther(SiteMap(try await scope(request, context.visit)).importPage(record.id))
        } catch let refusal as StoreRefusal {
            let now = try await imports.record(record.id) ?? record
            return Answer.page(try await page(now, request, context.visit, notice: refusal.message), status: .conflict)
        }
    }

    private func marked(_ record: ImportRecord) async throws -> Response {
        let data = try await markedWorkbook(record)
        let name = (record.start.file.name as NSString).deletingPathExtension
        return Answer.file(data, name: "\(name)（请改标红处）.xlsx", type: Answer.xlsx)
    }

    // MARK: Who and what

    private func scope(_ request: Request, _ visit: Visit) async throws -> Scope {
        let newest = try await returns.schoolYears(form: "school-return").first
        return Scope.asked(PageQuery(request.uri.query), newest: newest, standards: catalogue.standards.keys, visit)
    }
}
