internal import HTTPTypes
public import Hummingbird
internal import NIOCore

/// Answers that come from the database, the visitor and the address alone, given again as long as nothing in the database has changed.
public struct KeptAnswers: Sendable {
    private let pages: KeptPages
    /// Numbers that grow with every change of the database, read anew for every request.
    private let stamp: @Sendable () async throws -> [Int]

    /// `limit` in bytes.
    public init(limit: Int = 64_000_000, stamp: @escaping @Sendable () async throws -> [Int]) {
        pages = KeptPages(limit: limit)
        self.stamp = stamp
    }

    /// What `render` gave for this address and visitor before, or gives now. Kept are answers of the media type `type`; of those who ask
    /// for the same at once, one renders.
    public func answer(
        _ address: String, _ visit: Visit, type: String, _ render: () async throws -> Response
    ) async throws -> Response {
        let key = KeptPages.Key(address, visit)
        let now = try await stamp()
        // Those who waited ask once more; a second wait would mean that the answer is not one to keep.
        for isLast in [false, true] {
            switch pages.find(key, stamp: now) {
            case .page(let page): return page.response
            case .soon where !isLast: await pages.wait(key)
            case .soon: return try await render()
            case .mine: return try await keep(key, now, type, render)
            }
        }
        return try await render()
    }

    private func keep(
        _ key: KeptPages.Key, _ stamp: [Int], _ type: String, _ render: () async throws -> Response
    ) async throws -> Response {
        var rendered: KeptPages.Page?
        defer { pages.end(key, rendered, stamp: stamp) }
        let response = try await render()
        let isWanted = response.status == .ok && response.headers[.contentType]?.hasPrefix(type) == true
        guard isWanted, response.headers[.setCookie] == nil, response.body.contentLength != nil else { return response }
        let collected = Collected()
        try await response.body.write(CollectingWriter(collected: collected))
        let page = KeptPages.Page(headers: response.headers, bytes: collected.bytes)
        rendered = page
        return page.response
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
