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
        router.get("/funds") { request, context in try await list(request, context.visit) }
        let county = router.group("/funds/counties/:county")
        county.get { request, context in
            let name = context.segment("county")
            try context.visit.require(.look, in: name)
            return try await show(name, request, context.visit)
        }
        county.get("schools/:school") { request, context in
            let (name, school) = (context.segment("county"), context.segment("school"))
            try context.visit.requireSight(of: school, in: name)
            return try await show(name, request, context.visit, school: school)
        }
        county.get("report.docx") { request, context in
            let name = context.segment("county")
            try context.visit.require(.look, in: name)
            return try await report(name, FundsDesk.year(PageQuery(request.uri.query)["budget"], context.visit), context.visit)
        }
        county.post("entries") { request, context in try await keep(request, context, writing) }
        county.post("reversals") { request, context in try await keep(request, context, reversing) }
        county.post("carry") { request, context in try await keep(request, context, carrying) }
        county.post("adopt") { request, context in try await keep(request, context, adopting) }
        county.post("workbooks") { request, context in try await takeIn(context.segment("county"), request, context.visit) }
    }

    private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let query = PageQuery(request.uri.query)
        let year = FundsDesk.year(query["budget"], visit)
        let newest = try await returns.schoolYears(form: FundsDesk.schoolForm).first ?? visit.today.schoolYear
        let names = try await returns.counties(form: FundsDesk.schoolForm, newest)
        let page = FundListPage(self, try await store.entries(year: year), names, year, query, visit)
        return try templates.answer(page, "fund-list", query, books: books)
    }

    private func show(
        _ county: String, _ request: Request, _ visit: Visit, school: String? = nil, year: Int? = nil, notice: [String] = [],
        done: [String] = [], fields: [String: String] = [:]
    ) async throws -> Response {
        let query = PageQuery(request.uri.query)
        let given = FundCountyPage.Material(
            county: county, school: school, year: year ?? FundsDesk.year(query["budget"], visit), entries: try await store.entries(county),
            figures: try await store.figures(county), adopted: school == nil ? try await adopted(county) : [], notice: notice, done: done,
            fields: fields)
        let page = FundCountyPage(self, given, query, visit)
        return try templates.answer(page, "fund-county", query, books: books, isRefused: !notice.isEmpty)
    }

    private func report(_ county: String, _ year: Int, _ visit: Visit) async throws -> Response {
        let entries = try await store.entries(county).filter { $0.line.year == year }
        let document = FundLedgerPaper(
            county: county, year: year, FundLedger(entries), figures: try await store.figures(county), rules: rules, date: visit.today,
            source: "专项资金台账、经费数据"
        ).document
        return Answer.file(try paper(document), name: "\(county)\(year)年专项资金执行情况.docx", type: Answer.docx)
    }

    // MARK: Writing

    private struct Asked {
        var county: String
        var year: Int
        var fields: [String: String]
        var visit: Visit
    }

    /// Entries made of a form, written all or none; a refusal shows the page with what was filled in.
    private func keep(
        _ request: Request, _ context: PageContext, _ make: (Asked) async throws -> [LedgerEntry]
    ) async throws -> Response {
        let (county, visit) = (context.segment("county"), context.visit)
        try visit.require(.keepFunds, in: county)
        let fields = try await PostedForm.fields(request)
        let year = FundsDesk.year(fields["budget"], visit)
        do {
            let entries = try await make(Asked(county: county, year: year, fields: fields, visit: visit))
            let warnings = try await store.write(entries, rules: rules)
            let words = ["登记了\(entries.count)笔，共\(entries.reduce(Money.zero) { $0 + $1.amount }.yuan)元。"]
            return try await show(
                county, request, visit, year: entries.first?.line.year ?? year, done: words + warnings.map(\.message))
        } catch let refusal as LedgerRefusal {
            return try await show(county, request, visit, year: year, notice: refusal.complaints.map(\.message), fields: fields)
        }
    }

    private func writing(_ asked: Asked) throws -> [LedgerEntry] {
        func field(_ name: String) -> String { (asked.fields[name] ?? "").trimmingCharacters(in: .whitespaces) }
        var complaints: [String] = []
        for (name, label) in [("fund", "资金名称"), ("project", "项目"), ("voucher", "凭证号")] where field(name).isEmpty {
            complaints.append("请填写\(label)")
        }
        let amount = Money(field("amount"), in: field("unit") == Money.Unit.yuan.rawValue ? .yuan : .wan)
        if amount == nil { complaints.append("金额“\(field("amount").prefix(20))”不是数字；只写数字，最多到分") }
        let day = Day(written: field("day"))
        if day == nil { complaints.append("日期请写成 2026-03-01") }
        let kind = LedgerEntry.Kind(rawValue: field("kind"))
        if kind == nil { complaints.append("请选择类型") }
        guard complaints.isEmpty, let amount, let day, let kind else {
            throw LedgerRefusal(messages: complaints)
        }
        return [
            LedgerEntry(
                id: newID(), county: asked.county,
                line: .init(year: asked.year, fund: field("fund"), project: field("project"), school: field("school")),
                schoolName: field("school_name"), kind: kind, amount: amount, purpose: field("purpose"), day: day,
                voucher: field("voucher"), reason: field("reason"), madeBy: asked.visit.person.name, madeAt: now())
        ]
    }

    private func reversing(_ asked: Asked) async throws -> [LedgerEntry] {
        let old = asked.fields["reverses"] ?? ""
        guard let entry = try await store.entries(asked.county).first(where: { $0.voucher == old }) else {
            throw LedgerRefusal("台账里没有凭证号“\(old.prefix(30))”")
        }
        let voucher = (asked.fields["voucher"] ?? "").trimmingCharacters(in: .whitespaces)
        // A reversal belongs to the year of what it reverses, at the latest on that year's last day.
        let last = Day(year: entry.line.year, month: 12, day: 31)
        let day = entry.kind == .paid ? asked.visit.today : Swift.min(asked.visit.today, last)
        return [
            entry.reversal(
                id: newID(), day: day, voucher: voucher.isEmpty ? "冲-\(old)" : voucher,
                reason: (asked.fields["reason"] ?? "").trimmingCharacters(in: .whitespaces), by: asked.visit.person.name, at: now())
        ]
    }

    private func carrying(_ asked: Asked) async throws -> [LedgerEntry] {
        guard asked.year < asked.visit.today.year else { throw LedgerRefusal("\(asked.year)年还没有结束，到下一年再结转") }
        let ledger = FundLedger(try await store.entries(asked.county))
        let entries = ledger.carryOver(
            asked.year, day: Day(year: asked.year + 1, month: 1, day: 1), by: asked.visit.person.name, at: now(), newID: newID)
        guard !entries.isEmpty else { throw LedgerRefusal("\(asked.year)年没有结余可以结转") }
        return entries
    }

    private func adopting(_ asked: Asked) async throws -> [LedgerEntry] {
        let known = Set(try await store.entries(asked.county).map(\.voucher))
        let fund = (asked.fields["fund"] ?? "").trimmingCharacters(in: .whitespaces)
        guard !fund.isEmpty else { throw LedgerRefusal("请填写列入哪一项资金") }
        let fresh = try await adopted(asked.county).filter { !known.contains($0.voucher) }
        guard !fresh.isEmpty else { throw LedgerRefusal("没有采用的达标方案，或都已列入预算") }
        let day = asked.year == asked.visit.today.year ? asked.visit.today : Day(year: asked.year, month: 1, day: 1)
        return fresh.map { item in
            LedgerEntry(
                id: newID(), county: asked.county, line: .init(year: asked.year, fund: fund, project: item.project, school: item.school),
                schoolName: item.schoolName, kind: .budget, amount: item.amount, day: day, voucher: item.voucher,
                reason: "来自已采用的达标方案", madeBy: asked.visit.person.name, madeAt: now())
        }
    }

    private func takeIn(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.keepFunds, in: county)
        do {
            let upload = try await Upload.receive(request, into: uploads, sizeLimit: sizeLimit)
            defer { upload.discard() }
            let ledger = try readForm(upload.file, upload.name, FundsDesk.ledgerForm, visit.today.schoolYear)
            let figures = try readForm(upload.file, upload.name, FundsDesk.figuresForm, visit.today.schoolYear)
            guard ledger != nil || figures != nil else {
                return try await show(county, request, visit, notice: ["工作簿里没有“专项资金台账”或“经费数据”这张表"])
            }
            var complaints = [ledger, figures].compactMap { $0?.complaints }.flatMap { $0 }.filter { $0.severity == .error }.map(
                \.description)
            var reading = FundReading()
            if let ledger {
                reading.readLedger(
                    ledger.table, county: county, after: try await store.entries(county), by: visit.person.name, at: now(), newID: newID)
            }
            if let figures { reading.readFigures(figures.table, county: county) }
            complaints += reading.complaints
            guard complaints.isEmpty else { return try await show(county, request, visit, notice: Upload.first(of: complaints)) }
            let warnings: [LedgerCheck.Complaint]
            do {
                warnings = try await store.write(reading.entries, rules: rules)
            } catch let refusal as LedgerRefusal {
                let words = ledger.map { reading.placed(refusal, in: $0.table) } ?? []
                return try await show(county, request, visit, notice: Upload.first(of: words))
            }
            try await store.set(reading.figures)
            let year = reading.entries.map(\.line.year).max() ?? reading.figures.map(\.year).max()
            return try await show(
                county, request, visit, year: year,
                done: ["收下了台账\(reading.entries.count)笔、经费数据\(reading.figures.count)行。"] + warnings.map(\.message))
        } catch let refusal as UploadRefusal {
            return try await show(county, request, visit, notice: [refusal.message])
        } catch let refusal as FileRefusal {
            return try await show(county, request, visit, notice: [refusal.description])
        }
    }
}
