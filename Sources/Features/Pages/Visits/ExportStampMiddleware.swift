public import Foundation
public import Hummingbird
internal import Registry
internal import Reporting

/// Sets who asks, when and for what around every request: workbooks and documents written on the way say it.
/// An address may state the purpose (`purpose=…`); else the bureau's usual one holds.
public struct ExportStampMiddleware: RouterMiddleware {
    /// Most characters of a purpose.
    static let purposeLength = 80

    let purpose: String
    let now: @Sendable () -> Date

    public init(purpose: String, now: @escaping @Sendable () -> Date) {
        self.purpose = purpose
        self.now = now
    }

    public func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        let person = context.visit.person
        let posts = person.grants.map(\.title).filter { $0 != person.name }.joined(separator: "、")
        let asked = PageQuery(request.uri.query)["purpose"]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        let stamp = ExportStamp(
            who: posts.isEmpty ? person.name : "\(person.name)（\(posts)）", when: PageTime.text(now()),
            purpose: asked.isEmpty ? purpose : String(asked.prefix(ExportStampMiddleware.purposeLength)))
        return try await ExportStamp.$current.withValue(stamp) { try await next(request, context) }
    }
}
