internal import HTTPTypes
internal import Hummingbird
internal import Pages
internal import Registry
internal import Vocabulary

/// 程序接口: the interface's document for people, made of the same operations as the document for programs.
struct ReferencePage: Sendable {
    struct Group: Sendable {
        var id: String
        var label: String
        var english: String
        var operations: [Entry]
    }
    struct Entry: Sendable {
        var id: String
        var method: String
        var path: String
        var title: String
        var english: String
        var note: [String]
        var needs: String
        var parameters: [Row]
        var hasParameters: Bool
        var fields: [Row]
        var hasFields: Bool
        var curl: String
        var answer: String
        var gives: [Row]
        var hasGives: Bool
        var problems: String
    }
    struct Row: Sendable {
        var name: String
        var place: String
        var kind: String
        var note: String
    }
    struct ProblemRow: Sendable {
        var code: String
        var status: String
        var title: String
        var english: String
    }

    let page: PageFrame
    let groups: [Group]
    let problems: [ProblemRow]
    let count: String
    let limit: String

    init(_ desk: ApiDesk, _ visit: Visit) {
        let operations = desk.operations
        page = desk.frame(
            "页面上能看能办的，程序也可以", lead: "地址都在 /api/v1 下，权限与页面相同，用的是同一套规则。", visit, current: "/api")
        groups = Operation.Group.allCases.map { group in
            Group(
                id: group.rawValue, label: group.label.zh, english: group.label.en,
                operations: operations.filter { $0.group == group }.map(ReferencePage.entry))
        }.filter { !$0.operations.isEmpty }
        problems = Problem.Kind.allCases.map {
            ProblemRow(code: $0.rawValue, status: "\($0.status)", title: $0.title.zh, english: $0.title.en)
        }
        count = "\(operations.count)"
        limit = "\(desk.rates.limit)"
    }

    private static func entry(_ operation: Operation) -> Entry {
        let parameters = operation.allParameters.map { parameter in
            let place =
                switch parameter.place {
                case .path: "地址"
                case .query: "查询"
                case .header: "请求头"
                }
            return Row(
                name: parameter.name, place: place + (parameter.isRequired ? "，必填" : ""), kind: SchemaWords.kind(parameter.schema),
                note: parameter.note)
        }
        let fields = ReferencePage.fields(operation)
        let gives = ReferencePage.gives(operation)
        return Entry(
            id: operation.id, method: operation.method.rawValue, path: OpenAPI.prefix + operation.path, title: operation.title.zh,
            english: operation.title.en, note: operation.note.isEmpty ? [] : [operation.note], needs: needs(operation),
            parameters: parameters,
            hasParameters: !parameters.isEmpty, fields: fields, hasFields: !fields.isEmpty, curl: Curl.line(operation),
            answer: answer(operation), gives: gives, hasGives: !gives.isEmpty,
            problems: OpenAPI.problems(operation).map { "\($0)" }.joined(separator: "、"))
    }

    private static func needs(_ operation: Operation) -> String {
        switch operation.needs {
        case .nobody: "不用登录"
        case .person: "登录或令牌"
        case .duty(let duty): "“\(duty.label.zh)”的权限（\(duty.rawValue)）"
        }
    }

    private static func answer(_ operation: Operation) -> String {
        switch operation.success {
        case .json(let status, let schema): operation.isPaged ? "\(status)，分页的列表" : "\(status)，\(SchemaWords.kind(schema))"
        case .file: "200，文件"
        case .empty: "204，没有正文"
        }
    }

    private static func fields(_ operation: Operation) -> [Row] {
        let properties: [Property] =
            switch operation.body {
            case .none: []
            case .json(let schema, _): schema.properties
            case .file(let fields): [Property("file", .word, "Excel 或 CSV 文件")] + fields
            }
        return rows(properties)
    }

    private static func gives(_ operation: Operation) -> [Row] {
        guard case .json(_, let schema) = operation.success else { return [] }
        if operation.isPaged, let items = schema.properties.first(where: { $0.name == "items" }),
            case .list(let item, most: _) = items.schema
        {
            let isChosen = operation.parameters.contains { $0.name == "fields" }
            // Where the caller chooses the members, any of them may be left out.
            return rows(item.properties).map { row in isChosen ? Row(name: row.name, place: "", kind: row.kind, note: row.note) : row }
        }
        return rows(schema.properties)
    }

    private static func rows(_ properties: [Property]) -> [Row] {
        properties.map { Row(name: $0.name, place: $0.isRequired ? "总有" : "可无", kind: SchemaWords.kind($0.schema), note: $0.note) }
    }
}

/// What a value may be, in a few words.
enum SchemaWords {
    static func kind(_ schema: Schema) -> String {
        switch schema {
        case .text(let length, let format):
            format == "date"
                ? "日期，如 2026-12-31" : format == "date-time" ? "时刻（UTC）" : length.upperBound < 4_000 ? "文字，最多\(length.upperBound)字" : "文字"
        case .said: "文字"
        case .choice(let words): words.joined(separator: " | ")
        case .constant(let word): word
        case .integer(let range): "整数 \(range.lowerBound)–\(range.upperBound)"
        case .count: "整数"
        case .number: "数"
        case .flag: "true 或 false"
        case .list(let schema, _): "\(kind(schema)) 的列表"
        case .map(let schema): "名称 → \(kind(schema))"
        case .named(let name, _): name
        case .object: "对象"
        case .variants: "几种写法之一"
        }
    }
}

extension Schema {
    /// The members of an object; empty for anything else.
    var properties: [Property] {
        switch self {
        case .object(let properties): properties
        case .named(_, let schema): schema.properties
        case .list(let schema, most: _): schema.properties
        default: []
        }
    }
}

/// A line to try an operation with.
enum Curl {
    static func line(_ operation: Operation) -> String {
        var path = OpenAPI.prefix + operation.path
        for parameter in operation.parameters where parameter.place == .path {
            guard let example = parameter.example, case .text(let text) = example else { continue }
            path = path.replacing("{\(parameter.name)}", with: text)
        }
        let query = operation.parameters.filter { $0.place == .query }.compactMap { parameter -> String? in
            switch parameter.example {
            case .text(let text)?: "--data-urlencode '\(parameter.name)=\(text)'"
            case .integer(let number)?: "--data-urlencode '\(parameter.name)=\(number)'"
            default: nil
            }
        }
        var words = ["curl", "-H \"Authorization: Bearer $TOKEN\""]
        if !query.isEmpty { words += ["-G"] + query }
        if operation.method != .get { words.append("-X \(operation.method.rawValue)") }
        if operation.isRepeatable { words.append("-H \"Idempotency-Key: $(uuidgen)\"") }
        if operation.isVersioned { words.append("-H \"If-Match: $ETAG\"") }
        switch operation.body {
        case .none: break
        case .json(_, let example):
            words += ["-H 'Content-Type: application/json'", "-d '\(String(decoding: example.bytes, as: UTF8.self))'"]
        case .file: words.append("-F file=@学校数据.xlsx")
        }
        if case .file = operation.success { words.append("-OJ") }
        return (words + ["\"$BASE\(path)\""]).joined(separator: " ")
    }
}

extension ApiDesk {
    func addReferenceRoutes(to router: Router<PageContext>) {
        router.get("/api") { _, context in Answer.page(try templates.html(ReferencePage(self, context.visit), "api-reference")) }
    }
}
