internal import Foundation
public import Hummingbird
internal import Indicators
internal import Ledger
public import Pages
internal import Registry
internal import Reporting
internal import SiteMap
internal import Vocabulary

extension FundsDesk {
    /// Adds the pages of this feature.
    public func addRoutes(to router: Router<PageContext>) {
        router.get("/funds") { request, context in
            let query = PageQuery(request.uri.query)
            let counties = try await counties(FundsDesk.year(query["budget"]), context.visit)
            let page = FundListPage(self, counties, FundsDesk.year(query["budget"]) ?? context.visit.today.year, query, context.visit)
            return try templates.answer(page, "fund-list", query, books: books)
        }
        let county = router.group("/funds/counties/:county")
        county.get { request, context in try await show(context.segment("county"), request, context.visit) }
        county.get("schools/:school") { request, context in
            let query = PageQuery(request.uri.query)
            let told = try await funds(
                ofSchool: context.segment("school"), in: context.segment("county"), FundsDesk.year(query["budget"]), context.visit)
            return try templates.answer(
                FundCountyPage(self, .init(told: told), query, context.visit), "fund-county", query, books: books)
        }
        county.get("report.docx") { request, context in
            let year = FundsDesk.year(PageQuery(request.uri.query)["budget"])
            let report = try await report(of: context.segment("county"), year, context.visit)
            return Answer.file(report.bytes, name: report.name, type: Answer.docx)
        }
        addWritingRoutes(to: county)
        addDocumentRoutes(to: county)
    }

    private func addWritingRoutes(to county: RouterGroup<PageContext>) {
        county.post("entries") { request, context in try await writeEntry(request, context) }
        county.post("reversals") { request, context in
            try await keep(request, context) { asked in
                try await reverse(
                    asked["reverses"], reason: asked["reason"], voucher: asked["voucher"], in: asked.county, asked.visit)
            }
        }
        county.post("carry") { request, context in
            try await keep(request, context) { try await carry($0.year, in: $0.county, $0.visit) }
        }
        county.post("adopt") { request, context in
            try await keep(request, context) { asked in
                let purses = asked.fields.filter { $0.key.hasPrefix(FundCountyPage.purseField) }.map {
                    (String($0.key.dropFirst(FundCountyPage.purseField.count)), asked[$0.key])
                }
                return try await adopt(
                    asked.year, into: asked["fund"], purses: Dictionary(purses) { first, _ in first }, in: asked.county, asked.visit)
            }
        }
        county.post("workbooks") { request, context in try await takeIn(context.segment("county"), request, context.visit) }
    }

    private func addDocumentRoutes(to county: RouterGroup<PageContext>) {
        county.get("entries/:entry/documents/:number") { _, context in
            let found = try await document(
                Int(context.segment("number")) ?? -1, of: context.segment("entry"), in: context.segment("county"), context.visit)
            guard FileKind.isShown(found.type) else { return Answer.file(found.bytes, name: found.name, type: "application/octet-stream") }
            return Answer.picture(found.bytes, type: found.type)
        }
        county.post("documents") { request, context in
            let (county, visit) = (context.segment("county"), context.visit)
            try visit.require(.keepFunds, in: county)
            do {
                let parts = try await PostedParts.receive(
                    request, into: uploads, most: LedgerBatch.mostDocuments, sizeLimit: FundsDesk.documentLimit)
                defer { parts.discard() }
                let entry = try await attach(parts.files, to: parts["entry"] ?? "", in: county, visit)
                return try await show(
                    county, request, visit, year: entry.line.year, done: ["凭证号“\(entry.voucher)”现有\(entry.documents.count)份凭据。"])
            } catch let refusal as LedgerRefusal {
                return try await show(county, request, visit, notice: [refusal.message])
            } catch let refusal as UploadRefusal {
                return try await show(county, request, visit, notice: [refusal.message])
            }
        }
    }

    private func show(
        _ county: String, _ request: Request, _ visit: Visit, year: Int? = nil, notice: [String] = [], done: [String] = [],
        fields: [String: String] = [:]
    ) async throws -> Response {
        let query = PageQuery(request.uri.query)
        let told = try await funds(
            of: county, year ?? FundsDesk.year(query["budget"]), fund: query["fund"].flatMap { $0.isEmpty ? nil : $0 }, visit)
        let given = FundCountyPage.Material(
            told: told, adopted: told.fund == nil ? try await adopted(county) : [], notice: notice, done: done, fields: fields)
        let page = FundCountyPage(self, given, query, visit)
        return try templates.answer(page, "fund-county", query, books: books, isRefused: !notice.isEmpty)
    }

    // MARK: Writing

    /// What somebody filled in, for a county and a budget year.
    private struct Asked {
        var county: String
        var year: Int
        var fields: [String: String]
        var visit: Visit

        subscript(_ name: String) -> String { (fields[name] ?? "").trimmingCharacters(in: .whitespaces) }
    }

    /// Entries made of a form, written all or none; a refusal shows the page with what was filled in.
    private func keep(
        _ request: Request, _ context: PageContext, _ step: (Asked) async throws -> WrittenFunds
    ) async throws -> Response {
        let (county, visit) = (context.segment("county"), context.visit)
        try visit.require(.keepFunds, in: county)
        let fields = try await PostedForm.fields(request)
        return try await written(Asked(county: county, year: year(fields, visit), fields: fields, visit: visit), request, step)
    }

    private func year(_ fields: [String: String], _ visit: Visit) -> Int { FundsDesk.year(fields["budget"]) ?? visit.today.year }

    private func written(_ asked: Asked, _ request: Request, _ step: (Asked) async throws -> WrittenFunds) async throws -> Response {
        do {
            let written = try await step(asked)
            return try await show(
                asked.county, request, asked.visit, year: written.year ?? asked.year,
                done: ["登记了\(written.entries.count)笔，共\(written.amount.yuan)元。"] + written.warnings)
        } catch let refusal as LedgerRefusal {
            return try await show(
                asked.county, request, asked.visit, year: asked.year, notice: refusal.complaints.map(\.message), fields: asked.fields)
        }
    }

    private func writeEntry(_ request: Request, _ context: PageContext) async throws -> Response {
        let (county, visit) = (context.segment("county"), context.visit)
        try visit.require(.keepFunds, in: county)
        do {
            let parts = try await PostedParts.receive(
                request, into: uploads, most: LedgerBatch.mostDocuments, sizeLimit: FundsDesk.documentLimit)
            defer { parts.discard() }
            let fields = Dictionary(parts.values.map { ($0.name, $0.value) }) { _, last in last }
            return try await written(Asked(county: county, year: year(fields, visit), fields: fields, visit: visit), request) { asked in
                try await write(try draft(asked), files: parts.files, in: county, visit)
            }
        } catch let refusal as UploadRefusal {
            return try await show(county, request, visit, notice: [refusal.message])
        }
    }

    private func draft(_ asked: Asked) throws -> EntryDraft {
        let amount = Money(asked["amount"], in: asked["unit"] == Money.Unit.yuan.rawValue ? .yuan : .wan)
        let day = Day(written: asked["day"])
        let kind = LedgerEntry.Kind(rawValue: asked["kind"])
        var complaints = [("fund", "资金名称"), ("project", "项目"), ("voucher", "凭证号")].filter { asked[$0.0].isEmpty }.map { "请填写\($0.1)" }
        if amount == nil { complaints.append("金额“\(asked["amount"].prefix(20))”不是数字；只写数字，最多到分") }
        if day == nil { complaints.append("日期请写成 2026-03-01") }
        if kind == nil { complaints.append("请选择类型") }
        guard complaints.isEmpty, let amount, let day, let kind else { throw LedgerRefusal(messages: complaints) }
        return EntryDraft(
            kind: kind, line: .init(year: asked.year, fund: asked["fund"], project: asked["project"], school: asked["school"]),
            schoolName: asked["school_name"], amount: amount, purpose: asked["purpose"], day: day, voucher: asked["voucher"],
            reason: asked["reason"])
    }

    private func takeIn(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.keepFunds, in: county)
        do {
            let upload = try await Upload.receive(request, into: uploads, sizeLimit: sizeLimit)
            defer { upload.discard() }
            switch try await takeIn(upload.file, name: upload.name, in: county, visit) {
            case .refused(let words): return try await show(county, request, visit, notice: words)
            case .taken(let read):
                return try await show(
                    county, request, visit, year: read.year,
                    done: ["收下了台账\(read.entries.count)笔、经费数据\(read.figures.count)行。"] + read.warnings)
            }
        } catch let refusal as UploadRefusal {
            return try await show(county, request, visit, notice: [refusal.message])
        } catch let refusal as FileRefusal {
            return try await show(county, request, visit, notice: [refusal.description])
        }
    }
}
