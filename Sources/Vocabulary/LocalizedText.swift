/// A text in Chinese with its English beside it. Chinese is what users see first.
public struct LocalizedText: Hashable, Sendable, Codable {
    public var zh: String
    public var en: String

    public init(zh: String, en: String = "") {
        self.zh = zh
        self.en = en.isEmpty ? zh : en
    }
}
