internal import Foundation
internal import HTTPTypes
public import Hummingbird
internal import NIOCore

/// Style sheets and scripts of the product itself, read once.
public struct Assets: Sendable {
    private let files: [String: (type: String, bytes: ByteBuffer)]

    public init() {
        var files: [String: (type: String, bytes: ByteBuffer)] = [:]
        let types = ["css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"]
        if let folder = Bundle.module.url(forResource: "Public", withExtension: nil) {
            let found = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
            for url in found {
                guard let type = types[url.pathExtension], let data = try? Data(contentsOf: url) else { continue }
                files[url.lastPathComponent] = (type, ByteBuffer(bytes: data))
            }
        }
        self.files = files
    }

    public func addRoutes(to router: Router<some RequestContext>) {
        router.get("/assets/:name") { _, context in
            guard let name = context.parameters.get("name"), let file = files[name] else { throw HTTPError(.notFound) }
            return Response(
                status: .ok, headers: [.contentType: file.type, .cacheControl: "public, max-age=300"], body: .init(byteBuffer: file.bytes))
        }
        router.get("/favicon.ico") { _, _ in Response(status: .noContent) }
    }
}
