internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Registry

/// Does a request with an idempotency key once, however often and to whichever server it is sent.
struct Repeating: Sendable {
    let desk: ApiDesk

    /// How long an answer is kept.
    static let kept = 86_400.0

    func once(_ request: ReplayRequest, _ work: () async throws -> ReplayAnswer) async throws -> Response {
        let now = desk.now()
        switch try await desk.replays.begin(request, at: now, keepingSince: now.addingTimeInterval(-Repeating.kept)) {
        case .fresh: return try await first(request, work)
        case .done(let answer): return Repeating.response(answer)
        case .other:
            throw Problem(
                .replayed, "这个 Idempotency-Key 已经用于另一个请求。新的请求请用新的键", "This Idempotency-Key belongs to another request. Use a new key")
        case .running(let since):
            let isLong = now.timeIntervalSince(since) > 300
            throw Problem(
                .running, isLong ? "上一次同样的请求中途断了，不能确定是否已经办理。请先查看结果，再用新的键" : "同样的请求正在办理，请稍后再用同一个键来取回答",
                isLong
                    ? "The same request broke off, and nobody knows whether it was done. Look first, then use a new key"
                    : "The same request is under way. Ask again with the same key", retryAfter: isLong ? nil : 1)
        }
    }

    private func first(_ request: ReplayRequest, _ work: () async throws -> ReplayAnswer) async throws -> Response {
        let answer: ReplayAnswer
        do {
            answer = try await work()
        } catch {
            let problem = Problem(error)
            // What the server could not do may be tried again; a "no" by the rules stays one.
            guard problem.kind.status < 500 else {
                try await desk.replays.forget(request)
                throw error
            }
            try await desk.replays.finish(
                request,
                ReplayAnswer(
                    status: problem.kind.status, type: "application/problem+json", tag: "",
                    body: String(decoding: Problem.shape.write(problem).bytes, as: UTF8.self)))
            throw error
        }
        try await desk.replays.finish(request, answer)
        return Repeating.response(answer, isFirst: true)
    }

    private static func response(_ answer: ReplayAnswer, isFirst: Bool = false) -> Response {
        var headers: HTTPFields = [.cacheControl: "no-store"]
        if !answer.type.isEmpty { headers[.contentType] = answer.type }
        if !answer.tag.isEmpty { headers[.eTag] = answer.tag }
        if !isFirst { headers[Answering.field("Idempotent-Replayed")] = "true" }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: answer.body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(string: answer.body)))
    }
}
