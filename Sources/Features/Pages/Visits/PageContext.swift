public import Hummingbird

/// What a request carries on its way to a page: who asks.
public struct PageContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Set by `VisitMiddleware` before any page sees the request.
    public var visit = Visit.nobody

    public init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }
}
