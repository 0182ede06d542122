public import Foundation
internal import Indicators
public import Ledger
public import Pages
internal import Registry
internal import Vocabulary

/// What can be done with special funds, whoever asks: pages draw the answers, the interface for programs writes them down.
/// Without a budget year the one running is meant.
extension FundsDesk {
    /// Every county the visitor may see whole.
    public func counties(_ asked: Int?, _ visit: Visit) async throws -> [ToldFunds] {
        let year = asked ?? visit.today.year
        let newest = try await returns.schoolYears(form: FundsDesk.schoolForm).first ?? visit.today.schoolYear
        let names = try await returns.counties(form: FundsDesk.schoolForm, newest)
        let entries = Dictionary(grouping: try await store.entries(year: year) + store.entries(year: year + 1)) { $0.county }
        let figures = Dictionary(grouping: try await store.figures(year: year)) { $0.county }
        return Set(names + entries.keys).sorted().filter { visit.may(.look, in: $0) }.map { county in
            ToldFunds(county, year, entries[county] ?? [], figures[county] ?? [], rules: rules, today: visit.today)
        }
    }

    /// A county's ledger of a year, or one fund's part of it. Throws `NotAllowed`.
    public func funds(of county: String, _ year: Int?, fund: String? = nil, _ visit: Visit) async throws -> ToldFunds {
        try visit.require(.look, in: county)
        return try await told(county, year, fund: fund, visit)
    }

    /// A school's part of the ledger. Throws `NotAllowed`.
    public func funds(ofSchool school: String, in county: String, _ year: Int?, _ visit: Visit) async throws -> ToldFunds {
        try visit.requireSight(of: school, in: county)
        return try await told(county, year, school: school, visit)
    }

    private func told(
        _ county: String, _ year: Int?, school: String? = nil, fund: String? = nil, _ visit: Visit
    ) async throws -> ToldFunds {
        ToldFunds(
            county, year ?? visit.today.year, school: school, fund: fund, try await store.entries(county),
            try await store.figures(county), rules: rules, today: visit.today)
    }

    /// How a year's money was spent, as an official paper. Throws `NotAllowed`.
    public func report(of county: String, _ year: Int?, _ visit: Visit) async throws -> (bytes: Data, name: String) {
        let told = try await funds(of: county, year, visit)
        let document = FundLedgerPaper(told, rules: rules, date: visit.today, source: "专项资金台账、经费数据").document
        return (try paper(document), "\(county)\(told.year)年专项资金执行情况.docx")
    }

    // MARK: Writing

    /// Writes an entry in, with the files that prove it. Throws `LedgerRefusal`, `NotAllowed`.
    public func write(_ draft: EntryDraft, files: [PostedParts.File], in county: String, _ visit: Visit) async throws -> WrittenFunds {
        try visit.require(.keepFunds, in: county)
        let missing = [("资金名称", draft.line.fund), ("项目", draft.line.project), ("凭证号", draft.voucher)].filter(\.1.isEmpty).map {
            "请填写\($0.0)"
        }
        guard missing.isEmpty else { throw LedgerRefusal(missing.joined(separator: "；"), .input) }
        var entry = LedgerEntry(
            id: newID(), county: county, line: draft.line, schoolName: draft.schoolName, kind: draft.kind, amount: draft.amount,
            purpose: draft.purpose, day: draft.day, voucher: draft.voucher, reason: draft.reason, madeBy: visit.person.name, madeAt: now())
        guard files.count <= LedgerBatch.mostDocuments else {
            throw LedgerRefusal("一笔最多附\(LedgerBatch.mostDocuments)份凭据", .input)
        }
        for file in files { entry.documents.append(try await kept(file, visit)) }
        return try await write([entry])
    }

    private func write(_ entries: [LedgerEntry]) async throws -> WrittenFunds {
        WrittenFunds(entries, warnings: try await store.write(entries, rules: rules).map(\.message))
    }

    /// Takes the entry with a voucher number back. Throws `LedgerRefusal`, `NotAllowed`.
    public func reverse(
        _ old: String, reason: String, voucher: String = "", in county: String, _ visit: Visit
    ) async throws -> WrittenFunds {
        try visit.require(.keepFunds, in: county)
        guard let entry = try await store.entries(county).first(where: { $0.voucher == old || $0.id == old }) else {
            throw LedgerRefusal("台账里没有凭证号“\(old.prefix(30))”", .unknown)
        }
        // A reversal belongs to the year of what it reverses, at the latest on that year's last day.
        let last = Day(year: entry.line.year, month: 12, day: 31)
        let first = Day(year: entry.line.year, month: 1, day: 1)
        let day = entry.kind == .paid ? visit.today : Swift.max(first, Swift.min(visit.today, last))
        return try await write([
            entry.reversal(
                id: newID(), day: day, voucher: voucher.isEmpty ? "冲-\(entry.voucher)" : voucher, reason: reason, by: visit.person.name,
                at: now())
        ])
    }

    /// Carries what is left of a year over into the next. Throws `LedgerRefusal`, `NotAllowed`.
    public func carry(_ year: Int, in county: String, _ visit: Visit) async throws -> WrittenFunds {
        try visit.require(.keepFunds, in: county)
        guard year < visit.today.year else { throw LedgerRefusal("\(year)年还没有结束，到下一年再结转") }
        let ledger = FundLedger(try await store.entries(county))
        let entries = ledger.carryOver(
            year, day: Day(year: year + 1, month: 1, day: 1), by: visit.person.name, at: now(), newID: newID)
        guard !entries.isEmpty else {
            let isDone = ledger.rows.contains { $0.line.year == year && $0.sums.isCarriedOn }
            throw LedgerRefusal(isDone ? "\(year)年的结余已经结转到\(year + 1)年，没有剩下的" : "\(year)年没有结余可以结转")
        }
        return try await write(entries)
    }

    /// Takes what the adopted plan means to buy into the budget. Every purse of the plan is a fund of its own: the one `funds` names for it,
    /// else one of its own name. What the plan names no purse for goes into `fund`. Throws `LedgerRefusal`, `NotAllowed`.
    public func adopt(
        _ year: Int, into fund: String, purses funds: [String: String] = [:], in county: String, _ visit: Visit
    ) async throws -> WrittenFunds {
        try visit.require(.keepFunds, in: county)
        let known = Set(try await store.entries(county).map(\.voucher))
        let fresh = try await adopted(county).filter { !known.contains($0.voucher) }
        guard !fresh.isEmpty else { throw LedgerRefusal("没有采用的达标方案，或都已列入预算") }
        func into(_ item: Adopted) -> String {
            guard !item.purse.isEmpty else { return fund }
            return funds[item.purse].flatMap { $0.isEmpty ? nil : $0 } ?? item.purse
        }
        guard !fresh.contains(where: { into($0).isEmpty }) else { throw LedgerRefusal("请填写列入哪一项资金", .input) }
        let day = year == visit.today.year ? visit.today : Day(year: year, month: 1, day: 1)
        return try await write(
            fresh.map { item in
                LedgerEntry(
                    id: newID(), county: county, line: .init(year: year, fund: into(item), project: item.project, school: item.school),
                    schoolName: item.schoolName, kind: .budget, amount: item.amount, day: day, voucher: item.voucher,
                    reason: "来自已采用的达标方案", madeBy: visit.person.name, madeAt: now())
            })
    }

    /// A workbook with entries, figures, or both: all of it or nothing. Throws `FileRefusal`, `NotAllowed`.
    public func takeIn(_ file: URL, name: String, in county: String, _ visit: Visit) async throws -> TakenIn<WrittenFunds> {
        try visit.require(.keepFunds, in: county)
        let ledger = try readForm(file, name, FundsDesk.ledgerForm, visit.today.schoolYear)
        let figures = try readForm(file, name, FundsDesk.figuresForm, visit.today.schoolYear)
        guard ledger != nil || figures != nil else { return .refused(["工作簿里没有“专项资金台账”或“经费数据”这张表"]) }
        var complaints = [ledger, figures].compactMap { $0?.complaints }.flatMap { $0 }.filter { $0.severity == .error }.map(\.description)
        var reading = FundReading()
        if let ledger {
            reading.readLedger(
                ledger.table, county: county, after: try await store.entries(county), by: visit.person.name, at: now(), newID: newID)
        }
        if let figures { reading.readFigures(figures.table, county: county) }
        complaints += reading.complaints
        guard complaints.isEmpty else { return .refused(Upload.first(of: complaints)) }
        do {
            let batch = LedgerBatch(reading.entries, figures: reading.figures, documentsFollow: true)
            let warnings = try await store.write(batch, rules: rules)
            return .taken(WrittenFunds(reading.entries, figures: reading.figures, warnings: warnings.map(\.message)))
        } catch let refusal as LedgerRefusal {
            return .refused(Upload.first(of: ledger.map { reading.placed(refusal, in: $0.table) } ?? [refusal.message]))
        }
    }

    // MARK: Documents

    private func kept(_ file: PostedParts.File, _ visit: Visit) async throws -> LedgerEntry.Document {
        guard file.size <= FundsDesk.documentLimit else {
            throw LedgerRefusal("“\(file.name)”超过\(FundsDesk.documentLimit / 1_000_000) MB，请压缩后再交", .input)
        }
        guard let type = try FileKind.of(file.url) else {
            throw LedgerRefusal("“\(file.name.prefix(60))”不是凭据能用的文件。请交照片（JPEG、PNG、WebP、HEIC）、PDF、Word 或 Excel", .input)
        }
        let stored = try await files.keep(contentsOf: file.url, name: file.name)
        return LedgerEntry.Document(
            name: String(file.name.prefix(200)), digest: stored.digest, size: stored.size, type: type, addedBy: visit.person.name,
            addedAt: now())
    }

    /// Adds papers or photos to an entry. Throws `LedgerRefusal`, `NotAllowed`.
    public func attach(_ given: [PostedParts.File], to id: String, in county: String, _ visit: Visit) async throws -> LedgerEntry {
        try visit.require(.keepFunds, in: county)
        guard var entry = try await store.entries(county).first(where: { $0.id == id }) else {
            throw PageMissing("\(county)的台账里没有这一笔，可能链接有误")
        }
        guard !given.isEmpty else { throw LedgerRefusal("请选择要交的文件", .input) }
        for file in given {
            let document = try await kept(file, visit)
            try await store.attach(document, to: id)
            entry.documents.append(document)
        }
        return entry
    }

    /// A paper or photo of an entry. Throws `PageMissing`, `NotAllowed`.
    public func document(
        _ number: Int, of id: String, in county: String, _ visit: Visit
    ) async throws -> (bytes: Data, name: String, type: String) {
        let entry = try await store.entries(county).first { $0.id == id }
        if let entry, !entry.line.school.isEmpty {
            try visit.requireSight(of: entry.line.school, in: county)
        } else {
            try visit.require(.look, in: county)
        }
        guard let entry, entry.documents.indices.contains(number), case let found = entry.documents[number],
            let bytes = try await files.bytes(of: KeptFile(name: found.name, digest: found.digest, size: found.size))
        else { throw PageMissing("没有这份凭据，可能链接有误") }
        return (Data(bytes), found.name, found.type)
    }
}
