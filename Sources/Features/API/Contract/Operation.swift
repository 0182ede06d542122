internal import HTTPTypes
internal import Registry
internal import Vocabulary

/// One thing the interface can do, declared once: the router, the checks of what comes in and the document are all made of it.
struct Operation: Sendable {
    /// Whom it is for.
    enum Needs: Sendable, Equatable {
        case nobody
        /// Anybody who is somebody.
        case person
        /// Whoever has the duty; the operation itself looks where.
        case duty(Duty)
    }

    enum Body: Sendable {
        case none
        case json(Schema, example: JSON)
        /// A form with one file and these fields.
        case file(fields: [Property])
    }

    enum Success: Sendable {
        case json(status: Int, Schema)
        case file(type: String)
        case empty
    }

    var method: HTTPRequest.Method
    /// Below `/api/v1`, with `{names}`.
    var path: String
    var id: String
    var group: Group
    var title: LocalizedText
    var note = ""
    var needs: Needs
    var parameters: [Parameter] = []
    var body = Body.none
    var success: Success
    /// A list in pages with `Link`.
    var isPaged = false
    /// Changes something of which the caller must have seen the newest version.
    var isVersioned = false
    /// A token for one school may use it: it answers for that school alone.
    var isOfSchool = false
    /// Its answer holds a secret shown once: it is never kept for a repeated request.
    var isSecret = false
    var handle: @Sendable (Call) async throws -> Reply

    /// Sections of the document.
    enum Group: String, Sendable, CaseIterable {
        case rules, results, returns, reports, cases, plans, cityPlans, inspection, rotation, staffing, funds, alliances, openness
        case tasks, people, watch, hooks

        var label: LocalizedText {
            switch self {
            case .rules: LocalizedText(zh: "标准与指标", en: "Standards and indicators")
            case .results: LocalizedText(zh: "结果", en: "Results")
            case .returns: LocalizedText(zh: "数据导入", en: "Imports")
            case .reports: LocalizedText(zh: "上报与冻结", en: "Reports and freezing")
            case .cases: LocalizedText(zh: "办件", en: "Cases")
            case .inspection: LocalizedText(zh: "入校督导", en: "Inspection")
            case .rotation: LocalizedText(zh: "交流轮岗", en: "Teachers' exchange")
            case .staffing: LocalizedText(zh: "编制与配置", en: "Staff")
            case .openness: LocalizedText(zh: "减负与公开", en: "Less to fill in, and what is public")
            case .funds: LocalizedText(zh: "专项资金", en: "Special funds")
            case .alliances: LocalizedText(zh: "教联体", en: "Alliances of schools")
            case .tasks: LocalizedText(zh: "任务", en: "Jobs")
            case .people: LocalizedText(zh: "人员、账户与令牌", en: "People, account and tokens")
            case .watch: LocalizedText(zh: "审计与运行", en: "Audit and operation")
            case .hooks: LocalizedText(zh: "事件通知", en: "Webhooks")
            case .plans: LocalizedText(zh: "达标方案", en: "Plans to the standard")
            case .cityPlans: LocalizedText(zh: "规划督办", en: "City plans")
            }
        }
    }

    var isRepeatable: Bool { method == .post && !isSecret }
    var isChange: Bool { ![.get, .head].contains(method) }
    /// Its answer comes from the database, the visitor and the address alone; the results of evaluations do.
    var isKept: Bool {
        guard method == .get, case .json = success else { return false }
        return group == .results || group == .rules
    }
    var routePath: String { path.replacing("{", with: ":").replacing("}", with: "") }

    /// Parameters with those that follow from what the operation is.
    var allParameters: [Parameter] {
        parameters + (isPaged ? [.limit, .cursor] : []) + (isVersioned ? [.ifMatch] : []) + (isRepeatable ? [.idempotencyKey] : [])
    }
}

extension Operation {
    /// Reads one thing.
    static func get<Value>(
        _ path: String, _ id: String, _ group: Group, _ title: LocalizedText, needs: Needs = .duty(.look), _ parameters: [Parameter] = [],
        isOfSchool: Bool = false, note: String = "", gives shape: Shape<Value>, _ value: @escaping @Sendable (Call) async throws -> Value
    ) -> Operation {
        Operation(
            method: .get, path: path, id: id, group: group, title: title, note: note, needs: needs, parameters: parameters,
            success: .json(status: 200, shape.schema), isOfSchool: isOfSchool
        ) { call in Reply(shape.write(try await value(call))) }
    }

    /// Reads one thing that has versions, for the `If-Match` of a later change.
    static func get<Value>(
        _ path: String, _ id: String, _ group: Group, _ title: LocalizedText, _ parameters: [Parameter] = [], isOfSchool: Bool = false,
        note: String = "", gives shape: Shape<Value>, version: @escaping @Sendable (Value) -> Int,
        _ value: @escaping @Sendable (Call) async throws -> Value
    ) -> Operation {
        Operation(
            method: .get, path: path, id: id, group: group, title: title, note: note, needs: .duty(.look), parameters: parameters,
            success: .json(status: 200, shape.schema), isOfSchool: isOfSchool
        ) { call in
            let found = try await value(call)
            return Reply(shape.write(found), version: version(found))
        }
    }

    /// Reads a list that is whole in memory, a page at a time. `key` tells items apart and stays the same.
    static func list<Item>(
        _ path: String, _ id: String, _ group: Group, _ title: LocalizedText, needs: Needs = .duty(.look), _ parameters: [Parameter] = [],
        isOfSchool: Bool = false, note: String = "", of shape: Shape<Item>, key: @escaping @Sendable (Item) -> String,
        _ items: @escaping @Sendable (Call) async throws -> [Item]
    ) -> Operation {
        Operation(
            method: .get, path: path, id: id, group: group, title: title, note: note, needs: needs, parameters: parameters,
            success: .json(status: 200, Paging.schema(shape.schema)), isPaged: true, isOfSchool: isOfSchool
        ) { call in
            let page = try Paging(call).page(try await items(call), key: key)
            return Reply(Paging.json(page.items.map(shape.write), count: page.count, next: page.next), next: page.next)
        }
    }

    /// Changes something and gives what came of it.
    static func post<Value>(
        _ path: String, _ id: String, _ group: Group, _ title: LocalizedText, needs: Needs, _ parameters: [Parameter] = [],
        body: Body = .none, status: Int = 200, isVersioned: Bool = false, isSecret: Bool = false, note: String = "",
        gives shape: Shape<Value>,
        version: (@Sendable (Value) -> Int)? = nil, _ value: @escaping @Sendable (Call) async throws -> Value
    ) -> Operation {
        Operation(
            method: .post, path: path, id: id, group: group, title: title, note: note, needs: needs, parameters: parameters, body: body,
            success: .json(status: status, shape.schema), isVersioned: isVersioned, isSecret: isSecret
        ) { call in
            let made = try await value(call)
            return Reply(shape.write(made), status: status, version: version?(made))
        }
    }
}
