/// Who took a file away, when and for what: every workbook and document handed out says it.
///
/// It is set once around a whole request (or command) and found by the writers themselves, so that no feature can forget it.
public struct ExportStamp: Hashable, Sendable {
    /// The person with the post.
    public var who: String
    /// As people write a moment.
    public var when: String
    public var purpose: String

    public init(who: String, when: String, purpose: String) {
        self.who = who
        self.when = when
        self.purpose = purpose
    }

    /// The one sentence that stands in the file.
    public var line: String { "导出：\(who)　\(when)　用途：\(purpose)" }

    /// Whether a line in a file is a stamp, for whoever reads a handed-out workbook back.
    public static func isLine(_ text: String) -> Bool { text.hasPrefix("导出：") && text.contains("　用途：") }

    /// The same with another purpose, where somebody was asked for one.
    public func stating(_ purpose: String) -> ExportStamp { ExportStamp(who: who, when: when, purpose: purpose) }

    /// What holds here; nil for files nobody takes away, such as those of commands.
    @TaskLocal public static var current: ExportStamp?
}
