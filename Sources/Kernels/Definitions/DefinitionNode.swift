public import Vocabulary
internal import Yams

/// A value in a definition file that knows where it stands, so that every complaint has file and line.
public struct DefinitionNode {
    let node: Yams.Node
    let file: String
    /// How a reader would point at this value: `standard.parts[0].items[3]`.
    public let path: String

    public var place: Diagnostic.Place {
        .line(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    public var isMapping: Bool { node.mapping != nil }
    public var isList: Bool { node.sequence != nil }
    public var text: String? { node.scalar?.string }
    /// Written in quotes, so that `"211"` is a text.
    public var isQuoted: Bool { node.scalar.map { [.singleQuoted, .doubleQuoted].contains($0.style) } ?? false }
    public var number: Double? { node.scalar.flatMap { Double($0.string) } }
    public var isNull: Bool { node.scalar.map { $0.string.isEmpty || $0.string == "null" || $0.string == "~" } ?? false }

    /// Keys in the order they are written.
    public var keys: [String] { node.mapping?.keys.compactMap(\.scalar?.string) ?? [] }

    /// The entries of a mapping in the order they are written.
    public var entries: [(key: String, value: DefinitionNode)] {
        keys.compactMap { key in self[key].map { (key, $0) } }
    }

    /// The members of a list; a single value counts as a list of one.
    public var list: [DefinitionNode] {
        guard let sequence = node.sequence else { return isNull ? [] : [self] }
        return sequence.enumerated().map { DefinitionNode(node: $1, file: file, path: "\(path)[\($0)]") }
    }

    public subscript(key: String) -> DefinitionNode? {
        // By the text as written: `312` and `"312"` are the same key here, which YAML's own equality denies.
        guard let value = node.mapping?.first(where: { $0.key.scalar?.string == key })?.value else { return nil }
        return DefinitionNode(node: value, file: file, path: path.isEmpty ? key : "\(path).\(key)")
    }
}

extension DefinitionNode {
    /// Complains about every key that is not in `known`: a misspelt key would otherwise be silently ignored.
    public func only(_ known: Set<String>, _ log: DiagnosticLog) {
        for key in keys where !known.contains(key) {
            let near = DefinitionNode.nearest(key, among: known)
            let hint = near.map { "，是否想写“\($0)”？" } ?? "。可用的键：\(known.sorted().joined(separator: "、"))"
            log.error("definition.key.unknown", at: self[key]?.place ?? place, "不认识的键“\(key)”\(hint)")
        }
    }

    public func required(_ key: String, _ log: DiagnosticLog) -> DefinitionNode? {
        if let value = self[key] { return value }
        log.error("definition.key.missing", at: place, "缺少“\(key)”，请在这一条下面补上")
        return nil
    }

    public func requiredText(_ key: String, _ log: DiagnosticLog) -> String {
        guard let value = required(key, log) else { return "" }
        guard let text = value.text, !text.isEmpty else {
            log.error("definition.text", at: value.place, "“\(key)”应是一段文字")
            return ""
        }
        return text
    }

    public func requiredNumber(_ key: String, _ log: DiagnosticLog) -> Double {
        guard let value = required(key, log) else { return .nan }
        return value.asNumber(log)
    }

    public func asNumber(_ log: DiagnosticLog) -> Double {
        if let number { return number }
        let hint = text.map { $0.hasSuffix("%") || $0.hasSuffix("％") ? "；百分数写成小数，如 90% 写 0.9" : "" } ?? ""
        log.error("definition.number", at: place, "这里应是一个数，写的是“\(text ?? "…")”\(hint)")
        return .nan
    }

    public func flag(_ key: String, default value: Bool, _ log: DiagnosticLog) -> Bool {
        guard let node = self[key] else { return value }
        switch node.text {
        case "true": return true
        case "false": return false
        default:
            log.error("definition.flag", at: node.place, "“\(key)”应写 true 或 false")
            return value
        }
    }

    /// A `label`, either `label: 文字` or `label: { zh: 文字, en: words }`.
    public func localized(_ key: String, _ log: DiagnosticLog) -> LocalizedText {
        guard let value = required(key, log) else { return LocalizedText(zh: "") }
        return value.asLocalized(log)
    }

    public func asLocalized(_ log: DiagnosticLog) -> LocalizedText {
        if let text { return LocalizedText(zh: text) }
        only(["zh", "en"], log)
        return LocalizedText(zh: requiredText("zh", log), en: self["en"]?.text ?? "")
    }

    /// One of a closed set of words, told with the set when it is another.
    public func choice<T: RawRepresentable & CaseIterable>(_ type: T.Type, _ log: DiagnosticLog) -> T?
    where T.RawValue == String {
        if let text, let value = T(rawValue: text) { return value }
        let words = T.allCases.map(\.rawValue).joined(separator: "、")
        log.error("definition.choice", at: place, "“\(text ?? "…")”不在可选范围内：\(words)")
        return nil
    }

    public func day(_ key: String, _ log: DiagnosticLog) -> Day? {
        guard let value = self[key] else { return nil }
        if let day = value.text.flatMap(Day.init(iso:)) { return day }
        log.error("definition.day", at: value.place, "“\(key)”应是 2026-09-01 这样的日期")
        return nil
    }

    /// The known word a mistyped one most likely stands for; nil when none is near.
    public static func nearest(_ word: String, among known: some Sequence<String>) -> String? {
        let measured = known.map { (word: $0, steps: distance($0, word)) }
        let near = measured.min { ($0.steps, $0.word) < ($1.steps, $1.word) }
        return near.flatMap { $0.steps <= 2 ? $0.word : nil }
    }

    private static func distance(_ left: String, _ right: String) -> Int {
        let a = Array(left), b = Array(right)
        var row = Array(0...b.count)
        for i in 0..<a.count {
            var previous = row[0]
            row[0] = i + 1
            for j in 0..<b.count {
                let next = Swift.min(row[j] + 1, row[j + 1] + 1, previous + (a[i] == b[j] ? 0 : 1))
                previous = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count]
    }
}

extension DefinitionNode {
    /// The value as YAML again, so that it can be kept and read later; comments are gone.
    public var written: String { (try? Yams.serialize(node: node, allowUnicode: true)) ?? "" }
}
