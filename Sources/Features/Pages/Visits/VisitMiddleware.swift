internal import Foundation
internal import HTTPTypes
public import Hummingbird
public import Registry
public import Vocabulary

/// Finds out who asks. The cookie names a person only where visitors may choose whom to be; elsewhere everyone is the operator
/// of the machine the server listens on.
public struct VisitMiddleware: RouterMiddleware {
    public static let cookie = "junheng-visitor"

    let directory: any PersonDirectory
    let maySwitch: Bool
    let today: @Sendable () -> Day

    public init(directory: any PersonDirectory, maySwitch: Bool, today: @escaping @Sendable () -> Day) {
        self.directory = directory
        self.maySwitch = maySwitch
        self.today = today
    }

    public func handle(
        _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
    ) async throws -> Response {
        if context.isAdmitted { return try await next(request, context) }
        var context = context
        let people = try await directory.people()
        let named = maySwitch ? request.cookies[VisitMiddleware.cookie]?.value : nil
        let person = named.flatMap { id in people.first { $0.id == id } } ?? people.first
        if let person { context.visit = Visit(person: person, others: maySwitch ? people : [], today: today()) }
        return try await next(request, context)
    }
}
