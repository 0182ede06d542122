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
            try await step(request, context) { record, fields, by in
                let choice = ImportChoice(goodRowsOnly: fields["goodRows"] == "1", movesSchools: fields["moves"] == "1")
                return try await imports.apply(record.id, choice, seen: Int(fields["version"] ?? "") ?? 0, by: by)
            }
        }
        one.post("undo") { request, context in
            try await step(request, context) { record, fields, by in
                try await imports.undo(record.id, seen: Int(fields["version"] ?? "") ?? 0, by: by)
            }
        }
        one.post("discard") { request, context in
            try await step(request, context) { record, fields, by in
                try await imports.discard(record.id, seen: Int(fields["version"] ?? "") ?? 0, by: by)
            }
        }
        one.post("recount") { request, context in
            try await step(request, context) { record, _, _ in try await imports.recount(record.id) }
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

    /// The newest imports a visitor may open. The store knows them by one county at a time.
    func records(for visit: Visit) async throws -> [ImportRecord] {
        guard let own = visit.person.counties(.look, today: visit.today) else {
            return try await imports.records(ImportFilter(limit: ImportsDesk.shownImports))
        }
        var found: [ImportID: ImportRecord] = [:]
        for county in own {
            for record in try await imports.records(ImportFilter(county: county, limit: 10 * ImportsDesk.shownImports))
            where mayLook(at: record, visit) { found[record.id] = record }
        }
        let newest = found.values.sorted { ($0.start.uploader.at, $0.id) > ($1.start.uploader.at, $1.id) }
        return Array(newest.prefix(ImportsDesk.shownImports))
    }

    /// An import for all counties is for those who see all counties, and for whoever handed it in.
    private func mayLook(at record: ImportRecord, _ visit: Visit) -> Bool {
        record.county.map { visit.may(.look, in: $0) } ?? (visit.may(.look, in: nil) || record.start.uploader.by == visit.person.id)
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
            try await leave(records)
            let site = SiteMap(try await scope(request, visit))
            return Answer.seeOther(records.count == 1 ? site.importPage(records[0].id) : site.imports)
        } catch let refusal as UploadRefusal {
            return try await list(request, visit, notice: refusal.message)
        } catch let refusal as FileRefusal {
            return try await list(request, visit, notice: refusal.description)
        }
    }

    private func begin(_ upload: Upload, _ visit: Visit) async throws -> [ImportRecord] {
        let year = upload.fields["year"].flatMap { SchoolYear(text: $0) } ?? visit.today.schoolYear
        let own = visit.person.counties(.handIn, today: visit.today)
        let asked = upload.fields["county"].flatMap { $0.isEmpty ? nil : $0 }
        let county = asked ?? (own?.count == 1 ? own?.first : nil)
        try visit.require(.handIn, in: county)
        return try await takeIn.begin(upload.file, name: upload.name, year: year, county: county, by: signature(visit), hasJobs: true)
    }

    /// An order for every import. One nobody reads must not look as if it were being read: it is refused as soon as the store hears it.
    private func leave(_ records: [ImportRecord]) async throws {
        for (place, record) in records.enumerated() {
            guard let job = ReadImport.order(record, form: formLabel(record.form)) else { continue }
            do {
                _ = try await order(job)
            } catch {
                let (kind, left) = (
                    ReadImport(imports: imports, takeIn: takeIn), records[place...].compactMap { ReadImport.order($0, form: "") }
                )
                Task.detached { for order in left { await ImportsDesk.refuse(order, kind) } }
                throw error
            }
        }
    }

    private static func refuse(_ order: JobOrder, _ kind: ReadImport) async {
        while true {
            do {
                return try await kind.giveUp(Job(order: order), reason: "没有能交给程序读取")
            } catch is StoreUnavailable {
                try? await Task.sleep(for: .seconds(2))
            } catch {
                // Somebody else ended it.
                return
            }
        }
    }

    // MARK: One import

    private func record(_ context: PageContext) async throws -> ImportRecord {
        guard let record = try await imports.record(context.parameters.get("import") ?? "") else {
            throw PageMissing("没有这次导入，可能链接有误。请回到“数据导入”重新选择")
        }
        guard mayLook(at: record, context.visit) else { throw PageForbidden("这份表不是您所在县的，不能查看") }
        return record
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
        _ request: Request, _ context: PageContext, _ take: (ImportRecord, [String: String], Signature) async throws -> ImportRecord
    ) async throws -> Response {
        let record = try await record(context)
        context.note.say(record.start.file.name)
        try context.visit.require(.handIn, in: record.county)
        let fields = try await PostedForm.fields(request)
        do {
            _ = try await take(record, fields, signature(context.visit))
            return Answer.seeOther(SiteMap(try await scope(request, context.visit)).importPage(record.id))
        } catch let refusal as StoreRefusal {
            let now = try await imports.record(record.id) ?? record
            return Answer.page(try await page(now, request, context.visit, notice: refusal.message), status: .conflict)
        }
    }

    private func marked(_ record: ImportRecord) async throws -> Response {
        guard let url = try await files.url(of: record.start.file) else { throw PageMissing("原表没有保存下来，请重新上传") }
        var all: [Diagnostic] = []
        while true {
            let part = try await imports.diagnostics(of: record.id, from: all.count, limit: 1_000)
            if part.isEmpty { break }
            all += part
        }
        all += try await imports.conflicts(of: record.id, limit: 1_000).map {
            Diagnostic(.error, "import.owner", at: .cell(sheet: $0.sheet, row: $0.sheetRow, column: 1), $0.message)
        }
        let data = try reader.marked(url, name: record.start.file.name, with: all)
        let name = (record.start.file.name as NSString).deletingPathExtension
        return Answer.file(data, name: "\(name)（请改标红处）.xlsx", type: Answer.xlsx)
    }

    // MARK: Who and what

    private func signature(_ visit: Visit) -> Signature { Signature(by: visit.person.id, name: visit.person.name, at: takeIn.now()) }

    private func scope(_ request: Request, _ visit: Visit) async throws -> Scope {
        let newest = try await returns.schoolYears(form: "school-return").first
        return Scope.asked(PageQuery(request.uri.query), newest: newest, standards: catalogue.standards.keys, visit)
    }
}
