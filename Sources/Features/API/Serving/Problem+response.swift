internal import Casework
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Indicators
internal import NIOCore
internal import Pages
internal import Registry
internal import Vocabulary

extension Problem {
    /// What any error of a use case means to a program.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let missing as PageMissing: self.init(.notFound, missing.message, "There is no such thing")
        case let refusal as NotAllowed: self.init(.forbidden, refusal.message, "You lack the duty this asks for")
        case let refusal as PageForbidden: self.init(.forbidden, refusal.message, "Not for you")
        case let refusal as UploadRefusal: self.init(.file, refusal.message, "The upload was not taken")
        case let refusal as FileRefusal:
            self.init(.file, refusal.description, "The file could not be read", reason: refusal.diagnostic.code)
        case let refusal as CaseRefusal: self.init(refusal)
        case let refusal as any Refusal: self.init(refusal)
        case let absence as StoreUnavailable: self.init(.unavailable, absence.message, "Try again later", retryAfter: 5)
        case let problem as PageProblem: self.init(.unavailable, problem.message, "It could not be done just now", retryAfter: 5)
        case let error as HTTPError where error.status.code < 500:
            self.init(error.status == .contentTooLarge ? .tooLarge : .unreadable)
        default: self.init(.fault, "原因已记入日志，请把时间告诉系统管理员", "The reason is in the log; tell the administrator the time")
        }
    }

    private init(_ refusal: any Refusal) {
        let reason = (refusal as? StoreRefusal)?.code.rawValue
        switch refusal.ground {
        case .unknown: self.init(.notFound, refusal.message, "There is no such thing", reason: reason)
        case .stale: self.init(.stale, refusal.message, "It has changed since you looked; read it again", reason: reason)
        case .input: self.init(.body, refusal.message, "What was sent cannot be taken", reason: reason)
        case .rule:
            let english = (refusal as? StoreRefusal).map { Problem.english($0.code) } ?? "The rules of this work do not allow it now"
            self.init(.conflict, refusal.message, english, reason: reason)
        }
    }

    private init(_ refusal: CaseRefusal) {
        let complaints = refusal.complaints.map { Complaint(pointer: "/\($0.field)", zh: $0.message, en: "is missing or wrong") }
        let (kind, english): (Kind, String) =
            switch refusal.code {
            case .unknown, .definition: (.notFound, "There is no such case or kind of case")
            case .stale: (.stale, "Somebody else was quicker; read the case again")
            case .role, .place, .samePerson: (.forbidden, "It is not yours to do")
            case .form, .evidence, .reason, .target: (.body, "Something the step asks for is missing or wrong")
            default: (.conflict, "The rules of this kind of case do not allow it now")
            }
        self.init(kind, refusal.message, english, complaints: complaints, reason: refusal.code.rawValue)
    }

    private static func english(_ code: StoreRefusal.Code) -> String {
        switch code {
        case .state: "Its state does not allow this step"
        case .locked: "The data are under review or frozen"
        case .county: "A school belongs to another county"
        case .duplicate: "The same key twice"
        case .empty: "There is nothing to work on"
        case .damaged: "Stored bytes do not read back"
        case .unknown, .stale: ""
        }
    }

    var response: Response {
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        if kind.status == 401 { headers[.wwwAuthenticate] = "Bearer realm=\"junheng\"" }
        if !allowed.isEmpty { headers[.allow] = allowed.joined(separator: ", ") }
        return Response(
            status: .init(code: kind.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: Problem.shape.write(self).bytes)))
    }
}
