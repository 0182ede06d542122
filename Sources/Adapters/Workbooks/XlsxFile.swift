internal import Foundation
internal import Indicators

/// The parts of an xlsx file that its rows are read with.
struct XlsxFile: Sendable {
    struct Sheet: Sendable {
        var name: String
        var entry: String
        var isHidden: Bool
    }

    let url: URL
    private(set) var sheets: [Sheet] = []
    /// The file carries macros; they are never run.
    private(set) var hasMacros = false
    private var sharedStrings: [String] = []
    private var dateStyles: Set<Int> = []

    init(_ url: URL) throws {
        self.url = url
        let archive = try ZipArchive(url)
        guard archive.contains("xl/workbook.xml") else {
            throw FileRefusal(
                "file.kind", url.lastPathComponent,
                archive.contains("content.xml")
                    ? "这是 OpenDocument 表格（.ods 一类）。请用 Excel 或 WPS 另存为 .xlsx 后再上传" : "这不是 Excel 工作簿（.xlsx）。请用 Excel 或 WPS 另存为 .xlsx 后再上传")
        }
        hasMacros = archive.contains("xl/vbaProject.bin")
        let workbook = WorkbookListener()
        try XlsxFile.parse(archive, "xl/workbook.xml", workbook)
        let relations = RelationListener()
        if archive.contains("xl/_rels/workbook.xml.rels") { try XlsxFile.parse(archive, "xl/_rels/workbook.xml.rels", relations) }
        sheets = workbook.sheets.compactMap { sheet in
            guard let target = relations.targets[sheet.relation] else { return nil }
            let entry = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
            return archive.contains(entry) ? Sheet(name: sheet.name, entry: entry, isHidden: sheet.isHidden) : nil
        }
        if sheets.isEmpty { throw FileRefusal("file.sheets", url.lastPathComponent, "工作簿里没有工作表") }
        if archive.contains("xl/sharedStrings.xml") {
            let strings = StringListener()
            try XlsxFile.parse(archive, "xl/sharedStrings.xml", strings)
            sharedStrings = strings.strings
        }
        if archive.contains("xl/styles.xml") {
            let styles = StyleListener()
            try XlsxFile.parse(archive, "xl/styles.xml", styles)
            dateStyles = styles.dateStyles
        }
    }

    func rows(of name: String, _ body: (SheetRow) throws -> Void) throws {
        guard let sheet = sheets.first(where: { $0.name == name }) else {
            throw FileRefusal("file.sheet", url.lastPathComponent, "工作簿里没有名为“\(name)”的工作表")
        }
        let archive = try ZipArchive(url)
        let listener = RowListener(sharedStrings: sharedStrings, dateStyles: dateStyles)
        guard let stream = XmlStream(listener) else { throw archive.damaged(sheet.entry) }
        try archive.read(sheet.entry) { bytes in
            guard stream.feed(bytes) else { throw archive.damaged(sheet.entry) }
            for row in listener.takeRows() { try body(row) }
        }
        guard stream.finish() else { throw archive.damaged(sheet.entry) }
        for row in listener.takeRows() { try body(row) }
    }

    private static func parse(_ archive: ZipArchive, _ entry: String, _ listener: any XmlListener) throws {
        guard let stream = XmlStream(listener) else { throw archive.damaged(entry) }
        try archive.read(entry) { if !stream.feed($0) { throw archive.damaged(entry) } }
        if !stream.finish() { throw archive.damaged(entry) }
    }
}
