public import Hummingbird
internal import NIOCore

/// What a request carries on its way to a page: who asks.
public struct PageContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Set by `VisitMiddleware` before any page sees the request.
    public var visit = Visit.nobody

    /// What the audit should say beside the address of the page.
    public let note = AuditNote()
    /// The network address at the other end of the connection; empty where there is none.
    public let address: String

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
