public import Foundation
internal import Indicators

/// The questions of a form nobody has described: the header of every sheet, or, where there is no table, every caption of it.
public enum AskedHeaders {
    private static let searched = 60
    private static let longest = 120
    /// Texts in one row from which on it is taken for a header.
    private static let fewest = 3
    private static let tallest = 4

    /// As they stand, `/` between headings; each once, in the order of sheets and columns. Throws `FileRefusal` when the file cannot be read.
    public static func read(_ url: URL, name: String) throws -> [String] {
        let file = try SheetFile(url, name: name)
        var (seen, found): (Set<String>, [String]) = ([], [])
        for sheet in file.sheets {
            let rows = try SheetFile.head(of: try file.open(sheet), searched)
            for text in texts(rows) where seen.insert(text).inserted { found.append(text) }
        }
        if found.isEmpty { throw FileRefusal("asked.none", name, "表里没有读到栏目。请把表头放在前\(searched)行，或改用粘贴栏目名称") }
        return found
    }

    private static func texts(_ rows: [SheetRow]) -> [String] {
        guard let last = header(rows) else { return captions(rows) }
        let head = SheetHead(rows)
        var first = last
        while first > 0, last - first < tallest - 1, isHeading(rows[first - 1], over: rows[last]) { first -= 1 }
        let bottom = last + (continues(rows, below: last) ? 1 : 0)
        return head.paths(first...bottom).filter { !$0.isEmpty }.map { $0.joined(separator: "/") }
    }

    /// The row with the most different words; of equals the first. nil where no row has several.
    private static func header(_ rows: [SheetRow]) -> Int? {
        let counts = rows.map { Set(words($0)).count }
        guard let most = counts.max(), most >= fewest else { return nil }
        return counts.firstIndex(of: most)
    }

    /// Under merged cells a second row of headings begins with a blank and holds no number.
    private static func continues(_ rows: [SheetRow], below row: Int) -> Bool {
        guard row + 1 < rows.count, rows[row + 1].number == rows[row].number + 1 else { return false }
        let next = rows[row + 1]
        return next[0].isEmpty && words(next).count > 1 && next.cells.allSatisfy { $0.isEmpty || isWord($0) }
    }

    /// Headings stand over several columns each, so that there are fewer of them.
    private static func isHeading(_ row: SheetRow, over header: SheetRow) -> Bool {
        let count = words(row).count
        return count > 1 && count * 2 <= words(header).count && !isInstruction(row)
    }

    private static func isInstruction(_ row: SheetRow) -> Bool {
        row.cells.contains { cell in ["例：", "例:"].contains { cell.plain.hasPrefix($0) } } || words(row).contains { $0.contains("；") }
            || Set(words(row)).count * 2 <= words(row).count
    }

    private static func words(_ row: SheetRow) -> [String] { row.cells.filter(isWord).map { PlainText.header($0.plain) } }

    private static func isWord(_ cell: SheetCell) -> Bool {
        guard case .text(let text) = cell, text.count <= longest, !text.hasPrefix("例：") else { return false }
        return text.contains { $0.isLetter } && Double(text) == nil
    }

    /// A paper to be filled in: captions with room beside or beneath them. The title, which stands alone, is none.
    private static func captions(_ rows: [SheetRow]) -> [String] {
        let texts = rows.enumerated().flatMap { place, row -> [String] in
            let found = words(row)
            return place == 0 && found.count == 1 && rows.count > 1 ? [] : found
        }
        return texts.filter { !$0.isEmpty }
    }
}
