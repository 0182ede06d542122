internal import HTTPTypes
public import Hummingbird

/// Lets through only what changes something when it comes from a page of this very site: no other site can press our buttons.
///
/// Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in `Origin`. A request with neither comes from no page,
/// that is from a program, and carries no visitor's cookie unless its maker put one there.
public struct SameOriginMiddleware<Context: RequestContext>: RouterMiddleware {
    public init() {}

    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let isHarmless = [.get, .head, .options].contains(request.method)
        guard isHarmless || SameOriginMiddleware.isOwn(request) else {
            throw PageForbidden("这个操作不是从本站页面发出的，没有执行。请回到本站页面重新操作")
        }
        return try await next(request, context)
    }

    private static func isOwn(_ request: Request) -> Bool {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }) { return site == "same-origin" || site == "none" }
        guard let origin = request.headers[.origin] else { return true }
        guard let host = request.head.authority else { return false }
        return origin == "http://\(host)" || origin == "https://\(host)"
    }
}
