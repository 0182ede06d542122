internal import Foundation
public import Hummingbird
public import Pages
public import Registry

/// Lets a visitor of the demo city choose whom to be.
public struct VisitorChoice: Sendable {
    let directory: any PersonDirectory

    public init(directory: any PersonDirectory) { self.directory = directory }

    public func addRoutes(to router: Router<PageContext>) {
        router.post("/visitor") { request, context in
            let fields = try await PostedForm.fields(request)
            guard !context.visit.others.isEmpty, let person = try await directory.person(fields["person"] ?? "") else {
                throw PageForbidden("没有这个演示用户")
            }
            var response = Answer.seeOther(back(request))
            response.setCookie(
                Cookie(name: VisitMiddleware.cookie, value: person.id, path: "/", httpOnly: true, sameSite: .strict))
            return response
        }
    }

    /// The page the choice was made on, where it is one of ours.
    private func back(_ request: Request) -> String {
        guard let referer = request.headers[.referer], let url = URLComponents(string: referer), url.path.hasPrefix("/"),
            !url.path.hasPrefix("//")
        else { return "/" }
        let query = url.percentEncodedQuery.map { "?\($0)" } ?? ""
        return url.percentEncodedPath + query
    }
}
