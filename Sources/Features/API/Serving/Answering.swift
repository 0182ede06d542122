internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Indicators
internal import NIOCore
internal import Pages
internal import Registry
internal import Vocabulary

/// One request to one operation: checked, done, written.
struct Answering: Sendable {
    let desk: ApiDesk
    let operation: Operation

    /// Largest JSON body, in bytes: nothing the interface takes is longer.
    static let bodyLimit = 256 * 1024

    func run(_ request: Request, _ context: PageContext) async throws -> Response {
        try admit(context)
        let values = try RequestValues(operation, request, context).values
        var call = Call(
            visit: context.visit, values: values, body: .null, upload: nil, seen: nil, onlySchool: context.token?.scope.school,
            token: context.token, listing: RequestValues.listing(request), note: context.note)
        if let token = context.token { context.note.say("令牌：\(token.name)") }
        let read = try await RequestBody(desk: desk, operation: operation).read(request)
        defer { read.upload?.discard() }
        (call.body, call.upload) = (read.json, read.upload)
        // What is wrong with the request is told before what has changed meanwhile.
        let key = try key(request)
        call.seen = try seen(request)
        guard let key else { return try await answer(call, request) }
        let replay = ReplayRequest(
            owner: context.token.map { "token:\($0.id)" } ?? context.visit.person.id, key: key,
            digest: desk.programs.digest(Array("POST \(request.uri.description)\n\(read.digest)".utf8)))
        return try await Repeating(desk: desk).once(replay) { try await repeatable(call) }
    }

    /// What the caller calls this request; nil where nothing is remembered of it.
    private func key(_ request: Request) throws -> String? {
        guard let key = request.headers[Answering.field("Idempotency-Key")], operation.isRepeatable else { return nil }
        guard (1...100).contains(key.unicodeScalars.count), key.unicodeScalars.allSatisfy({ $0.value > 31 && $0.value < 127 }) else {
            throw Problem(.parameter, "Idempotency-Key 应是1至100个可见的 ASCII 字符", "Idempotency-Key must be 1 to 100 visible ASCII characters")
        }
        return key
    }

    private func admit(_ context: PageContext) throws {
        let person = context.visit.person
        guard operation.needs != .nobody else { return }
        guard !person.id.isEmpty else { throw Problem(.login) }
        if case .duty(let duty) = operation.needs, !context.visit.mayAnywhere(duty) {
            if let token = context.token, !token.scope.duties.contains(duty) {
                throw Problem(.scope, "这个令牌没有“\(duty.label.zh)”的权限", "The token does not have the duty \(duty.rawValue)")
            }
            try context.visit.require(duty, in: nil)
        }
        if context.token?.scope.school != nil, !operation.isOfSchool {
            throw Problem(.scope, "这个令牌只限一所学校，不能看别的", "The token is for one school alone")
        }
    }

    /// The version named by `If-Match`; nil for `*`. An `ETag` of something with versions begins with its version.
    private func seen(_ request: Request) throws -> Int? {
        guard operation.isVersioned else { return nil }
        guard let header = request.headers[.ifMatch] else {
            throw Problem(
                .noVersion, "请带上 If-Match：上次读到的 ETag，或用 * 表示不论哪一版", "Send If-Match with the ETag you read, or * for any version")
        }
        let complaints = Parameter.ifMatch.schema.complaints(.text(header))
        guard complaints.isEmpty else { throw Problem(.parameter, "If-Match 太长或有控制字符", "If-Match is too long or holds control characters") }
        if header.trimmingCharacters(in: .whitespaces) == "*" { return nil }
        let tag = header.trimmingCharacters(in: CharacterSet(charactersIn: " \"W/"))
        guard tag.hasPrefix("v"), let version = Int(tag.dropFirst().prefix { $0.isASCII && $0.isNumber }) else {
            throw Problem(.stale, "If-Match 不是这里给过的 ETag，请重新读取", "If-Match is no ETag of this interface; read it again")
        }
        return version
    }

    private func answer(_ call: Call, _ request: Request) async throws -> Response {
        guard operation.isKept else { return unlessKnown(try await made(call, request), request) }
        // What a token may see is more than its owner's posts say, so each has its own.
        let address = "\(call.token?.id ?? "") \(request.uri.string)"
        let kept = try await desk.kept.answer(address, call.visit, type: "application/json") { try await made(call, request) }
        return unlessKnown(kept, request)
    }

    private func made(_ call: Call, _ request: Request) async throws -> Response {
        let reply = try await operation.handle(call)
        switch reply.content {
        case .none: return Response(status: .noContent)
        case .file(let data, let name, let type): return Answer.file(data, name: name, type: type)
        case .json(let json): return written(Selection.apply(call.words("fields"), to: json), reply, request)
        }
    }

    /// Whoever has the answer already is told that it is still good.
    private func unlessKnown(_ response: Response, _ request: Request) -> Response {
        guard !operation.isChange, let tag = response.headers[.eTag], Answering.isKnown(tag, request.headers[.ifNoneMatch]) else {
            return response
        }
        var headers = response.headers
        headers[.contentType] = nil
        return Response(status: .notModified, headers: headers)
    }

    /// The answer to a change in a form that can be kept and given again.
    private func repeatable(_ call: Call) async throws -> ReplayAnswer {
        let reply = try await operation.handle(call)
        guard case .json(let json) = reply.content else { return ReplayAnswer(status: reply.status, type: "", tag: "", body: "") }
        let bytes = json.bytes
        return ReplayAnswer(
            status: reply.status, type: "application/json", tag: tag(bytes, reply), body: String(decoding: bytes, as: UTF8.self))
    }

    private func tag(_ bytes: [UInt8], _ reply: Reply) -> String {
        "\"\(reply.version.map { "v\($0)-" } ?? "")\(desk.programs.digest(bytes).prefix(24))\""
    }

    private func written(_ json: JSON, _ reply: Reply, _ request: Request) -> Response {
        let bytes = json.bytes
        let tag = tag(bytes, reply)
        var headers: HTTPFields = [.contentType: "application/json", .eTag: tag, .cacheControl: "private, no-cache"]
        if let next = reply.next, let field = HTTPField.Name("Link") {
            headers[field] = "<\(RequestValues.address(request, cursor: next))>; rel=\"next\""
        }
        return Response(status: .init(code: reply.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func isKnown(_ tag: String, _ header: String?) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { part in
            let known = part.trimmingCharacters(in: .whitespaces)
            return known == "*" || known == tag || known == "W/" + tag
        }
    }

    static func field(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .from }
}

/// `fields=`: only the members asked for, of every item of a list.
enum Selection {
    static func apply(_ fields: [String]?, to json: JSON) -> JSON {
        guard let fields, !fields.isEmpty, case .object(let members) = json else { return json }
        return .object(
            members.map { member in
                guard member.name == "items", case .list(let items) = member.value else { return member }
                return JSON.Member("items", .list(items.map { pick(fields, of: $0) }))
            })
    }

    private static func pick(_ fields: [String], of item: JSON) -> JSON {
        guard case .object(let members) = item else { return item }
        return .object(members.filter { fields.contains($0.name) })
    }
}

extension Shape {
    /// The same with every member left to choice, and the parameter that chooses.
    func selectable() -> (shape: Shape, parameter: Parameter) {
        guard case .named(let name, .object(let properties)) = schema else { return (self, .query("fields", .list(.word), "")) }
        let loose = properties.map { Property($0.name, $0.schema, $0.note, isRequired: false) }
        let choice = Schema.list(.choice(properties.map(\.name)), most: properties.count)
        return (
            Shape(schema: .named(name, .object(loose)), write: write),
            .query("fields", choice, "只要这些项，逗号分隔；不写则全给")
        )
    }
}
