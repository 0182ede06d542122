internal import HTTPTypes
public import Hummingbird

/// Headers every answer carries: scripts and styles only from here, no framing, no sniffing.
public struct SafetyMiddleware<Context: RequestContext>: RouterMiddleware {
    private let fields: [(name: HTTPField.Name, value: String)]

    public init() {
        let policy =
            "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
        fields = [
            ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
            ("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"),
        ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
    }

    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for (name, value) in fields { response.headers[name] = value }
        // Whoever logs out takes along what the browser kept.
        if request.uri.path == "/logout", let field = HTTPField.Name("Clear-Site-Data") {
            response.headers[field] = "\"cache\", \"storage\""
        }
        // Whoever forgets to say how long an answer keeps means: not at all.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
