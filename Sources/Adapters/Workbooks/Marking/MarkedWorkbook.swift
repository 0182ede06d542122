internal import CZip
internal import Foundation
internal import Indicators
internal import Vocabulary

/// A workbook handed back: the same file with wrong cells coloured and a column that says why.
struct MarkedWorkbook {
    let file: SheetFile
    let book: XlsxFile
    let forms: [ReturnForm]

    func make(_ marks: [String: SheetMarks]) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appendingPathComponent("book.xlsx")
        try FileManager.default.copyItem(at: book.url, to: copy)
        let styles = try StylePatch(try ZipArchive(book.url, name: book.name))
        var parts: [(entry: String, url: URL)] = []
        for sheet in book.sheets {
            guard let sheetMarks = marks[sheet.name] else { continue }
            let part = folder.appendingPathComponent("sheet\(parts.count).xml")
            try patch(sheet, sheetMarks, styles, to: part)
            parts.append((sheet.entry, part))
        }
        let part = folder.appendingPathComponent("styles.xml")
        try Data(styles.write()).write(to: part)
        parts.append(("xl/styles.xml", part))
        if book.hasMacros { parts += try withoutMacros(folder) }
        try replace(parts, in: copy)
        return try Data(contentsOf: copy)
    }

    private func patch(_ sheet: XlsxFile.Sheet, _ marks: SheetMarks, _ styles: StylePatch, to part: URL) throws {
        let head = try SheetFile.head(of: try file.open(sheet.name), HeaderMatch.searchedRows)
        let headerRow = FormSheets(file: file).headerRow(in: head, among: forms)
        let header = head.first { $0.number == headerRow }
        let scan = SheetScan()
        let archive = try ZipArchive(book.url, name: book.name)
        try XlsxFile.parse(archive, sheet.entry, scan)
        let known = header?.cells.lastIndex { PlainText.header($0.plain) == SheetHead.reasons }.map { $0 + 1 }
        let reasonColumn = min(known ?? scan.lastColumn + 1, SheetLimit.columns)
        guard FileManager.default.createFile(atPath: part.path, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
        let output = BufferedOutput(try FileHandle(forWritingTo: part))
        let entry = try ZipEntry(archive, sheet.entry)
        var rewrite = SheetPatch(marks, styles, headerRow: headerRow, reasonColumn: reasonColumn, hasOldReasons: known != nil) {
            try output.write($0)
        }
        try rewrite.run(XmlTokens { try entry.next() })
        try output.close()
    }

    /// The parts that speak of macros, without them: a workbook with macros must not be called .xlsx, and none are handed on.
    private func withoutMacros(_ folder: URL) throws -> [(entry: String, url: URL)] {
        try ["[Content_Types].xml", "xl/_rels/workbook.xml.rels"].enumerated().map { place, name in
            let entry = try ZipEntry(try ZipArchive(book.url, name: book.name), name)
            let tokens = XmlTokens { try entry.next() }
            let url = folder.appendingPathComponent("part\(place).xml")
            var bytes: [UInt8] = []
            while let token = try tokens.next() {
                switch token {
                case .text(let text): bytes += text
                case .tag(let tag):
                    if (tag["PartName"] ?? tag["Target"] ?? "").contains("vba") { continue }
                    let isMain = tag["ContentType"]?.contains("macroEnabled.main") == true
                    bytes += isMain ? tag.setting("ContentType", MarkedWorkbook.plainType).bytes : tag.bytes
                }
            }
            try Data(bytes).write(to: url)
            return (name, url)
        }
    }

    private static let plainType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

    /// Puts new parts in the place of old ones; all others stay packed as they are.
    private func replace(_ parts: [(entry: String, url: URL)], in copy: URL) throws {
        var code: Int32 = 0
        guard let archive = zip_open(copy.path, 0, &code) else { throw CocoaError(.fileReadCorruptFile) }
        for part in parts {
            let exact = zip_name_locate(archive, part.entry, 0)
            let place = exact >= 0 ? exact : zip_name_locate(archive, part.entry, zip_flags_t(ZIP_FL_NOCASE))
            let source = zip_source_file(archive, part.url.path, 0, -1)
            guard place >= 0, let source, zip_file_replace(archive, zip_uint64_t(place), source, 0) == 0 else {
                zip_discard(archive)
                throw CocoaError(.fileWriteUnknown)
            }
        }
        for name in ["xl/vbaProject.bin", "xl/_rels/vbaProject.bin.rels", "xl/vbaProjectSignature.bin"] {
            let place = zip_name_locate(archive, name, 0)
            if place >= 0 { zip_delete(archive, zip_uint64_t(place)) }
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw CocoaError(.fileWriteUnknown)
        }
    }
}

/// Gathers small writes.
final class BufferedOutput {
    private let file: FileHandle
    private var bytes: [UInt8] = []

    init(_ file: FileHandle) { self.file = file }

    func write(_ more: ArraySlice<UInt8>) throws {
        bytes += more
        if bytes.count > 1 << 18 { try flush() }
    }

    private func flush() throws {
        try file.write(contentsOf: bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    func close() throws {
        try flush()
        try file.close()
    }
}
