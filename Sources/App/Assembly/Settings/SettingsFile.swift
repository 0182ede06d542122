internal import Definitions
internal import Vocabulary

/// Reads `junheng.yaml`: `key: value` a line, `#` begins a comment. Flat on purpose, every line stands for itself.
struct SettingsFile {
    struct Line {
        var value: String
        var number: Int
    }

    let path: String
    private(set) var lines: [String: Line] = [:]
    private(set) var diagnostics: [Diagnostic] = []

    init(path: String, text: String) {
        self.path = path
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            take(String(line), index + 1)
        }
    }

    private mutating func take(_ line: String, _ number: Int) {
        let bare = SettingsFile.trimmed(line)
        if bare.isEmpty || bare.hasPrefix("#") || bare == "---" { return }
        guard let colon = bare.firstIndex(of: ":") else {
            complain("settings.line", number, bare.contains("：") ? "冒号是中文“：”，请改成英文冒号加一个空格" : "每行应写成“键: 值”")
            return
        }
        let key = SettingsFile.trimmed(String(bare[..<colon]))
        guard let setting = Setting.named(key) else {
            complain("settings.key.unknown", number, SettingsFile.unknown(key))
            return
        }
        if let before = lines[key] {
            complain("settings.key.twice", number, "“\(key)”在第\(before.number)行已经写过，请删去一个")
            return
        }
        guard let value = SettingsFile.value(String(bare[bare.index(after: colon)...])) else {
            complain("settings.quote", number, "“\(key)”的引号没有成对")
            return
        }
        if let complaint = setting.complaint(value) { complain("settings.value", number, complaint) }
        lines[key] = Line(value: value, number: number)
    }

    private mutating func complain(_ code: String, _ number: Int, _ message: String) {
        diagnostics.append(Diagnostic(.error, code, at: .line(file: path, line: number, column: 1), message))
    }

    static func unknown(_ key: String) -> String {
        let near = DefinitionNode.nearest(key, among: Setting.all.map(\.key)).map { "，是否想写“\($0)”？" }
        return "不认识的设置“\(key)”\(near ?? "。全部设置可用 junheng config explain 查看")"
    }

    /// Without quotes, and without a comment after a blank; nil when a quote is left open.
    private static func value(_ text: String) -> String? {
        let bare = trimmed(text)
        if let quote = bare.first, quote == "\"" || quote == "'" {
            let inside = bare.dropFirst()
            guard let end = inside.firstIndex(of: quote) else { return nil }
            let rest = trimmed(String(inside[inside.index(after: end)...]))
            return rest.isEmpty || rest.hasPrefix("#") ? String(inside[..<end]) : nil
        }
        guard let comment = bare.firstRange(of: " #") else { return bare.hasPrefix("#") ? "" : bare }
        return trimmed(String(bare[..<comment.lowerBound]))
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
