import ArgumentParser
import Hummingbird
import NIOCore

/// A route that answers with bytes from memory: what the web server costs before any of our work is done.
struct Bare: AsyncParsableCommand {
    @Option var port: Int
    @Option(help: "length of the answer") var bytes: Int

    func run() async throws {
        let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: bytes)
        let router = Router()
        router.get("/") { _, _ in
            Response(status: .ok, headers: [.contentType: "text/html; charset=utf-8"], body: .init(byteBuffer: body))
        }
        try await Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: port))).runService()
    }
}
