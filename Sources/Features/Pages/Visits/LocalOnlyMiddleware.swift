internal import Foundation
internal import HTTPTypes
public import Hummingbird

/// Where nobody logs in, only this very machine is served: a request that a proxy passes on, or that reached us under another
/// name than the machine's own (a rebound name of some site, too), is turned away.
public struct LocalOnlyMiddleware<Context: RequestContext>: RouterMiddleware {
    private static var forwarding: [String] { ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Real-IP"] }

    public init() {}

    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let isForwarded = LocalOnlyMiddleware.forwarding.contains { name in HTTPField.Name(name).map { request.headers[$0] != nil } ?? false
        }
        guard !isForwarded, LocalOnlyMiddleware.isLocal(request.head.authority) else {
            throw PageForbidden("现在没有启用账户，只能在这台电脑上用 127.0.0.1 打开。要给别人用，请加 --accounts 重新启动，先建管理员")
        }
        return try await next(request, context)
    }

    private static func isLocal(_ authority: String?) -> Bool {
        guard let authority else { return false }
        let host = authority.hasPrefix("[") ? String(authority.prefix { $0 != "]" }.dropFirst()) : String(authority.prefix { $0 != ":" })
        return ["127.0.0.1", "localhost", "::1"].contains(host.lowercased())
    }
}
