/// A request this server makes of another one.
public struct OutgoingRequest: Sendable {
    public var method: String
    /// `https://…`; `http://` only where the address lies in a network the settings name.
    public var url: String
    public var headers: [(name: String, value: String)]
    /// Nil for a request without a body.
    public var body: [UInt8]?

    public init(_ method: String, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What the other server said, whatever its status.
public struct OutgoingAnswer: Sendable {
    public var status: Int
    /// Names in lower case; of a name that comes several times the last.
    public var headers: [String: String]
    public var body: [UInt8]

    public init(status: Int, headers: [String: String], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why there is no answer.
public struct OutgoingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: String, Hashable, Sendable {
        /// The address is none, or of a kind that is not asked.
        case address
        /// The address leads to this machine or into a network the settings do not name.
        case forbidden
        case unresolved
        case unreachable
        /// No whole answer within the time.
        case late
        /// The certificate is not to be trusted.
        case untrusted
        case tooLarge
        /// Too many requests of our own are waiting.
        case busy
        case broken
    }

    public var reason: Reason
    /// For the log: never shown to users.
    public var detail: String

    public init(_ reason: Reason, _ detail: String = "") {
        self.reason = reason
        self.detail = detail
    }

    public var description: String { "\(reason.rawValue): \(detail)" }

    /// In the user's words.
    public var message: String {
        switch reason {
        case .address: "地址写得不对，应是 https:// 开头的完整网址"
        case .forbidden: "这个地址在本机或内网，设置里没有允许访问"
        case .unresolved: "找不到这个网址的服务器"
        case .unreachable: "连不上对方的服务器"
        case .late: "对方的服务器没有按时回答"
        case .untrusted: "对方服务器的证书不可信"
        case .tooLarge: "对方的回答太长"
        case .busy: "要发出的请求太多，请稍后再试"
        case .broken: "与对方服务器的连接中断"
        }
    }
}

/// Asks other servers. An answer of any status is an answer; `OutgoingFailure` is thrown where there is none.
public protocol OutgoingRequests: Sendable {
    func answer(to request: OutgoingRequest) async throws -> OutgoingAnswer
}
