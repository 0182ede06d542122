internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Pages

/// Addresses for machines that watch the server.
enum WatchPage: String {
    case healthz = "/healthz"
    case readyz = "/readyz"
    case metrics = "/metrics"

    init?(_ path: String) { self.init(rawValue: path) }
}

extension RequestWatch {
    /// The answer to a watching machine, or a refusal of a body that is too large; nil for everything the pages answer.
    func watched(_ request: Request, _ context: PageContext) async -> Response? {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > desk.bodyLimit {
            return RequestWatch.plain("请求太大，最多 \(desk.bodyLimit / 1_000_000) MB\n", .contentTooLarge)
        }
        guard [.get, .head].contains(request.method), let page = WatchPage(request.uri.path) else { return nil }
        switch page {
        case .healthz: return RequestWatch.plain("ok\n", .ok)
        case .readyz: return await readiness()
        case .metrics: return await metrics(request, context)
        }
    }

    private func readiness() async -> Response {
        let checks = await desk.ready()
        let problems = checks.filter { $0.problem != nil }
        for check in problems {
            desk.logger.warning("not ready", metadata: ["check": "\(check.name)", "problem": "\(check.problem ?? "")"])
        }
        let lines = checks.map { "\($0.name): \($0.problem ?? "ok")\n" }.joined()
        return RequestWatch.plain(lines, problems.isEmpty ? .ok : .serviceUnavailable)
    }

    private func metrics(_ request: Request, _ context: PageContext) async -> Response {
        guard mayRead(request, context) else {
            return RequestWatch.plain("指标只供本机读取；别处读取请设置 metrics-token，并用 Authorization: Bearer 发送\n", .forbidden)
        }
        let text = desk.metrics.text(await desk.gauges() + ProcessFigures.gauges())
        return RequestWatch.plain(text, .ok, type: "text/plain; version=0.0.4; charset=utf-8")
    }

    /// The machine itself, where no proxy stands between; or whoever knows the token.
    private func mayRead(_ request: Request, _ context: PageContext) -> Bool {
        if let token = desk.metricsToken, !token.isEmpty {
            return RequestWatch.isSame(request.headers[.authorization] ?? "", "Bearer \(token)")
        }
        let isHandedOn = HTTPField.Name("X-Forwarded-For").map { request.headers[$0] != nil } ?? false
        return TrustedProxies.isLoopback(context.peer) && !isHandedOn
    }

    /// Takes as long for a near miss as for a far one.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        let (a, b) = (Array(left.utf8), Array(right.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func plain(_ text: String, _ status: HTTPResponse.Status, type: String = "text/plain; charset=utf-8") -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"], body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
