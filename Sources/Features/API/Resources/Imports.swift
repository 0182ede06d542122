internal import Foundation
internal import HTTPTypes
internal import Indicators
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// Files handed in: what they would change, what is wrong in which cell, and the steps.
    var importOperations: [Operation] {
        let one = Parameter.path("import", "导入的编号", .text(1...64))
        return [
            .list(
                "/imports", "listImports", .returns, LocalizedText(zh: "导入", en: "Imports"),
                [
                    .query("state", .choice(ImportRecord.State.allCases.map(\.rawValue)), "只看一种状态"),
                    .query("form", .text(1...60), "只看一种报表"), .query("year", .integer(1949...2200), "只看一个学年"),
                ], of: ImportRecord.shape, key: \.id
            ) { call in
                try await importing.records(call.visit, 10_000).filter { record in
                    (call.text("state").map { $0 == record.state.rawValue } ?? true)
                        && (call.text("form").map { $0 == record.form } ?? true)
                        && (call.integer("year").map { $0 == record.schoolYear.start } ?? true)
                }
            },
            Operation(
                method: .post, path: "/imports", id: "handIn", group: .returns, title: LocalizedText(zh: "交一份表", en: "Hand in a file"),
                note: "收下后在后台读取，先成预览；用 GET /imports/{import} 看读到哪里。一份工作簿有几张报表，就有几个导入。", needs: .duty(.handIn),
                body: .file(fields: [
                    Property("year", .integer(1949...2200), "学年；不写则是现在的学年，表里写明的以表为准", isRequired: false),
                    Property("county", .text(1...60), "只报这一个县；不写则按表里各县", isRequired: false),
                ]), success: .json(status: 202, ImportRecord.shape.list.schema)
            ) { call in
                guard let upload = call.upload else { throw Problem(.file) }
                let begun = try await importing.begin(upload, call.visit)
                return Reply(ImportRecord.shape.list.write(begun), status: 202)
            },
            .get(
                "/imports/{import}", "getImport", .returns, LocalizedText(zh: "一次导入", en: "An import"), [one],
                gives: ImportRecord.shape, version: \.version
            ) { call in try await importing.record(call.segment("import"), call.visit) },
        ] + importDetailOperations(one) + importStepOperations(one)
    }

    private func importDetailOperations(_ one: Parameter) -> [Operation] {
        [
            paged(
                "/imports/{import}/rows", "listImportRows", .returns, LocalizedText(zh: "预览的各行", en: "Rows of the preview"),
                [one, .query("effect", .choice(ImportedRow.Effect.allCases.map(\.rawValue)), "只看一种")], ImportedRow.shape
            ) { call, from, limit in
                let record = try await importing.record(call.segment("import"), call.visit)
                let kinds = call.text("effect").flatMap { ImportedRow.Effect(rawValue: $0) }.map { Set([$0]) } ?? []
                return try await imports.rows(of: record.id, kinds, from: from, limit: limit)
            },
            paged(
                "/imports/{import}/errors", "listImportErrors", .returns, LocalizedText(zh: "哪一格错了", en: "Errors by cell"), [one],
                Diagnostic.shape
            ) { call, from, limit in
                let record = try await importing.record(call.segment("import"), call.visit)
                return try await imports.diagnostics(of: record.id, from: from, limit: limit)
            },
            .get(
                "/imports/{import}/effect", "getImportEffect", .returns,
                LocalizedText(zh: "导入后结论和差异系数怎样变", en: "What applying would do to the verdicts"), [one], gives: EffectEntry.shape
            ) { call in
                let record = try await importing.record(call.segment("import"), call.visit)
                guard [.preview, .undone].contains(record.state), let effect = try await importing.effect(record) else {
                    throw Problem(.conflict, "只有待确认的导入才算得出影响", "Only a preview has an effect")
                }
                return EffectEntry(record: record, counties: effect.counties.filter { call.visit.may(.look, in: $0.name) })
            },
            Operation(
                method: .get, path: "/imports/{import}/marked.xlsx", id: "getMarkedWorkbook", group: .returns,
                title: LocalizedText(zh: "错处标红的原表", en: "The workbook with its wrong cells red"), needs: .duty(.look), parameters: [one],
                success: .file(type: Papers.xlsx)
            ) { call in
                let record = try await importing.record(call.segment("import"), call.visit)
                return Reply(file: try await importing.marked(record), name: "marked.xlsx", type: Papers.xlsx)
            },
        ]
    }

    private func importStepOperations(_ one: Parameter) -> [Operation] {
        let choice = Schema.object([
            Property("goodRowsOnly", .flag, "只导入无误的行", isRequired: false),
            Property("movesSchools", .flag, "随表划转：学校改属这份表写的县", isRequired: false),
        ])
        func step(_ step: ImportStep, _ title: LocalizedText, body: Operation.Body = .none) -> Operation {
            .post(
                "/imports/{import}/\(step.rawValue)", "\(step.rawValue)Import", .returns, title, needs: .duty(.handIn), [one], body: body,
                isVersioned: true, gives: ImportRecord.shape, version: \.version
            ) { call in
                let record = try await importing.record(call.segment("import"), call.visit)
                let choice = ImportChoice(
                    goodRowsOnly: call.body["goodRowsOnly"]?.truth ?? false, movesSchools: call.body["movesSchools"]?.truth ?? false)
                return try await importing.take(step, record, choice, call.version(newest: record.version), call.visit)
            }
        }
        return [
            step(
                .apply, LocalizedText(zh: "确认导入", en: "Apply"),
                body: .json(choice, example: .object(("goodRowsOnly", .flag(true))))),
            step(.undo, LocalizedText(zh: "撤销", en: "Undo")), step(.discard, LocalizedText(zh: "放弃", en: "Discard")),
            .post(
                "/imports/{import}/recount", "recountImport", .returns, LocalizedText(zh: "重新比对", en: "Compare anew"),
                needs: .duty(.handIn),
                [one], gives: ImportRecord.shape, version: \.version
            ) { call in try await importing.recount(try await importing.record(call.segment("import"), call.visit), call.visit) },
        ]
    }
}

extension ImportRecord {
    static let shape = Shape<ImportRecord>.object(
        "Import",
        [
            Field("id", .text) { $0.id }, Field("state", Shape<State>.word) { $0.state }, Field("stateLabel", .label) { $0.state.label },
            Field("form", .text) { $0.form }, Field("schoolYear", .year) { $0.schoolYear.start },
            .maybe("county", .text, "只报这一个县；没有则按表里各县") { $0.county }, Field("file", .text) { $0.start.file.name },
            Field("fileDigest", .text, "原件的 SHA-256") { $0.start.file.digest }, Field("fileSize", .count) { $0.start.file.size },
            Field("handedInBy", SignatureEntry.shape) { SignatureEntry($0.start.uploader) },
            Field("rowsDone", .count, "已读到第几行") { $0.progressDone }, .maybe("rowsTotal", .count, "估计共几行") { $0.progressTotal },
            Field("read", .count) { $0.tally.read }, Field("new", .count) { $0.tally.new }, Field("changed", .count) { $0.tally.changed },
            Field("unchanged", .count) { $0.tally.unchanged }, Field("refused", .count, "有错、不导入的行") { $0.tally.refused },
            Field("errors", .count) { $0.errors }, Field("warnings", .count) { $0.warnings },
            .maybe("applied", SignatureEntry.shape) { $0.applied.map(SignatureEntry.init) },
            .maybe("undone", SignatureEntry.shape) { $0.undone.map(SignatureEntry.init) },
            Field("steps", Shape<ImportStep>.word.list, "现在可以办的") { $0.availableSteps },
            Field("version", .count) { $0.version },
        ])
}

/// Who did something and when.
struct SignatureEntry: Sendable {
    var name: String
    var at: Date

    init(_ signature: Signature) { self.init(name: signature.name, at: signature.at) }

    init(name: String, at: Date) {
        self.name = name
        self.at = at
    }

    static let shape = Shape<SignatureEntry>.object(
        "Signature", [Field("name", .text) { $0.name }, Field("at", .moment) { $0.at }])
}

extension ImportedRow {
    static let shape = Shape<ImportedRow>.object(
        "ImportRow",
        [
            Field("key", .text) { $0.key }, Field("row", .count, "原表的行号") { $0.row.number },
            Field("effect", Shape<Effect>.word) { $0.effect }, Field("attributes", Shape<String>.text.map) { $0.row.attributes },
            Field("values", Shape<Quantity>.quantity.map) { quantities($0.row) },
            .maybe("current", Shape<Quantity>.quantity.map, "现在的数，有改动时") { $0.current.map(quantities) },
        ])

    private static func quantities(_ row: ReturnRow) -> [String: Quantity] {
        Dictionary(
            row.facts.map { key, fact in
                switch fact {
                case .known(let number): (key.description, Quantity(number))
                case .absent(let reason): (key.description, Quantity(absence: reason))
                }
            }
        ) { first, _ in first }
    }
}

extension Diagnostic {
    static let shape = Shape<Diagnostic>.object(
        "Diagnostic",
        [
            Field("severity", Shape<Severity>.word) { $0.severity }, Field("code", .text) { $0.code },
            Field("place", .text, "表名!单元格，或文件名") { $0.place.description }, Field("message", .text) { $0.message },
        ])
}

struct EffectEntry: Sendable {
    var record: ImportRecord
    var counties: [ImportEffect.County]

    static let shape = Shape<EffectEntry>.object(
        "ImportEffect", [Field("import", .text) { $0.record.id }, Field("counties", county.list, "结果会变的县") { $0.counties }])

    private static let county = Shape<ImportEffect.County>.object(
        "CountyEffect",
        [
            Field("county", .text) { $0.name }, .maybe("before", Shape<Verdict>.word) { $0.before?.verdict },
            Field("after", Shape<Verdict>.word) { $0.after.verdict }, Field("sentence", .text) { VerdictSentence.text($0.after) },
            Field("spreads", spread.list, "会变的差异系数") { $0.spreads },
            Field("unitsMoved", .count, "结论会变的学校单位") { $0.moved.count },
        ])

    private static let spread = Shape<ImportEffect.County.Spread>.object(
        "SpreadEffect",
        [
            Field("stage", Shape<Stage>.word) { $0.stage }, Field("code", .text) { $0.code },
            Field("before", .quantity) { Quantity($0.before) }, Field("after", .quantity) { Quantity($0.after) },
            Field("verdict", Shape<Verdict>.word) { $0.verdict },
        ])
}
