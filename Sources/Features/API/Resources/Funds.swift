internal import Foundation
internal import HTTPTypes
internal import Ledger
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// 专项资金: ledgers, verdicts on spending, and what is written into a ledger. None without rules of spending.
    var fundOperations: [Operation] {
        guard let funds = work.funds else { return [] }
        return fundReadingOperations(funds) + fundFileOperations(funds) + entryOperations(funds.steps) + yearOperations(funds.steps)
    }

    private func fundReadingOperations(_ funds: FundsWork) -> [Operation] {
        let fund = Parameter.query("fund", .text(1...100), "只要这一项资金")
        return [
            .list(
                "/funds/counties", "listCountyFunds", .funds, LocalizedText(zh: "各县专项资金", en: "Special funds by county"), [.budget],
                note: "金额一律是分。entries 是 0 的县还没有登记，不是没有钱。", of: ToldFunds.brief, key: \.county
            ) { call in try await funds.counties(call.integer("budget"), call.visit) },
            .get(
                "/funds/counties/{county}", "getCountyFunds", .funds,
                LocalizedText(zh: "一个县：合计、各项资金、各月进度", en: "A county: sums, funds, months"), [.county, .budget, fund],
                gives: ToldFunds.whole
            ) { call in
                try await funds.county(call.segment("county"), call.integer("budget"), call.text("fund"), call.visit)
            },
            .list(
                "/funds/counties/{county}/lines", "listFundLines", .funds, LocalizedText(zh: "各项目各学校", en: "By project and school"),
                [.county, .budget, fund], of: FundLedger.Row.shape,
                key: { "\($0.line.fund)\u{1}\($0.line.project)\u{1}\($0.line.school)" }
            ) { call in
                try await funds.county(call.segment("county"), call.integer("budget"), call.text("fund"), call.visit).ledger.rows
            },
            .list(
                "/funds/counties/{county}/entries", "listFundEntries", .funds,
                LocalizedText(zh: "台账，按登记先后", en: "The ledger in the order it was written"), [.county, .budget, fund],
                note: "登记过的不改不删：错了的由另一笔冲正，两笔都在。", of: FundLedgerEntry.shape, key: \.entry.id
            ) { call in
                let told = try await funds.county(call.segment("county"), call.integer("budget"), call.text("fund"), call.visit)
                return told.ledger.entries.map { FundLedgerEntry($0, told) }
            },
            .get(
                "/funds/counties/{county}/verdicts", "getSpendingVerdicts", .funds,
                LocalizedText(zh: "两个只增不减、教师培训经费占比", en: "Growth of spending, share for training"), [.county, .budget],
                note: "预算不与决算比；缺数的是资料不足，不下结论。", gives: ToldFunds.verdicts
            ) { call in try await funds.county(call.segment("county"), call.integer("budget"), nil, call.visit) },
            .get(
                "/funds/counties/{county}/schools/{school}", "getSchoolFunds", .funds,
                LocalizedText(zh: "一所学校的专项资金", en: "A school's part of the ledger"), [.county, .school, .budget], isOfSchool: true,
                gives: ToldFunds.ofSchool
            ) { call in
                try await funds.school(call.segment("school"), call.segment("county"), call.integer("budget"), call.visit)
            },
        ]
    }

    private func fundFileOperations(_ funds: FundsWork) -> [Operation] {
        [
            Operation(
                method: .get, path: "/funds/counties/{county}/report.docx", id: "getFundsReport", group: .funds,
                title: LocalizedText(zh: "执行情况（Word）", en: "How the funds were spent (Word)"), needs: .duty(.look),
                parameters: [.county, .budget], success: .file(type: Papers.docx)
            ) { call in
                let paper = try await funds.report(call.segment("county"), call.integer("budget"), call.visit)
                return Reply(file: paper.bytes, name: paper.name, type: Papers.docx)
            },
            Operation(
                method: .get, path: "/funds/counties/{county}/entries/{entry}/documents/{number}", id: "getFundDocument", group: .funds,
                title: LocalizedText(zh: "一份凭据", en: "A paper or photo of an entry"), needs: .duty(.look),
                parameters: [.county, .fundEntry, .path("number", "第几份，从 0 起", .integer(0...999))],
                success: .file(type: "application/octet-stream"), isOfSchool: true
            ) { call in
                let found = try await funds.document(
                    call.integer("number") ?? 0, call.segment("entry"), call.segment("county"), call.visit)
                return Reply(file: found.bytes, name: found.name, type: "application/octet-stream")
            },
        ]
    }

    private func entryOperations(_ steps: FundsWork.Steps) -> [Operation] {
        [
            .post(
                "/funds/counties/{county}/entries", "writeFundEntry", .funds, LocalizedText(zh: "登记一笔", en: "Write an entry"),
                needs: .duty(.keepFunds), [.county], body: .json(.object(EntryDraft.properties), example: EntryDraft.example), status: 201,
                note: "支付超过可用数的不收；下达超过预算要写理由。规则要求凭据的，用 …/entries/with-document。", gives: WrittenFunds.shape
            ) { call in
                try Self.noted(call, try await steps.write(try EntryDraft { call.body[$0] }, [], call.segment("county"), call.visit))
            },
            .post(
                "/funds/counties/{county}/entries/with-document", "writeFundEntryWithDocument", .funds,
                LocalizedText(zh: "登记一笔并交一份凭据", en: "Write an entry with a paper or photo"), needs: .duty(.keepFunds), [.county],
                body: .file(fields: EntryDraft.properties), status: 201, gives: WrittenFunds.shape
            ) { call in
                let upload = try call.file()
                let draft = try EntryDraft { name in
                    guard let text = upload.fields[name] else { return nil }
                    return ["year", "amount"].contains(name) ? Int(text).map { .integer($0) } : .text(text)
                }
                return try Self.noted(call, try await steps.write(draft, [upload.asPart], call.segment("county"), call.visit))
            },
            .post(
                "/funds/counties/{county}/entries/{entry}/documents", "addFundDocument", .funds,
                LocalizedText(zh: "补交一份凭据", en: "Add a paper or photo to an entry"), needs: .duty(.keepFunds), [.county, .fundEntry],
                body: .file(fields: []), status: 201, gives: FundLedgerEntry.shape
            ) { call in
                let entry = try await steps.attach(
                    [try call.file().asPart], call.segment("entry"), call.segment("county"), call.visit)
                call.note.say("凭证号“\(entry.voucher)”")
                return FundLedgerEntry(entry)
            },
            .post(
                "/funds/counties/{county}/entries/{entry}/reverse", "reverseFundEntry", .funds,
                LocalizedText(zh: "冲正一笔", en: "Take an entry back"), needs: .duty(.keepFunds), [.county, .fundEntry],
                body: .json(
                    .object([
                        Property("reason", .text(1...200), "为什么"),
                        Property("voucher", .text(1...50), "冲正的凭证号；不写则是“冲-”加原来的", isRequired: false),
                    ]), example: .object(("reason", .text("登错了学校")))), status: 201,
                note: "已支付的下达、已下达的预算冲不掉。", gives: WrittenFunds.shape
            ) { call in
                let (reason, voucher) = (EntryDraft.words(call.body["reason"]), EntryDraft.words(call.body["voucher"]))
                return try Self.noted(
                    call,
                    try await steps.reverse(call.segment("entry"), reason, voucher, call.segment("county"), call.visit))
            },
        ]
    }

    private func yearOperations(_ steps: FundsWork.Steps) -> [Operation] {
        let year = Property("year", .integer(2000...2100), "预算年度")
        return [
            .post(
                "/funds/counties/{county}/carry", "carryFundsOver", .funds,
                LocalizedText(zh: "把一年的结余结转到下一年", en: "Carry a year's rest over"), needs: .duty(.keepFunds), [.county],
                body: .json(.object([year]), example: .object(("year", .integer(2025)))), status: 201, note: "逐项目逐学校各记一笔。结转过的不会再结转。",
                gives: WrittenFunds.shape
            ) { call in
                try Self.noted(call, try await steps.carry(call.body.whole("year") ?? 0, call.segment("county"), call.visit))
            },
            .post(
                "/funds/counties/{county}/adopt", "budgetAdoptedPlans", .funds,
                LocalizedText(zh: "已采用的方案列入预算", en: "Take adopted plans into the budget"), needs: .duty(.keepFunds), [.county],
                body: .json(
                    .object([
                        year, Property("fund", .text(1...100), "列入哪项资金：给方案里没有写明从哪笔钱出的", isRequired: false),
                        Property("funds", .map(.text(1...100)), "方案里的每笔钱各列入哪项资金；没有写的用它在方案里的名称", isRequired: false),
                    ]),
                    example: .object(("year", .integer(2026)), ("fund", .text("薄弱环节改善资金")))), status: 201, note: "每项投入只列一次。",
                gives: WrittenFunds.shape
            ) { call in
                try Self.noted(
                    call,
                    try await steps.adopt(
                        call.body.whole("year") ?? 0, EntryDraft.words(call.body["fund"]), call.body.texts("funds"),
                        call.segment("county"), call.visit))
            },
            .post(
                "/funds/counties/{county}/workbooks", "takeInFundsWorkbook", .funds,
                LocalizedText(zh: "上传台账和经费数据", en: "Take a workbook in"), needs: .duty(.keepFunds), [.county], body: .file(fields: []),
                status: 201, note: "含“专项资金台账”或“经费数据”，或两张都有；一处不对就都不收，errors 逐处写明。", gives: WrittenFunds.shape
            ) { call in
                let upload = try call.file()
                return try Self.noted(
                    call,
                    try call.taken(try await steps.takeIn(upload.file, upload.name, call.segment("county"), call.visit)))
            },
        ]
    }

    private static func noted(_ call: Call, _ written: WrittenFunds) throws -> WrittenFunds {
        call.note.say("\(call.segment("county"))\(written.entries.count)笔，\(written.amount.yuan)元")
        return written
    }
}

extension Parameter {
    fileprivate static let budget = query("budget", .integer(2000...2100), "预算年度；不写则是今年", example: .integer(2026))
    fileprivate static let fundEntry = path("entry", "登记的编号", .text(1...64))
}

extension Upload {
    fileprivate var asPart: PostedParts.File { PostedParts.File(field: "document", name: name, url: file, size: size) }
}

extension EntryDraft {
    fileprivate static let properties = [
        Property("kind", .choice(LedgerEntry.Kind.allCases.map(\.rawValue)), "budget 预算、allotted 下达、paid 支付、carried 结转"),
        Property("year", .integer(2000...2100), "预算年度"), Property("fund", .text(1...100), "资金名称"),
        Property("project", .text(1...100), "项目"), Property("school", .text(1...20), "学校标识码；县本级不写", isRequired: false),
        Property("schoolName", .text(1...100), "学校名称", isRequired: false),
        Property("amount", .integer(1...100_000_000_000_000), "金额，分"), Property("purpose", .text(1...50), "用途", isRequired: false),
        Property("day", .day, "日期"), Property("voucher", .text(1...50), "凭证号，本县不重复"),
        Property("reason", .text(1...200), "下达超过预算时要写", isRequired: false),
    ]

    fileprivate static let example = JSON.object(
        ("kind", .text("budget")), ("year", .integer(2026)), ("fund", .text("薄弱环节改善资金")), ("project", .text("运动场改造")),
        ("amount", .integer(125_000_000)), ("day", .text("2026-03-01")), ("voucher", .text("记-2026-031")))

    fileprivate static func words(_ value: JSON?) -> String { (value?.string ?? "").trimmingCharacters(in: .whitespaces) }

    /// What a program wrote; the schema has seen it already.
    fileprivate init(_ value: (String) -> JSON?) throws {
        func words(_ name: String) -> String { EntryDraft.words(value(name)) }
        func whole(_ name: String) -> Int { if case .integer(let number)? = value(name) { number } else { 0 } }
        guard let kind = LedgerEntry.Kind(rawValue: words("kind")), let day = Day(iso: words("day")) else { throw Problem(.body) }
        self.init(
            kind: kind, line: .init(year: whole("year"), fund: words("fund"), project: words("project"), school: words("school")),
            schoolName: words("schoolName"), amount: Money(fen: whole("amount")), purpose: words("purpose"), day: day,
            voucher: words("voucher"), reason: words("reason"))
    }
}
