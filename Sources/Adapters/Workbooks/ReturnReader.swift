public import Foundation
public import Indicators
public import Vocabulary

/// What came of reading a return: the good rows as a table, and everything there is to say about the rest.
public struct ReturnImport: Sendable {
    public var table: ReturnTable
    public var diagnostics: [Diagnostic]
    /// Rows that cannot be taken, by number of the sheet's row.
    public var refusedRows: Set<Int>
    public var rowsRead: Int
    public var sheet: String
    /// Last row of the header, counted from 1.
    public var headerRow: Int
    /// School year the file itself names.
    public var schoolYear: SchoolYear?

    public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
}

/// Reads files people hand in as returns of a form.
public struct ReturnReader: Sendable {
    let form: ReturnForm
    let catalogue: IndicatorCatalogue

    public init(form: ReturnForm, catalogue: IndicatorCatalogue) {
        self.form = form
        self.catalogue = catalogue
    }

    /// Reads a file. `schoolYear` counts where the file names none; `progress` hears the number of rows read now and then.
    /// Throws `FileRefusal` when the file as a whole cannot be read.
    public func read(
        _ url: URL, schoolYear: SchoolYear, importID: String = "", progress: (Int) -> Void = { _ in }
    ) throws -> ReturnImport {
        let file = try SheetFile(url)
        let marks = try file.marks()
        let (sheet, match) = try findSheet(file)
        let named = marks[TemplateMark.year].flatMap { SchoolYear(text: $0) }
        var rows = ReturnRows(form: form, catalogue: catalogue, sheet: sheet, match: match)
        let missing = form.columns.indices.filter { form.columns[$0].required && match.columns[$0] == nil }
        if !missing.isEmpty {
            let names = missing.map { form.columns[$0].header }.joined(separator: "、")
            throw FileRefusal(
                "return.header.missing", "\(sheet)!\(match.lastRow)", "第\(match.lastRow)行表头缺少必需的列：\(names)。请按模板补上，列的先后不限")
        }
        var table = ReturnTable(form: form, schoolYear: named ?? schoolYear)
        table.begin(ReturnOrigin(importID: importID, file: file.name, sheet: sheet, columns: rows.originColumns))
        var count = 0
        try file.rows(of: sheet) { row in
            guard row.number > match.lastRow, let read = rows.read(row) else { return }
            table.append(read)
            count += 1
            if count % 1_000 == 0 { progress(count) }
        }
        if rows.rowsRead == 0 {
            throw FileRefusal("return.rows.none", sheet, "表头下面没有一行数据")
        }
        progress(count)
        let macros =
            file.hasMacros ? [Diagnostic(.warning, "file.macros", at: .file(file.name), "工作簿带有宏，宏没有运行，只读取了单元格")] : []
        return ReturnImport(
            table: table, diagnostics: macros + rows.headerNotes + rows.diagnostics, refusedRows: rows.refused, rowsRead: rows.rowsRead,
            sheet: sheet,
            headerRow: match.lastRow, schoolYear: named)
    }

    private func findSheet(_ file: SheetFile) throws -> (String, HeaderMatch) {
        var best: (String, HeaderMatch)?
        for sheet in file.sheets {
            var head: [SheetRow] = []
            do {
                try file.rows(of: sheet) { row in
                    head.append(row)
                    if head.count >= HeaderMatch.searchedRows { throw EnoughRows() }
                }
            } catch is EnoughRows {}
            guard let match = HeaderMatch.find(in: head, form: form), match.score > (best?.1.score ?? 1) else { continue }
            best = (sheet, match)
        }
        if let best { return best }
        let wanted = form.columns.filter(\.required).map(\.header).joined(separator: "、")
        throw FileRefusal("return.header.none", file.name, "没有找到表头。表头里至少要有：\(wanted)。可下载“\(form.label.zh)”模板对照")
    }

    private struct EnoughRows: Error {}
}
