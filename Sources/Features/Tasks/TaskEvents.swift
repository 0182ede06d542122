internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Jobs
internal import NIOCore

/// How far a job is, as server-sent events: one at once, one for every change, a last one when it has ended.
enum TaskEvents {
    /// A stream ends after this many looks and the browser opens the next: a server told to stop is not held up.
    private static let looks = 16
    private static let pause = Duration.milliseconds(500)

    private struct Event: Encodable {
        var state: String
        var words: String
        var percent: Int?
        var isOpen: Bool
    }

    static func response(_ job: Job, _ jobs: any JobStore) -> Response {
        var headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"]
        // A proxy in front must hand on every event as it comes.
        if let name = HTTPField.Name("X-Accel-Buffering") { headers[name] = "no" }
        let body = ResponseBody { writer in
            var told = ""
            try await writer.write(ByteBuffer(string: "retry: 500\n\n"))
            for look in 0..<looks {
                // A look that fails is made up for by the next.
                let now = look == 0 ? job : (try? await jobs.job(job.id)) ?? job
                let text = try text(now)
                if text != told { try await writer.write(ByteBuffer(string: text)) }
                told = text
                if !now.state.isOpen { break }
                try await Task.sleep(for: pause)
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }

    private static func text(_ job: Job) throws -> String {
        let event = Event(
            state: TaskWords.state(job), words: TaskWords.sentence(job), percent: job.progress.percent, isOpen: job.state.isOpen)
        return "data: \(String(decoding: try JSONEncoder().encode(event), as: UTF8.self))\n\n"
    }
}
