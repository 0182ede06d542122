internal import HTTPTypes
public import Hummingbird
internal import NIOCore

/// Answers with a page as it was rendered before, as long as nothing in the database has changed. It stands before routes whose pages
/// come from the database, the visitor and the address alone, behind the middleware that knows who asks.
public struct KeptPagesMiddleware: RouterMiddleware {
    private let pages: KeptPages
    /// Numbers that grow with every change of the database, read anew for every request.
    private let stamp: @Sendable () async throws -> [Int]

    public init(limit: Int = 64_000_000, stamp: @escaping @Sendable () async throws -> [Int]) {
        pages = KeptPages(limit: limit)
        self.stamp = stamp
    }

    public func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .get else { return try await next(request, context) }
        let key = KeptPages.Key(request.uri.string, context.visit)
        let now = try await stamp()
        // Those who waited ask once more; a second wait would mean that the page is not one to keep.
        for isLast in [false, true] {
            switch pages.find(key, stamp: now) {
            case .page(let bytes): return Answer.page(bytes)
            case .soon where !isLast: await pages.wait(key)
            case .soon: return try await next(request, context)
            case .mine: return try await render(key, now, request, context, next)
            }
        }
        return try await next(request, context)
    }

    private func render(
        _ key: KeptPages.Key, _ stamp: [Int], _ request: Request, _ context: PageContext,
        _ next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        var rendered: ByteBuffer?
        defer { pages.end(key, rendered, stamp: stamp) }
        let response = try await next(request, context)
        let isPage = response.status == .ok && response.headers[.contentType]?.hasPrefix("text/html") == true
        guard isPage, response.headers[.setCookie] == nil, response.body.contentLength != nil else { return response }
        let collected = Collected()
        try await response.body.write(CollectingWriter(collected: collected))
        rendered = collected.bytes
        return Response(status: response.status, headers: response.headers, body: .init(byteBuffer: collected.bytes))
    }
}

/// One request's answer on its way; only that request's task touches it.
private final class Collected {
    var bytes = ByteBuffer()
}

private struct CollectingWriter: ResponseBodyWriter {
    let collected: Collected

    mutating func write(_ buffer: ByteBuffer) async throws { collected.bytes.writeImmutableBuffer(buffer) }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
