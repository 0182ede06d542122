/// Where somebody wanted to go before logging in: a page of this site and nothing else.
public enum SameSitePath {
    /// The path with its query, or nil where it could lead elsewhere: browsers take `//x`, `/\x` and a slash after a removed control
    /// character for another site, and the pages of logging in lead round in circles.
    public static func safe(_ text: String?) -> String? {
        guard let text, text.utf8.count <= 2_000, text.hasPrefix("/"), !text.hasPrefix("//") else { return nil }
        guard text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") }) else { return nil }
        let path = String(text.prefix { $0 != "?" && $0 != "#" })
        let isDoor = ["/login", "/logout", "/setup"].contains { path == $0 || path.hasPrefix($0 + "/") }
        return isDoor ? nil : text
    }
}
