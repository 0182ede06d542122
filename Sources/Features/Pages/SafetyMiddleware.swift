internal import HTTPTypes
public import Hummingbird

/// Headers every answer carries: scripts and styles only from here, no framing, no sniffing.
public struct SafetyMiddleware<Context: RequestContext>: RouterMiddleware {
    public init() {}

    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        let policy =
            "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
        for (name, value) in [
            ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
            // Browsers heed it over TLS alone.
            ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"), ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ] {
            if let field = HTTPField.Name(name) { response.headers[field] = value }
        }
        // Whoever logs out takes along what the browser kept.
        if request.uri.path == "/logout", let field = HTTPField.Name("Clear-Site-Data") {
            response.headers[field] = "\"cache\", \"storage\""
        }
        // Whoever forgets to say how long an answer keeps means: not at all.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
