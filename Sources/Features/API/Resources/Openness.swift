public import Casework
public import CollectOnce
internal import HTTPTypes
public import Pages
public import Registry
internal import Vocabulary

/// What spares schools work and what everybody may see, as the pages of 新表核对, 公开的名单 and 个人信息清单 do it.
public struct OpennessWork: Sendable {
    var check: @Sendable (_ questions: [String], Visit) async throws -> [FieldMatch]
    var request: @Sendable (_ questions: [String], PostedParts, Visit) async throws -> Case
    var lists: @Sendable (Visit) -> [CaseDefinition]
    var entries:
        @Sendable (_ kind: String, Casework.CaseEntry.Phase?, _ year: Int?, _ county: String?, _ school: String?, Visit) async throws ->
            [Casework.CaseEntry]
    var inventory: PersonalInventory

    public init(
        check: @escaping @Sendable ([String], Visit) async throws -> [FieldMatch],
        request: @escaping @Sendable ([String], PostedParts, Visit) async throws -> Case,
        lists: @escaping @Sendable (Visit) -> [CaseDefinition],
        entries:
            @escaping @Sendable (String, Casework.CaseEntry.Phase?, Int?, String?, String?, Visit) async throws -> [Casework.CaseEntry],
        inventory: PersonalInventory
    ) {
        self.check = check
        self.request = request
        self.lists = lists
        self.entries = entries
        self.inventory = inventory
    }
}

extension ApiDesk {
    /// Checks of new forms, published lists, and what is kept of people.
    var opennessOperations: [Operation] {
        guard let work = work.openness else { return [] }
        return collectionOperations(work) + publishedOperations(work)
    }

    private func collectionOperations(_ work: OpennessWork) -> [Operation] {
        let questions = Property("questions", .list(.text(1...200), most: CollectOnce.most), "要向学校收的栏目，一项一个")
        @Sendable func asked(_ call: Call) -> [String] { call.body["questions"]?.items?.compactMap(\.string) ?? [] }
        return [
            .post(
                "/collect-once", "checkQuestions", .openness, LocalizedText(zh: "核对新表的栏目", en: "Check the questions of a new form"),
                needs: .duty(.look),
                body: .json(.object([questions]), example: .object(("questions", .list([.text("网络多媒体教室数")])))),
                note: "held：已有，不能再收；likely：可能已有，要收须写明不同；new：没有。", gives: FieldMatch.shape.list
            ) { call in try await work.check(asked(call), call.visit) },
            .post(
                "/collect-once/requests", "requestQuestions", .openness, LocalizedText(zh: "申请新增报表", en: "Ask leave for a new form"),
                needs: .duty(.handle),
                body: .json(
                    .object([
                        Property("title", .text(1...200)), questions,
                        Property("answers", .map(.variants([.word, .list(.word, most: 500)])), "申请表其余各项，按编号：见这类事项的表", isRequired: false),
                        Property("why", .map(.text(0...200)), "可能已有的栏目：栏目 → 有何不同", isRequired: false),
                    ]), example: .object(("title", .text("一次性调查")), ("questions", .list([.text("校内停车位数")])))), status: 201,
                note: "再核对一遍，没有已有的才立件；以后按办件办理。", gives: RequestedForm.shape
            ) { call in
                let questions = asked(call)
                var values = [(name: "title", value: call.body["title"]?.string ?? "")]
                values += CaseFilling.answers(call.body["answers"])
                for (place, question) in questions.enumerated() {
                    if let why = call.body["why"]?[question]?.string { values.append(("why.\(place)", why)) }
                }
                call.note.say(call.body["title"]?.string ?? "")
                let item = try await work.request(questions, PostedParts(values: values), call.visit)
                return RequestedForm(id: item.id, number: item.number)
            },
        ]
    }

    private func publishedOperations(_ work: OpennessWork) -> [Operation] {
        [
            .list(
                "/public-lists", "listPublicLists", .openness, LocalizedText(zh: "公开的名单", en: "Published lists"), isOfSchool: true,
                note: "同样的内容不用登录也能看：/lists。", of: PublicListEntry.shape, key: \.kind
            ) { call in
                work.lists(call.visit).compactMap { definition in
                    definition.publication.map { PublicListEntry(kind: definition.id, title: $0.title, lead: $0.lead) }
                }
            },
            .list(
                "/public-lists/{kind}", "getPublicList", .openness, LocalizedText(zh: "一份公开的名单", en: "A published list"),
                [
                    .path("kind", "名单的编号，见 /public-lists", .text(1...60)),
                    .query("phase", .choice(Casework.CaseEntry.Phase.allCases.map(\.rawValue)), "有效期内、尚未开始、已经结束；默认全部"),
                    .query("year", .integer(2000...2100), "计入哪一年"), .query("county", .text(1...60), "县（市、区）"),
                    .query("school", .text(1...60), "学校标识码；与 county 一起用"),
                ], isOfSchool: true, of: PublishedLine.shape, key: \.entry.id
            ) { call in
                let phase = call.text("phase").flatMap { Casework.CaseEntry.Phase(rawValue: $0) }
                let today = call.visit.today
                return try await work.entries(
                    call.segment("kind"), phase, call.integer("year"), call.text("county"), call.text("school"), call.visit
                ).map { PublishedLine(entry: $0, phase: $0.phase(today)) }
            },
            .list(
                "/personal-inventory", "listPersonalInventory", .openness,
                LocalizedText(zh: "个人信息清单：存了什么、为什么、存多久", en: "What is kept of people, why and for how long"), needs: .person,
                isOfSchool: true,
                of: PersonalRegister.shape, key: \.id
            ) { _ in work.inventory.registers.filter(\.isPersonal) },
        ]
    }
}

/// A published list there is.
struct PublicListEntry: Sendable {
    var kind: String
    var title: LocalizedText
    var lead: String

    static let shape = Shape<PublicListEntry>.object(
        "PublicList", [Field("kind", .text) { $0.kind }, Field("title", .label) { $0.title }, Field("lead", .text) { $0.lead }])
}

struct PublishedLine: Sendable {
    var entry: Casework.CaseEntry
    var phase: Casework.CaseEntry.Phase

    private static let word = Shape<Casework.CaseEntry.Word>.object(
        "PublishedWord", [Field("field", .text) { $0.field }, Field("label", .text) { $0.label }, Field("text", .text) { $0.text }])

    static let shape = Shape<PublishedLine>.object(
        "PublishedLine",
        [
            Field("number", .text) { $0.entry.number }, Field("title", .text) { $0.entry.title },
            Field("phase", Shape<Casework.CaseEntry.Phase>.word) { $0.phase }, Field("from", .day) { $0.entry.from },
            .maybe("until", .day) { $0.entry.until }, Field("place", .text) { $0.entry.place },
            .maybe("county", .text, "没有则是各县都算") { $0.entry.county },
            Field("schools", Shape<String>.text.map, "学校标识码 → 名称") { $0.entry.schools },
            Field("words", word.list, "公开的各项") { $0.entry.words },
        ])
}

/// A case that asks leave for a form.
struct RequestedForm: Sendable {
    var id: CaseID
    var number: String

    static let shape = Shape<RequestedForm>.object(
        "RequestedForm", [Field("case", .text, "办件的编号，见 /cases/{case}") { $0.id }, Field("number", .text) { $0.number }])
}

extension FieldMatch {
    private static let holder = Shape<HeldFact>.object(
        "HeldFact",
        [
            Field("name", .text) { $0.name }, Field("heldBy", .text, "在哪张表、名册或指标里") { $0.holder.label },
            Field("kind", Shape<FactHolder.Kind>.word) { $0.holder.kind }, Field("rows", .count, "最近一年有多少行") { $0.holder.rows },
        ])

    static let shape = Shape<FieldMatch>.object(
        "CheckedQuestion",
        [
            Field("question", .text) { $0.field.text }, Field("verdict", Shape<FieldMatch.Verdict>.word) { $0.verdict },
            Field("verdictLabel", .label) { $0.verdict.label }, Field("facts", holder.list) { $0.facts },
        ])
}

extension PersonalRegister {
    private static let column = Shape<PersonalColumn>.object(
        "PersonalColumn",
        [
            Field("name", .text) { $0.name }, Field("label", .label) { $0.label }, Field("isSealed", .flag, "加密存放") { $0.isSealed },
            Field("purpose", .text) { $0.purpose },
        ])

    static let shape = Shape<PersonalRegister>.object(
        "PersonalRegister",
        [
            Field("id", .text) { $0.id }, Field("label", .label) { $0.label }, Field("purpose", .text) { $0.purpose },
            Field("basis", .text, "依据") { $0.basis }, Field("keptDays", .count, "保存多少天；0 是不按天数清理") { $0.retention.days },
            Field("columns", column.list) { $0.personal },
        ])
}
