internal import COutbound
internal import Foundation
public import Vocabulary

/// Asks other servers by libcurl, on threads of its own. No redirect is followed and no proxy used: what was asked for is what is
/// reached. Every address is looked at when the connection is made, so that a name that changes its address between two
/// look-ups leads nowhere either.
public final class OutboundClient: OutgoingRequests {
    private static let begun: Void = junheng_outbound_begin()

    private let limits: OutboundLimits
    private let queue: OperationQueue

    public init(_ limits: OutboundLimits = OutboundLimits()) {
        _ = OutboundClient.begun
        self.limits = limits
        queue = OperationQueue()
        queue.name = "junheng.outbound"
        queue.maxConcurrentOperationCount = limits.atOnce
    }

    public func answer(to request: OutgoingRequest) async throws -> OutgoingAnswer {
        let isPlain = try OutboundClient.isPlain(request)
        guard queue.operationCount < limits.atOnce + limits.waitingLimit else { throw OutgoingFailure(.busy) }
        let limits = limits
        return try await withCheckedThrowingContinuation { continuation in
            queue.addOperation {
                continuation.resume(with: Result { try OutboundClient.run(request, isPlain: isPlain, limits) })
            }
        }
    }

    /// Whether it goes without encryption. Throws for addresses that are none, and for lines that could smuggle in others.
    private static func isPlain(_ request: OutgoingRequest) throws -> Bool {
        guard let parts = URLComponents(string: request.url), let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
            parts.host?.isEmpty == false, parts.user == nil, parts.password == nil
        else { throw OutgoingFailure(.address, "not an http address") }
        let texts = [request.method, request.url] + request.headers.flatMap { [$0.name, $0.value] }
        guard texts.allSatisfy({ text in text.utf8.allSatisfy { $0 >= 32 && $0 != 127 } }) else {
            throw OutgoingFailure(.address, "control characters")
        }
        return scheme == "http"
    }

    /// What the guard needs at the moment a connection is made.
    private final class Gate {
        let networks: [NetworkRange]
        let isPlain: Bool

        init(_ networks: [NetworkRange], isPlain: Bool) {
            self.networks = networks
            self.isPlain = isPlain
        }

        func allows(_ address: [UInt8]) -> Bool {
            let inner = NetworkAddress.inner(address) ?? address
            if networks.contains(where: { $0.contains(address) || $0.contains(inner) }) { return true }
            return !isPlain && NetworkAddress.isOpen(address)
        }
    }

    private static func run(_ request: OutgoingRequest, isPlain: Bool, _ limits: OutboundLimits) throws -> OutgoingAnswer {
        let gate = Gate(limits.networks, isPlain: isPlain)
        let headers = request.headers.map { strdup("\($0.name): \($0.value)") }
        defer { for header in headers { free(header) } }
        let lines = headers.map { UnsafePointer($0) } + [nil]
        var answer = junheng_outbound_answer()
        defer { junheng_outbound_free(&answer) }
        let body = request.body.map { $0.isEmpty ? [0] : $0 }
        request.method.withCString { method in
            request.url.withCString { url in
                (limits.certificates ?? "").withCString { certificates in
                    lines.withUnsafeBufferPointer { lines in
                        (body ?? [0]).withUnsafeBufferPointer { bytes in
                            var asked = junheng_outbound_request()
                            asked.method = method
                            asked.url = url
                            asked.headers = lines.baseAddress
                            asked.body = body == nil ? nil : bytes.baseAddress
                            asked.body_length = request.body?.count ?? 0
                            asked.connect_milliseconds = limits.connectMilliseconds
                            asked.total_milliseconds = limits.totalMilliseconds
                            asked.answer_limit = limits.answerLimit
                            asked.certificates = limits.certificates == nil ? nil : certificates
                            asked.context = Unmanaged.passUnretained(gate).toOpaque()
                            asked.allows = { context, address, length in
                                guard let context, let address else { return 0 }
                                let gate = Unmanaged<Gate>.fromOpaque(context).takeUnretainedValue()
                                return gate.allows(Array(UnsafeBufferPointer(start: address, count: Int(length)))) ? 1 : 0
                            }
                            withExtendedLifetime(gate) { junheng_outbound_run(&asked, &answer) }
                        }
                    }
                }
            }
        }
        guard answer.outcome == JUNHENG_OUTBOUND_ANSWERED else { throw failure(answer) }
        return OutgoingAnswer(
            status: answer.status, headers: fields(bytes(answer.headers, answer.headers_length)),
            body: bytes(answer.body, answer.body_length))
    }

    private static func bytes(_ start: UnsafeMutablePointer<UInt8>?, _ count: Int) -> [UInt8] {
        start.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
    }

    private static func failure(_ answer: junheng_outbound_answer) -> OutgoingFailure {
        var answer = answer
        let detail = withUnsafeBytes(of: &answer.detail) { raw in String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self) }
        let reason: OutgoingFailure.Reason =
            switch answer.outcome {
            case JUNHENG_OUTBOUND_FORBIDDEN: .forbidden
            case JUNHENG_OUTBOUND_UNRESOLVED: .unresolved
            case JUNHENG_OUTBOUND_UNREACHABLE: .unreachable
            case JUNHENG_OUTBOUND_LATE: .late
            case JUNHENG_OUTBOUND_UNTRUSTED: .untrusted
            case JUNHENG_OUTBOUND_TOO_LARGE: .tooLarge
            default: .broken
            }
        return OutgoingFailure(reason, detail)
    }

    private static func fields(_ raw: [UInt8]) -> [String: String] {
        var fields: [String: String] = [:]
        for line in String(decoding: raw, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            fields[line[..<colon].lowercased()] = value
        }
        return fields
    }
}
