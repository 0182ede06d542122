internal import Foundation

/// What an operation answers.
struct Reply: Sendable {
    enum Content: Sendable {
        case json(JSON)
        case file(Data, name: String, type: String)
        case none
    }

    var content: Content
    var status: Int
    /// The version of what is answered, where it has versions: the head of its `ETag`.
    var version: Int?
    /// The cursor of the page behind this one.
    var next: String?

    init(_ json: JSON, status: Int = 200, version: Int? = nil, next: String? = nil) {
        content = .json(json)
        self.status = status
        self.version = version
        self.next = next
    }

    init(file: Data, name: String, type: String) {
        content = .file(file, name: name, type: type)
        status = 200
    }

    private init() {
        content = .none
        status = 204
    }

    static let done = Reply()
}
