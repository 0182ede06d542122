internal import Foundation
public import Hummingbird
internal import NIOCore
public import Registry

/// What a request carries on its way to a page: who asks.
public struct PageContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Set by `VisitMiddleware` before any page sees the request.
    public var visit = Visit.nobody
    /// Set where a token has already shown who asks: nobody asks again for a login.
    public var isAdmitted = false
    /// The token a program sent.
    public var token: AccessToken?
    /// Address of whoever holds the connection: the client or a proxy.
    public let peer: String?
    /// Address of the client as far as trusted proxies tell it.
    public var client: String?
    /// `https` where a trusted proxy took the request so.
    public var scheme = "http"

    /// What the audit should say beside the address of the page.
    public let note = AuditNote()
    /// The client's network address; empty where there is none.
    public var address: String { client ?? "" }

    /// A part of the address as people write it; empty where there is none.
    public func segment(_ key: String) -> String {
        let raw = parameters.get(key) ?? ""
        return (raw.removingPercentEncoding ?? raw).replacing("\0", with: "")
    }

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress
        client = peer
    }
}
