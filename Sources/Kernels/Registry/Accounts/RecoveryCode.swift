/// Codes that let somebody in once whose code generator is lost. Only digests of them are kept.
public enum RecoveryCode {
    /// How many are handed out at a time.
    public static let count = 10

    /// 80 random bits, as hex digits in five groups people can read out. `id` gives 128 random bits as hex.
    public static func written(_ id: String) -> String {
        let digits = Array(id.prefix(20))
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }.joined(separator: "-")
    }

    /// As it is kept and compared: without blanks and dashes, in lower case.
    public static func plain(_ typed: String) -> String {
        String(typed.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
    }

    /// Whether something typed looks like one, and not like a code of six digits.
    public static func isLike(_ typed: String) -> Bool { plain(typed).count == 20 }
}
