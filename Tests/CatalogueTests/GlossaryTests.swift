import Foundation
import Testing
import Vocabulary

@Suite("术语表") struct GlossaryTests {
    /// Cells of the table rows, headings and rules left out.
    private func rows() throws -> [(line: Int, cells: [String])] {
        let text = try String(contentsOf: packageFolder.appendingPathComponent("Docs/glossary.md"), encoding: .utf8)
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            guard line.hasPrefix("|"), !line.hasPrefix("|---"), !line.hasPrefix("| 术语") else { return nil }
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
            return (index + 1, cells.map { $0.trimmingCharacters(in: .whitespaces) })
        }
    }

    @Test("每行四栏都填了，没有重复的术语") func filled() throws {
        let rows = try rows()
        #expect(rows.count > 60)
        for row in rows { #expect(row.cells.count == 4 && !row.cells.contains(""), "Docs/glossary.md:\(row.line)") }
        #expect(Set(rows.map { $0.cells[0] }).count == rows.count)
    }

    @Test("学段和结论的每个词都在表里，英文与类型的一致") func words() throws {
        let english = Dictionary(try rows().map { ($0.cells[0], $0.cells[1]) }) { first, _ in first }
        let labels = Stage.allCases.map { ($0.label, $0.rawValue) } + Verdict.allCases.map { ($0.label, $0.rawValue) }
        for (label, word) in labels { #expect(english[label.zh] == "\(label.en), `\(word)`", "\(label.zh)") }
    }
}
