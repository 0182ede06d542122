internal import HTTPTypes
internal import Vocabulary

/// The interface's document, OpenAPI 3.1, made of the operations themselves.
struct OpenAPI: Sendable {
    let operations: [Operation]
    let version: String

    static let prefix = "/api/v1"

    var document: JSON {
        var paths: [(String, [Operation])] = []
        for operation in operations {
            if let place = paths.firstIndex(where: { $0.0 == operation.path }) {
                paths[place].1.append(operation)
            } else {
                paths.append((operation.path, [operation]))
            }
        }
        let groups = Operation.Group.allCases.filter { group in operations.contains { $0.group == group } }
        return .object(
            ("openapi", .text("3.1.0")),
            (
                "info",
                .object(
                    ("title", .text("均衡 Junheng")), ("version", .text(version)),
                    ("description", .text("页面上能看、能办的，都可以用程序看和办；权限与页面相同。"))
                )
            ),
            ("servers", .list([.object(("url", .text(OpenAPI.prefix)))])),
            ("security", .list([.object(("token", .list([]))), .object(("session", .list([])))])),
            (
                "tags",
                .list(groups.map { .object(("name", .text($0.rawValue)), ("description", .text("\($0.label.zh) / \($0.label.en)"))) })
            ),
            (
                "paths",
                .object(
                    paths.map { path, operations in
                        JSON.Member(path, .object(operations.map { JSON.Member($0.method.rawValue.lowercased(), OpenAPI.operation($0)) }))
                    })
            ),
            ("components", components)
        )
    }

    private var components: JSON {
        var schemas: [String: Schema] = [:]
        Problem.shape.schema.collect(into: &schemas)
        for operation in operations {
            if case .json(_, let schema) = operation.success { schema.collect(into: &schemas) }
            if case .json(let schema, _) = operation.body { schema.collect(into: &schemas) }
        }
        let sorted = schemas.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value.document) }
        return .object(
            ("schemas", .object(sorted)),
            (
                "securitySchemes",
                .object(
                    ("token", .object(("type", .text("http")), ("scheme", .text("bearer")), ("description", .text("接口令牌，在“接口令牌”页面建")))),
                    (
                        "session",
                        .object(
                            ("type", .text("apiKey")), ("in", .text("cookie")), ("name", .text("junheng-session")),
                            ("description", .text("登录页面后的浏览器")))
                    )
                )
            )
        )
    }

    private static func operation(_ operation: Operation) -> JSON {
        var members: [JSON.Member] = [
            .init("operationId", .text(operation.id)), .init("tags", .list([.text(operation.group.rawValue)])),
            .init("summary", .text("\(operation.title.zh) / \(operation.title.en)")),
        ]
        if !operation.note.isEmpty { members.append(.init("description", .text(operation.note))) }
        if operation.needs == .nobody { members.append(.init("security", .list([]))) }
        let parameters = operation.allParameters
        if !parameters.isEmpty { members.append(.init("parameters", .list(parameters.map(parameter)))) }
        switch operation.body {
        case .none: break
        case .json(let schema, let example):
            members.append(
                .init(
                    "requestBody",
                    .object(
                        ("required", .flag(true)),
                        (
                            "content",
                            .object(("application/json", .object(("schema", schema.document), ("example", example))))
                        )
                    )))
        case .file(let fields):
            let file = JSON.Member("file", .object(("type", .text("string")), ("format", .text("binary"))))
            let form = JSON.object(
                ("type", .text("object")), ("properties", .object([file] + fields.map { JSON.Member($0.name, $0.schema.document) })),
                ("required", .list([.text("file")])))
            members.append(
                .init(
                    "requestBody",
                    .object(
                        ("required", .flag(true)), ("content", .object(("multipart/form-data", .object(("schema", form)))))
                    )))
        }
        members.append(.init("responses", .object(responses(operation))))
        return .object(members)
    }

    private static func parameter(_ parameter: Parameter) -> JSON {
        var members: [JSON.Member] = [
            .init("name", .text(parameter.name)), .init("in", .text(parameter.place.rawValue)),
            .init("required", .flag(parameter.isRequired)), .init("schema", parameter.schema.document),
            .init("description", .text(parameter.note)),
        ]
        // Lists are written with commas between.
        if case .list = parameter.schema { members += [.init("style", .text("form")), .init("explode", .flag(false))] }
        if let example = parameter.example { members.append(.init("example", example)) }
        return .object(members)
    }

    private static func responses(_ operation: Operation) -> [JSON.Member] {
        let tag: JSON = .object(("description", .text("版本标记")), ("schema", .object(("type", .text("string")))))
        let success: JSON.Member
        switch operation.success {
        case .json(let status, let schema):
            var headers: [JSON.Member] = [.init("ETag", tag)]
            if operation.isPaged {
                headers.append(
                    .init("Link", .object(("description", .text("下一页（rel=next）")), ("schema", .object(("type", .text("string")))))))
            }
            success = .init(
                "\(status)",
                .object(
                    ("description", .text("OK")), ("headers", .object(headers)),
                    ("content", .object(("application/json", .object(("schema", schema.document)))))
                ))
        case .file(let type):
            success = .init(
                "200",
                .object(
                    ("description", .text("文件")),
                    (
                        "content",
                        .object([JSON.Member(type, .object(("schema", .object(("type", .text("string")), ("format", .text("binary"))))))])
                    )
                ))
        case .empty: success = .init("204", .object(("description", .text("已办理"))))
        }
        let problem: JSON = .object(
            ("description", .text("没有办成，见 type 和 detail")),
            (
                "content",
                .object(("application/problem+json", .object(("schema", Problem.shape.schema.document))))
            )
        )
        return [success] + problems(operation).map { JSON.Member("\($0)", problem) } + [.init("default", problem)]
    }

    /// The problems a caller should be ready for.
    static func problems(_ operation: Operation) -> [Int] {
        var statuses: Set<Int> = [400, 429, 503]
        if operation.needs != .nobody { statuses.formUnion([401, 403]) }
        let isSought = operation.path.contains("{") || operation.isPaged || operation.parameters.contains { $0.name == "year" }
        if isSought { statuses.insert(404) }
        if operation.isChange { statuses.insert(409) }
        if operation.isVersioned { statuses.formUnion([412, 428]) }
        if operation.method == .post { statuses.insert(422) }
        if case .none = operation.body {} else { statuses.formUnion([413, 415, 422]) }
        return statuses.sorted()
    }
}
