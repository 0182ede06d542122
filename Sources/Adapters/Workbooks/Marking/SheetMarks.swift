internal import Foundation
internal import Vocabulary

/// What is to be marked in one sheet.
struct SheetMarks: Sendable {
    struct Mark: Sendable {
        var isError: Bool
        var messages: [String]
    }

    /// By row, then by column, both counted from 1.
    private(set) var rows: [Int: [Int: Mark]] = [:]

    static func bySheet(_ diagnostics: [Diagnostic]) -> [String: SheetMarks] {
        var sheets: [String: SheetMarks] = [:]
        for diagnostic in diagnostics where diagnostic.severity != .note {
            guard case .cell(let sheet, let row, let column) = diagnostic.place else { continue }
            sheets[sheet, default: SheetMarks()].add(diagnostic, row, column)
        }
        return sheets
    }

    private mutating func add(_ diagnostic: Diagnostic, _ row: Int, _ column: Int) {
        var mark = rows[row]?[column] ?? Mark(isError: false, messages: [])
        mark.isError = mark.isError || diagnostic.severity == .error
        mark.messages.append((diagnostic.severity == .error ? "" : "提醒：") + diagnostic.message)
        rows[row, default: [:]][column] = mark
    }

    /// All there is to say of a row, errors first.
    static func reason(_ marks: [Int: Mark]) -> String {
        let ordered = marks.sorted { ($0.value.isError ? 0 : 1, $0.key) < ($1.value.isError ? 0 : 1, $1.key) }
        return ordered.map { "\(CellName.letters($0.key))列：\($0.value.messages.joined(separator: "；"))" }.joined(separator: "\n")
    }
}

/// The colours of marked cells, as office programs write them.
enum MarkColour {
    static let error = "FFF8A9A0"
    static let warning = "FFFFE08A"
    static func of(_ mark: SheetMarks.Mark) -> String { mark.isError ? error : warning }
    static let all = [error, warning]
}
