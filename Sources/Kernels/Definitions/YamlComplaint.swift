internal import Vocabulary
internal import Yams

/// What the YAML reader says, in the words of the person who wrote the file.
struct YamlComplaint {
    let place: Diagnostic.Place
    let message: String

    init(_ error: any Error, _ file: DefinitionFile) {
        var (line, column, problem) = YamlComplaint.position(error)
        // A quote left open is noticed only at the end of the file.
        if problem.contains("end of stream"), let open = YamlComplaint.openQuote(file) { (line, column) = (open, 1) }
        let near = YamlComplaint.line(line, of: file)
        place = .line(file: file.path, line: line, column: column)
        message = "YAML 格式不对：\(YamlComplaint.advice(near, line, problem, file))"
    }

    private static func position(_ error: any Error) -> (Int, Int, String) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            (mark.line, mark.column, problem)
        case .duplicatedKeysInMapping(let keys, let context):
            (context.mark.line, context.mark.column, "duplicate: \(keys.joined(separator: "、"))")
        default: (1, 1, "\(error)")
        }
    }

    private static func advice(_ near: String, _ line: Int, _ problem: String, _ file: DefinitionFile) -> String {
        if near.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") { return "第\(line)行用了制表符（Tab）缩进，请全部改成空格" }
        if problem.hasPrefix("duplicate: ") { return "同一处写了两遍“\(problem.dropFirst(11))”，请删去一个" }
        // The reader often stumbles one line after the mistake.
        for number in [line, line - 1] where number > 0 {
            let text = YamlComplaint.line(number, of: file)
            if text.contains("\t") { return "第\(number)行有制表符（Tab），请改成空格" }
            if hasChineseColon(text) { return "第\(number)行的冒号是中文“：”，请改成英文冒号加一个空格" }
            if text.filter({ $0 == "\"" }).count % 2 == 1 { return "第\(number)行的引号没有成对" }
        }
        return "第\(line)行附近的缩进、括号或冒号不对，请与上下各行对齐检查：\(near.trimmingPrefix { $0 == " " })（\(problem)）"
    }

    private static func openQuote(_ file: DefinitionFile) -> Int? {
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.firstIndex { $0.filter { $0 == "\"" }.count % 2 == 1 }.map { $0 + 1 }
    }

    /// The first line from a place on whose key ends in a Chinese colon.
    static func chineseColon(_ file: DefinitionFile, _ place: Diagnostic.Place) -> Int? {
        guard case .line(_, let start, _) = place else { return nil }
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        return (Swift.max(1, start)...Swift.max(1, Swift.min(start + 2, lines.count))).first { hasChineseColon(line($0, of: file)) }
    }

    /// `label：文字`: a key closed by a Chinese colon where YAML wants an English one.
    private static func hasChineseColon(_ text: String) -> Bool {
        guard let place = text.firstIndex(of: "：") else { return false }
        return !text[..<place].contains(":") && text[..<place].allSatisfy { $0.isASCII }
    }

    private static func line(_ number: Int, of file: DefinitionFile) -> String {
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.contains(number - 1) ? String(lines[number - 1]) : ""
    }
}
