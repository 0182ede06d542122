internal import Foundation
internal import HTTPTypes
public import Hummingbird
internal import Indicators
internal import Logging
internal import NIOCore
public import Pages
internal import Registry

/// Stands before the login for addresses below `/api/v1`: lets programs with a token pass, counts what they ask, and answers
/// every "no" as a problem document instead of a page.
public struct ApiGate: RouterMiddleware {
    let desk: ApiDesk
    private let addresses: [(method: String, parts: [Substring])]

    public init(_ desk: ApiDesk) {
        self.desk = desk
        addresses = desk.operations.map { ($0.method.rawValue, (OpenAPI.prefix + $0.path).split(separator: "/")) }
    }

    public func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        guard path == OpenAPI.prefix || path.hasPrefix(OpenAPI.prefix + "/") else { return try await next(request, context) }
        var count: RateLimit.Count?
        do {
            var context = context
            try await admit(request, &context)
            if let token = context.token {
                let taken = await desk.rates.take(token.id, at: desk.now())
                count = taken
                if taken.isExceeded {
                    throw Problem(
                        .rate, "这个令牌每分钟最多\(taken.limit)个请求，请\(taken.reset)秒后再试",
                        "This token may make \(taken.limit) requests a minute. Try again in \(taken.reset) seconds", retryAfter: taken.reset
                    )
                }
            }
            var response = try await next(request, context)
            if response.status == .seeOther { throw misled(response) }
            ApiGate.write(count, into: &response)
            return response
        } catch let error as HTTPError where error.status == .notFound {
            return answer(unmatched(request), context, count)
        } catch {
            return answer(Problem(error), context, count, cause: error)
        }
    }

    /// Where a token is sent, it alone says who asks.
    private func admit(_ request: Request, _ context: inout PageContext) async throws {
        if request.uri.path == OpenAPI.prefix + "/openapi.json" {
            context.isAdmitted = true
            return
        }
        guard let header = request.headers[.authorization] else {
            let hasSession = request.cookies["junheng-session"] != nil
            if desk.programs.needsLogin, !hasSession { throw Problem(.login) }
            return
        }
        let (token, person) = try await TokenHolder(desk: desk).find(header)
        context.visit = Visit(person: person, today: desk.surroundings.today())
        context.token = token
        context.isAdmitted = true
    }

    /// Pages lead people elsewhere; a program is told why.
    private func misled(_ response: Response) -> Problem {
        let place = response.headers[.location] ?? ""
        if place.hasPrefix("/login") || place.hasPrefix("/setup") { return Problem(.login) }
        guard place.hasPrefix("/account") else { return Problem(.forbidden) }
        return Problem(.forbidden, "请先在页面上办好登录所缺的一步（新密码或动态码）", "Finish logging in on the pages first")
    }

    private func unmatched(_ request: Request) -> Problem {
        let parts = request.uri.path.split(separator: "/")
        let methods = addresses.filter { address in
            address.parts.count == parts.count && zip(address.parts, parts).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }.map(\.method)
        guard !methods.isEmpty else { return Problem(.notFound, "接口里没有这个地址，请看 /api", "There is no such address, see /api") }
        let allowed = methods + (methods.contains("GET") ? ["HEAD"] : [])
        var problem = Problem(.method, "这个地址可用 \(allowed.joined(separator: "、"))", "The address has \(allowed.joined(separator: ", "))")
        problem.allowed = allowed
        return problem
    }

    private func answer(_ problem: Problem, _ context: PageContext, _ count: RateLimit.Count?, cause: (any Error)? = nil) -> Response {
        if problem.kind == .fault, let cause { context.logger.error("request failed", metadata: ["error": "\(cause)"]) }
        if problem.kind == .token { context.logger.notice("token refused") }
        if let absence = cause as? StoreUnavailable {
            context.logger.warning("store unavailable", metadata: ["detail": "\(absence.detail)"])
        }
        var response = problem.response
        ApiGate.write(count, into: &response)
        return response
    }

    private static func write(_ count: RateLimit.Count?, into response: inout Response) {
        guard let count else { return }
        for (name, value) in [("RateLimit-Limit", count.limit), ("RateLimit-Remaining", count.remaining), ("RateLimit-Reset", count.reset)]
        {
            if let field = HTTPField.Name(name) { response.headers[field] = "\(value)" }
        }
    }
}

/// Who stands behind an `Authorization` header.
struct TokenHolder: Sendable {
    let desk: ApiDesk

    /// The token and its owner as far as it lets a program act. Throws `token.invalid`, always in the same words.
    func find(_ header: String) async throws -> (AccessToken, Person) {
        let invalid = Problem(
            .token, "令牌不存在、已停用或已到期，或者它的主人已不能登录。请在“接口令牌”页面核对",
            "The token is unknown, revoked or expired, or its owner may no longer log in")
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", (20...200).contains(parts[1].utf8.count) else { throw invalid }
        let digest = desk.programs.maker.digest(String(parts[1]))
        let stamp = try await desk.changes()
        var found = desk.holders.find(digest, stamp: stamp)
        if found == nil { found = try await read(digest) }
        guard var holder = found, holder.token.isAlive(on: desk.surroundings.today()) else { throw invalid }
        let now = desk.now()
        if holder.token.usedAt.map({ now.timeIntervalSince($0) > 60 }) ?? true {
            try await desk.tokens.touch(holder.token.id, at: now)
            holder.token.usedAt = now
        }
        desk.holders.keep(holder, for: digest, stamp: stamp)
        return (holder.token, holder.person)
    }

    private func read(_ digest: String) async throws -> KnownHolders.Holder? {
        guard let token = try await desk.tokens.token(digest: digest), let owner = try await desk.programs.holder(token.owner) else {
            return nil
        }
        return KnownHolders.Holder(token: token, person: owner.limited(to: token.scope))
    }
}
