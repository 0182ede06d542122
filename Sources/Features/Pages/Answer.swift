public import Foundation
internal import HTTPTypes
public import Hummingbird
internal import NIOCore

/// Answers features give: pages and files.
public enum Answer {
    public static func page(_ html: String, status: HTTPResponse.Status = .ok) -> Response {
        page(ByteBuffer(string: html), status: status)
    }

    static func page(_ html: ByteBuffer, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"], body: .init(byteBuffer: html))
    }

    /// A download; the name may be Chinese (RFC 5987).
    public static func file(_ data: Data, name: String, type: String) -> Response {
        let encoded = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "file"
        var headers: HTTPFields = [.contentType: type, .cacheControl: "no-store"]
        if let field = HTTPField.Name("Content-Disposition") { headers[field] = "attachment; filename*=UTF-8''\(encoded)" }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    /// A picture shown within a page. Kept files never change, so the browser may keep them for an hour.
    public static func picture(_ data: Data, type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "private, max-age=3600"],
            body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    /// To another page after something was done, so that reloading does not do it twice.
    public static func seeOther(_ url: String) -> Response { Response(status: .seeOther, headers: [.location: url]) }

    public static let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    public static let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    public static let pdf = "application/pdf"
}

/// A page that cannot be shown, with what to do instead.
public struct PageMissing: Error {
    public var message: String
    public init(_ message: String) { self.message = message }
}

/// A request the visitor may not make, with whom to ask.
public struct PageForbidden: Error {
    public var message: String
    public init(_ message: String) { self.message = message }
}

/// Something the server could not do just now; the message is for the user.
public struct PageProblem: Error {
    public var message: String
    public init(_ message: String) { self.message = message }
}
