internal import Foundation
internal import Indicators

/// The parts of an xlsx file that its rows are read with.
struct XlsxFile: Sendable {
    struct Sheet: Sendable {
        var name: String
        var entry: String
        var isHidden: Bool
    }

    private static let sheetLimit = 300

    let url: URL
    /// What the person called the file.
    let name: String
    private(set) var sheets: [Sheet] = []
    /// The file carries macros; they are never run.
    private(set) var hasMacros = false
    private(set) var strings = SharedStrings()
    private(set) var isDateStyle: [Bool] = []
    private(set) var countsFrom1904 = false
    /// There are cell styles and fills that coloured ones can be added to.
    private(set) var hasStyles = false

    init(_ url: URL, name: String) throws {
        self.url = url
        self.name = name
        let archive = try ZipArchive(url, name: name)
        guard archive.contains("xl/workbook.xml") else { throw XlsxFile.otherKind(archive, name) }
        hasMacros = archive.contains("xl/vbaProject.bin")
        let workbook = WorkbookListener()
        try XlsxFile.parse(archive, "xl/workbook.xml", workbook)
        countsFrom1904 = workbook.countsFrom1904
        let relations = RelationListener()
        if archive.contains("xl/_rels/workbook.xml.rels") { try XlsxFile.parse(archive, "xl/_rels/workbook.xml.rels", relations) }
        sheets = workbook.sheets.compactMap { sheet in
            guard let target = relations.targets[sheet.relation] else { return nil }
            let entry = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
            return archive.contains(entry) ? Sheet(name: sheet.name, entry: entry, isHidden: sheet.isHidden) : nil
        }
        if sheets.isEmpty { throw FileRefusal("file.sheets", name, "工作簿里没有工作表") }
        if sheets.count > XlsxFile.sheetLimit {
            throw FileRefusal("file.sheets", name, "工作簿有 \(sheets.count) 张工作表，太多了。请只保留要上报的几张后另存")
        }
        if Set(sheets.map(\.name)).count < sheets.count {
            throw FileRefusal("file.damaged", name, "工作簿里有同名的工作表，分不清读哪一张。请在 Excel 或 WPS 中打开后另存一份再上传")
        }
        try readStringsAndStyles(archive)
    }

    private mutating func readStringsAndStyles(_ archive: ZipArchive) throws {
        if archive.contains("xl/sharedStrings.xml") {
            let listener = StringListener()
            try XlsxFile.parse(archive, "xl/sharedStrings.xml", listener)
            if listener.isTooLong { throw archive.bomb() }
            strings = listener.strings
        }
        if archive.contains("xl/styles.xml") {
            let styles = StyleListener()
            try XlsxFile.parse(archive, "xl/styles.xml", styles)
            isDateStyle = styles.isDate
            hasStyles = styles.hasFills && !styles.isDate.isEmpty
        }
    }

    private static func otherKind(_ archive: ZipArchive, _ name: String) -> FileRefusal {
        if archive.contains("content.xml") {
            return FileRefusal("file.kind", name, "这是 OpenDocument 表格（.ods 一类）。请用 Excel 或 WPS 另存为 .xlsx 后再上传")
        }
        if archive.contains("xl/workbook.bin") {
            return FileRefusal("file.kind", name, "这是二进制工作簿（.xlsb）。请用 Excel 或 WPS 另存为 .xlsx 后再上传")
        }
        return FileRefusal("file.kind", name, "这不是 Excel 工作簿（.xlsx）。请用 Excel 或 WPS 另存为 .xlsx 后再上传")
    }

    func sheet(_ title: String) throws -> Sheet {
        guard let sheet = sheets.first(where: { $0.name == title }) else {
            throw FileRefusal("file.sheet", name, "工作簿里没有名为“\(title)”的工作表")
        }
        return sheet
    }

    static func parse(_ archive: ZipArchive, _ entry: String, _ listener: XmlListener) throws {
        guard let stream = XmlStream(listener) else { throw archive.damaged(entry) }
        try archive.read(entry) { if !stream.feed($0) { throw archive.damaged(entry) } }
        if !stream.finish() { throw archive.damaged(entry) }
    }
}

/// The rows of one worksheet.
final class XlsxRows: RowSource {
    private let archive: ZipArchive
    private let sheet: XlsxFile.Sheet
    private let file: String
    private let entry: ZipEntry
    private let listener: RowListener
    private let stream: XmlStream
    private var ready: [SheetRow] = []
    private var place = 0
    private var isFinished = false
    var isSearching = false
    /// Thirty rows of the widest sheet are no longer.
    private static let searchedBytes = 10_000_000

    init(_ file: XlsxFile, _ title: String) throws {
        sheet = try file.sheet(title)
        self.file = file.name
        archive = try ZipArchive(file.url, name: file.name)
        entry = try ZipEntry(archive, sheet.entry)
        listener = RowListener(file)
        guard let stream = XmlStream(listener) else { throw archive.damaged(sheet.entry) }
        self.stream = stream
    }

    var fraction: Double? { isFinished ? 1 : entry.fraction }
    var width: Int {
        get { listener.parser.width }
        set { listener.parser.width = newValue }
    }

    func next() throws -> SheetRow? {
        while place == ready.count {
            if isFinished || (isSearching && entry.done > XlsxRows.searchedBytes) { return nil }
            try advance()
        }
        place += 1
        return ready[place - 1]
    }

    private func advance() throws {
        if let bytes = try entry.next() {
            guard stream.feed(bytes) else { throw archive.damaged(sheet.entry) }
        } else {
            guard stream.finish() else { throw archive.damaged(sheet.entry) }
            isFinished = true
        }
        if let problem = listener.parser.problem {
            throw FileRefusal("file.cells", file, "工作表“\(sheet.name)”\(problem)。请在 Excel 或 WPS 中打开后另存一份再上传")
        }
        listener.parser.swapRows(&ready)
        place = 0
    }
}
