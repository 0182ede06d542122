public import Hummingbird

/// Answers with a page as it was rendered before, as long as nothing in the database has changed. It stands before routes whose pages
/// come from the database, the visitor and the address alone, behind the middleware that knows who asks.
public struct KeptPagesMiddleware: RouterMiddleware {
    private let kept: KeptAnswers

    public init(_ kept: KeptAnswers) { self.kept = kept }

    public func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .get else { return try await next(request, context) }
        return try await kept.answer(request.uri.string, context.visit, type: "text/html") { try await next(request, context) }
    }
}
