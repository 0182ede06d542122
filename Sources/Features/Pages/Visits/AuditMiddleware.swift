public import Foundation
internal import HTTPTypes
public import Hummingbird
internal import Indicators
internal import Logging
public import Registry
internal import Synchronization

/// Writes down whatever somebody tries to change, and every refusal for lack of a right: the one place where the audit is kept.
/// It stands behind the middleware that knows who asks and before all routes.
public struct AuditMiddleware: RouterMiddleware {
    let log: any AuditLog
    let now: @Sendable () -> Date
    /// People with accounts are written down by their number alone: the name stands with the account, and goes with it.
    let keepsNames: Bool

    public init(log: any AuditLog, now: @escaping @Sendable () -> Date, keepsNames: Bool = true) {
        self.log = log
        self.now = now
        self.keepsNames = keepsNames
    }

    public func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        let isHarmless = [.get, .head, .options].contains(request.method)
        do {
            let response = try await next(request, context)
            if !isHarmless {
                let place = response.headers[.location].map { " → \(AuditMiddleware.path($0))" } ?? ""
                try await write(request, context, AuditMiddleware.outcome(response.status.code), place)
            }
            return response
        } catch let unwritten as AuditUnwritten {
            context.logger.critical("audit not written", metadata: ["error": "\(unwritten.cause)"])
            throw PageProblem("这一步可能已经办理，但审计记录没有写成。请先核对结果，并告诉系统管理员")
        } catch {
            let outcome = AuditMiddleware.outcome(error)
            if !isHarmless || outcome == .forbidden {
                do {
                    try await write(request, context, outcome, "")
                } catch {
                    context.logger.critical("audit not written", metadata: ["error": "\(error)"])
                }
            }
            throw error
        }
    }

    private func write(_ request: Request, _ context: PageContext, _ outcome: AuditOutcome, _ place: String) async throws {
        if outcome == .refused, context.note.isCounted { return }
        let person = context.visit.person
        let entry = AuditEntry(
            at: now(), person: person.id, name: keepsNames ? person.name : "",
            action: "\(request.method.rawValue) \(context.endpointPath ?? "")",
            object: AuditMiddleware.path(request.uri.path) + place + context.note.text, outcome: outcome, address: context.address)
        do {
            try await log.append(entry)
        } catch {
            throw AuditUnwritten(cause: error)
        }
    }

    /// A path as people read it, without its query, cut to a bearable length.
    private static func path(_ address: String) -> String {
        let path = String(address.prefix { $0 != "?" })
        return String((path.removingPercentEncoding ?? path).prefix(300))
    }

    private static func outcome(_ status: Int) -> AuditOutcome {
        switch status {
        case 401, 403: .forbidden
        case 400..<500: .refused
        case 500...: .failed
        default: .done
        }
    }

    private static func outcome(_ error: any Error) -> AuditOutcome {
        switch error {
        case is NotAllowed, is PageForbidden: .forbidden
        case is PageMissing, is StoreRefusal, is UploadRefusal, is FileRefusal, is AccountRefusal: .refused
        case let error as HTTPError: outcome(error.status.code)
        default: .failed
        }
    }
}

private struct AuditUnwritten: Error {
    var cause: any Error
}

/// What a route adds to the record of its request: a name where the address of the page does not tell it.
public final class AuditNote: Sendable {
    private let words = Mutex("")
    private let counted = Mutex(false)

    init() {}

    public func say(_ text: String) { words.withLock { $0 = "（\(text.prefix(80))）" } }

    var text: String { words.withLock { $0 } }

    /// A refusal that is counted elsewhere, and so not written down by itself.
    public var isCounted: Bool {
        get { counted.withLock { $0 } }
        set { counted.withLock { $0 = newValue } }
    }
}
