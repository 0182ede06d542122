internal import CollectOnce
internal import Foundation
internal import Pages

/// The questions of a request, as lines of a text area carry them: `栏目`, or `栏目[单位]`.
enum AskedForm {
    /// One question a line; a single line may have several, parted by commas or tabs. Each once.
    static func fields(_ text: String) -> [AskedField] {
        var lines = text.split(whereSeparator: { $0.isNewline || $0 == "\t" }).map(String.init)
        if lines.count == 1 { lines = lines[0].split(whereSeparator: { "、，,；;".contains($0) }).map(String.init) }
        var seen: Set<String> = []
        return lines.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty && seen.insert($0).inserted }
            .map { AskedField(String($0.prefix(200))) }
    }

    static func text(_ fields: [AskedField]) -> String { fields.map(\.text).joined(separator: "\n") }
}
