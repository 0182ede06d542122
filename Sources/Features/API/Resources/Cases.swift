public import Casework
public import Foundation
internal import HTTPTypes
public import Pages
internal import Registry
public import Vocabulary

/// The work with cases, as the pages of 办件 do it.
public struct CaseWork: Sendable {
    /// What moves a case.
    public struct Steps: Sendable {
        var open: @Sendable (_ kind: String, PostedParts, Visit) async throws -> OpenedCase
        var act: @Sendable (CaseID, _ action: String, PostedParts, _ seen: Int, Visit) async throws -> OpenedCase
        var remark: @Sendable (CaseID, String, _ seen: Int, Visit) async throws -> OpenedCase

        public init(
            open: @escaping @Sendable (String, PostedParts, Visit) async throws -> OpenedCase,
            act: @escaping @Sendable (CaseID, String, PostedParts, Int, Visit) async throws -> OpenedCase,
            remark: @escaping @Sendable (CaseID, String, Int, Visit) async throws -> OpenedCase
        ) {
            self.open = open
            self.act = act
            self.remark = remark
        }
    }

    var kinds: @Sendable (Visit) -> [CaseDefinition]
    var definition: @Sendable (CaseDefinitionKey) -> CaseDefinition?
    var list: @Sendable (PageQuery, CaseCursor?, _ limit: Int, Visit) async throws -> CasePage
    var one: @Sendable (CaseID, Visit) async throws -> OpenedCase
    var file: @Sendable (_ digest: String, CaseID, Visit) async throws -> (bytes: Data, name: String, type: String)
    var figures: @Sendable (CaseGrouping, _ kind: String?, _ from: Day?, _ until: Day?, Visit) async throws -> [CaseFigures]
    var steps: Steps

    public init(
        kinds: @escaping @Sendable (Visit) -> [CaseDefinition], definition: @escaping @Sendable (CaseDefinitionKey) -> CaseDefinition?,
        list: @escaping @Sendable (PageQuery, CaseCursor?, Int, Visit) async throws -> CasePage,
        one: @escaping @Sendable (CaseID, Visit) async throws -> OpenedCase,
        file: @escaping @Sendable (String, CaseID, Visit) async throws -> (bytes: Data, name: String, type: String),
        figures: @escaping @Sendable (CaseGrouping, String?, Day?, Day?, Visit) async throws -> [CaseFigures], steps: Steps
    ) {
        self.kinds = kinds
        self.definition = definition
        self.list = list
        self.one = one
        self.file = file
        self.figures = figures
        self.steps = steps
    }
}

extension ApiDesk {
    /// Cases of every kind: what can be opened, what waits, what happened, the next step.
    var caseOperations: [Operation] {
        let one = Parameter.path("case", "办件的编号（id，不是文号）", .text(1...64))
        return caseKindOperations + caseReadingOperations(one) + caseStepOperations(one)
    }

    private var caseKindOperations: [Operation] {
        let cases = work.cases
        return [
            .list(
                "/case-kinds", "listCaseKinds", .cases, LocalizedText(zh: "办件的种类", en: "Kinds of cases"), isOfSchool: true,
                note: "各种状态、办理步骤、每一步要填的表和要交的材料。", of: CaseDefinition.shape, key: \.id
            ) { cases.kinds($0.visit) },
            .get(
                "/case-kinds/{kind}", "getCaseKind", .cases, LocalizedText(zh: "一种办件", en: "A kind of case"), [.caseKind],
                isOfSchool: true, gives: CaseDefinition.shape
            ) { call in
                guard let kind = cases.kinds(call.visit).first(where: { $0.id == call.segment("kind") }) else { throw Problem(.notFound) }
                return kind
            },
        ]
    }

    private func caseReadingOperations(_ one: Parameter) -> [Operation] {
        let cases = work.cases
        return [
            Operation(
                method: .get, path: "/cases", id: "listCases", group: .cases,
                title: LocalizedText(zh: "办件，最紧的在前", en: "Cases, the most pressing first"), note: "与办件页相同：默认列待我单位办理的、在办的。",
                needs: .duty(.look),
                parameters: [
                    .query(
                        "tray", .choice(["waiting", "mine", "opened", "owned", "all"]),
                        "waiting：待我单位办理；mine：我承办；opened：我发起；owned：我单位负责；all：能看到的全部"),
                    .query("kind", .text(1...60), "办件的种类"), .query("state", .text(1...60), "状态"),
                    .query("light", .choice(CaseLight.allCases.map(\.rawValue)), "灯"),
                    .query("status", .choice(["open", "closed", "all"]), "open：在办（默认）"), .query("county", .text(1...60), "县（市、区）"),
                    .query("text", .text(1...100), "标题或文号的一部分"),
                ], success: .json(status: 200, Paging.schema(CaseEntry.shape.schema)), isPaged: true, isOfSchool: true
            ) { call in
                let paging = try Paging(call)
                let asked = ["tray", "kind", "state", "light", "status", "county", "text"].compactMap { name in
                    call.text(name).map { (name, $0) }
                }
                let page = try await cases.list(
                    PageQuery(asked), paging.lastKey.flatMap { CaseCursor(text: $0) }, paging.limit, call.visit)
                let next = page.next.map { paging.cursor(key: $0.text, place: 0) }
                let today = call.visit.today
                let entries = page.rows.map { row in
                    CaseEntry.shape.write(CaseEntry(row: row, definition: cases.definition(row.definition), today: today))
                }
                return Reply(Paging.json(entries, count: nil, next: next), next: next)
            },
            Operation(
                method: .get, path: "/cases/{case}", id: "getCase", group: .cases, title: LocalizedText(zh: "一件", en: "A case"),
                note: "填的内容、材料、经过和现在可以办的步骤；无权查看的个人信息不给。", needs: .duty(.look), parameters: [one],
                success: .json(status: 200, CaseDetail.shape.schema), isOfSchool: true
            ) { call in answer(try await cases.one(call.segment("case"), call.visit), call) },
            Operation(
                method: .get, path: "/cases/{case}/files/{digest}", id: "getCaseFile", group: .cases,
                title: LocalizedText(zh: "一份材料", en: "A document or photo of a case"), needs: .duty(.look),
                parameters: [one, .path("digest", "材料的 SHA-256", .text(1...64))], success: .file(type: "application/octet-stream"),
                isOfSchool: true
            ) { call in
                let file = try await cases.file(call.segment("digest"), call.segment("case"), call.visit)
                return Reply(file: file.bytes, name: file.name, type: "application/octet-stream")
            },
            .list(
                "/case-figures", "listCaseFigures", .cases, LocalizedText(zh: "办件统计", en: "Figures of cases"),
                [
                    .query("by", .choice(CaseGrouping.allCases.map(\.rawValue)), "按什么分组；默认按县"),
                    .query("kind", .text(1...60), "办件的种类"), .query("from", .day, "立件不早于"), .query("until", .day, "立件不晚于"),
                ], isOfSchool: true, of: CaseFigures.shape, key: \.group
            ) { call in
                func day(_ name: String) -> Day? { call.text(name).flatMap { Day(iso: $0) } }
                let group = call.text("by").flatMap { CaseGrouping(rawValue: $0) } ?? .county
                return try await cases.figures(group, call.text("kind"), day("from"), day("until"), call.visit)
            },
        ]
    }

    private func caseStepOperations(_ one: Parameter) -> [Operation] {
        let cases = work.cases
        let action = Parameter.path("action", "步骤的编号，见办件的 actions", .text(1...60))
        func step(
            _ path: String, _ id: String, _ title: LocalizedText, _ parameters: [Parameter], body: Operation.Body, note: String,
            status: Int = 200, isVersioned: Bool, _ take: @escaping @Sendable (Call) async throws -> OpenedCase
        ) -> Operation {
            Operation(
                method: .post, path: path, id: id, group: .cases, title: title, note: note, needs: .duty(.handle), parameters: parameters,
                body: body, success: .json(status: status, CaseDetail.shape.schema), isVersioned: isVersioned, isOfSchool: true
            ) { call in answer(try await take(call), call, status: status) }
        }
        @Sendable func newest(_ call: Call) async throws -> Int {
            if let seen = call.seen { return seen }
            return try await cases.one(call.segment("case"), call.visit).item.revision
        }
        return [
            step(
                "/case-kinds/{kind}/cases", "openCase", LocalizedText(zh: "立件", en: "Open a case"), [.caseKind], body: CaseFilling.opening,
                note: "place：学校标识码，或县（市、区）的名称；全市的不写。", status: 201, isVersioned: false
            ) { call in
                call.note.say(call.body["title"]?.string ?? "")
                return try await cases.steps.open(call.segment("kind"), CaseFilling.parts(call), call.visit)
            },
            step(
                "/cases/{case}/do/{action}", "doCaseAction", LocalizedText(zh: "办理一步", en: "Take a step"), [one, action],
                body: CaseFilling.action, note: "带上读到的 ETag：两个人同时办，只有一个办成，另一个得到 412。要交文件的步骤用 …/with-file。",
                isVersioned: true
            ) { call in
                try await cases.steps.act(
                    call.segment("case"), call.segment("action"), CaseFilling.parts(call), try await newest(call), call.visit)
            },
            step(
                "/cases/{case}/do/{action}/with-file", "doCaseActionWithFile",
                LocalizedText(zh: "办理一步并交一份材料", en: "Take a step with a document or photo"), [one, action],
                body: .file(fields: CaseFilling.fields),
                note: "as：photo（照片）、document（文件），或表里一项的编号。answers：与 JSON 写法相同的一段文字。", isVersioned: true
            ) { call in
                try await cases.steps.act(
                    call.segment("case"), call.segment("action"), try CaseFilling.partsWithFile(call), try await newest(call), call.visit)
            },
            step(
                "/cases/{case}/remarks", "remarkOnCase", LocalizedText(zh: "留言", en: "Leave a remark"), [one],
                body: .json(.object([Property("text", .text(1...500))]), example: .object(("text", .text("已与学校通电话")))),
                note: "只留言，不改变办件。", isVersioned: true
            ) { call in
                try await cases.steps.remark(call.segment("case"), call.body["text"]?.string ?? "", try await newest(call), call.visit)
            },
        ]
    }

    /// A case written down; that private answers were opened goes into the audit.
    private func answer(_ opened: OpenedCase, _ call: Call, status: Int = 200) -> Reply {
        if !opened.privateFields.isEmpty { call.note.say("查看加密内容：\(opened.privateFields.joined(separator: "、"))") }
        let detail = CaseDetail(opened: opened, today: call.visit.today)
        return Reply(CaseDetail.shape.write(detail), status: status, version: opened.item.revision)
    }
}

extension Parameter {
    static let caseKind = path("kind", "办件种类的编号", .text(1...60), example: .text("rectification"))
}
