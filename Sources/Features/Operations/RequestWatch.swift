internal import Foundation
internal import HTTPTypes
public import Hummingbird
internal import Logging
public import Pages

/// The outermost middleware: counts and times every request, gives it a number, refuses what is too large, and answers
/// the questions of whoever watches the server before anybody asks for a login.
public struct RequestWatch: RouterMiddleware {
    let desk: OperationsDesk

    public init(_ desk: OperationsDesk) { self.desk = desk }

    public func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        let start = clock.now
        var context = context
        context.client = desk.proxies.client(peer: context.peer, forwardedFor: header("X-Forwarded-For", request))
        context.scheme = desk.transport.scheme(
            desk.proxies.scheme(peer: context.peer, forwardedProto: header("X-Forwarded-Proto", request)))
        desk.metrics.begin()
        var response: Response
        do {
            if let answer = await watched(request, context) {
                response = answer
            } else {
                response = try await next(request, context)
            }
        } catch {
            // Nothing but a fault in the pages for faults themselves comes here.
            context.logger.error("request failed", metadata: ["error": "\(error)"])
            response = Response(status: .internalServerError)
        }
        note(request, context, response.status.code, clock.now - start)
        if let field = HTTPField.Name("X-Request-ID") {
            response.headers[field] = context.logger[metadataKey: "hb.request.id"]?.description
        }
        if let hsts = desk.transport.hsts(context.scheme) { response.headers[.strictTransportSecurity] = hsts }
        return response
    }

    private func note(_ request: Request, _ context: PageContext, _ status: Int, _ took: Duration) {
        let route = context.endpointPath ?? (WatchPage(request.uri.path)?.rawValue ?? "none")
        let answered = Metrics.Answered(method: RequestWatch.method(request), route: route, status: status)
        desk.metrics.end(answered, seconds: took / .seconds(1))
        let isSlow = took > desk.slow
        guard isSlow || context.logger.logLevel <= .info else { return }
        let fields: Logger.Metadata = [
            "method": "\(answered.method)", "route": "\(route)", "status": "\(status)", "ms": "\(Int(took / .milliseconds(1)))",
        ]
        context.logger.log(level: isSlow ? .warning : .info, isSlow ? "slow request" : "request", metadata: fields)
    }

    /// Methods are a closed set here: a made-up one must not grow the metrics.
    private static func method(_ request: Request) -> String {
        let known: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .delete, .patch, .options]
        return known.contains(request.method) ? request.method.rawValue : "other"
    }

    private func header(_ name: String, _ request: Request) -> String? { HTTPField.Name(name).flatMap { request.headers[$0] } }
}
