internal import Vocabulary

/// What went wrong, as RFC 9457 has it: a stable code, words in Chinese and English, and for input every place that is wrong.
struct Problem: Error, Sendable {
    struct Complaint: Sendable, Equatable {
        /// JSON pointer into the body, or the name of a parameter.
        var pointer: String
        var zh: String
        var en: String

        init(pointer: String, zh: String, en: String) {
            self.pointer = Problem.printable(pointer, most: 300)
            self.zh = zh
            self.en = en
        }
    }

    /// What somebody sent, as it may be shown: without control characters, and no longer than anybody reads.
    private static func printable(_ text: String, most: Int) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(most) {
            shown.append(scalar == "\n" ? " " : scalar.value < 32 || scalar.value == 127 ? "\u{FFFD}" : scalar)
        }
        return String(shown)
    }

    /// Every kind of problem there is. The raw value is the code a program may rely on.
    enum Kind: String, Sendable, CaseIterable {
        case parameter = "parameter.invalid"
        case unknownParameter = "parameter.unknown"
        case cursor = "cursor.invalid"
        case unreadable = "body.unreadable"
        case body = "body.invalid"
        case tooLarge = "body.tooLarge"
        case mediaType = "body.mediaType"
        case file = "file.refused"
        case login = "login.required"
        case token = "token.invalid"
        case forbidden = "forbidden"
        case scope = "token.scope"
        case notFound = "notFound"
        case method = "method.notAllowed"
        case stale = "version.stale"
        case noVersion = "version.required"
        case conflict = "conflict"
        case replayed = "idempotency.otherBody"
        case running = "idempotency.running"
        case rate = "rate.exceeded"
        case unavailable = "unavailable"
        case fault = "fault"

        var status: Int {
            switch self {
            case .parameter, .unknownParameter, .unreadable: 400
            case .login, .token: 401
            case .forbidden, .scope: 403
            // The page it names is not there.
            case .notFound, .cursor: 404
            case .method: 405
            case .conflict, .running: 409
            case .stale: 412
            case .tooLarge: 413
            case .mediaType: 415
            case .body, .file, .replayed: 422
            case .noVersion: 428
            case .rate: 429
            case .unavailable: 503
            case .fault: 500
            }
        }

        var title: LocalizedText {
            switch self {
            case .parameter: LocalizedText(zh: "参数不对", en: "A parameter is wrong")
            case .unknownParameter: LocalizedText(zh: "没有这个参数", en: "There is no such parameter")
            case .cursor: LocalizedText(zh: "翻页标记不能用", en: "The cursor cannot be used")
            case .unreadable: LocalizedText(zh: "正文不是 JSON", en: "The body is not JSON")
            case .body: LocalizedText(zh: "正文有误", en: "The body is wrong")
            case .tooLarge: LocalizedText(zh: "正文太大", en: "The body is too large")
            case .mediaType: LocalizedText(zh: "正文的类型不对", en: "The body has the wrong media type")
            case .file: LocalizedText(zh: "没有收下这个文件", en: "The file was not taken")
            case .login: LocalizedText(zh: "要先登录或带上令牌", en: "Log in or send a token")
            case .token: LocalizedText(zh: "令牌无效", en: "The token is not valid")
            case .forbidden: LocalizedText(zh: "没有权限", en: "Not allowed")
            case .scope: LocalizedText(zh: "令牌没有这项权限", en: "The token does not reach that far")
            case .notFound: LocalizedText(zh: "没有找到", en: "Not found")
            case .method: LocalizedText(zh: "这个地址不能这样用", en: "The address has no such method")
            case .stale: LocalizedText(zh: "刚被别人改动过", en: "Somebody else was quicker")
            case .noVersion: LocalizedText(zh: "要带上看到的版本", en: "Say which version you saw")
            case .conflict: LocalizedText(zh: "现在不能这样办", en: "The state does not allow it")
            case .replayed: LocalizedText(zh: "同一个幂等键，内容不同", en: "The same idempotency key with another body")
            case .running: LocalizedText(zh: "同一个请求还没有办完", en: "The same request is under way")
            case .rate: LocalizedText(zh: "请求太多", en: "Too many requests")
            case .unavailable: LocalizedText(zh: "暂时不能使用", en: "Unavailable for the moment")
            case .fault: LocalizedText(zh: "程序出错", en: "The server failed")
            }
        }
    }

    var kind: Kind
    /// What is wrong here and what to do, in Chinese; the title where there is no more to say.
    var detail: String
    var english: String
    var complaints: [Complaint]
    /// Seconds after which trying again may do.
    var retryAfter: Int?
    /// The store's own code of a refusal, such as `locked`.
    var reason: String?
    /// Methods the address does have.
    var allowed: [String] = []

    init(
        _ kind: Kind, _ detail: String? = nil, _ english: String? = nil, complaints: [Complaint] = [], retryAfter: Int? = nil,
        reason: String? = nil
    ) {
        self.kind = kind
        self.detail = Problem.printable(detail ?? kind.title.zh, most: 4_000)
        self.english = Problem.printable(english ?? kind.title.en, most: 4_000)
        self.complaints = complaints
        self.retryAfter = retryAfter
        self.reason = reason
    }

    static let shape = Shape<Problem>.object(
        "Problem",
        [
            Field("type", .text, "说明这一类问题的地址") { "/api#problem-\($0.kind.rawValue)" },
            Field("code", .text, "稳定的代码，程序可以依赖") { $0.kind.rawValue },
            Field("status", .count) { $0.kind.status },
            Field("title", .text) { $0.kind.title.zh },
            Field("titleEn", .text) { $0.kind.title.en },
            Field("detail", .text, "这一次错在哪里、怎么办") { $0.detail },
            Field("detailEn", .text) { $0.english },
            .maybe("reason", .text, "业务上的原因代码") { $0.reason },
            .maybe("errors", complaint.list, "每一处错误") { $0.complaints.isEmpty ? nil : $0.complaints },
        ])

    private static let complaint = Shape<Complaint>.object(
        "Complaint",
        [
            Field("pointer", .text, "正文里的位置（JSON Pointer），或参数名") { $0.pointer }, Field("message", .text) { $0.zh },
            Field("messageEn", .text) { $0.en },
        ])
}
