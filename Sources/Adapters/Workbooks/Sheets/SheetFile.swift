public import Foundation
internal import Indicators
internal import Vocabulary

/// A file with sheets that a person handed in: xlsx, or a CSV taken for one sheet.
public struct SheetFile: Sendable {
    /// What the person called the file.
    public let name: String
    let url: URL
    let content: Content

    enum Content: Sendable {
        case xlsx(XlsxFile)
        case table(TextEncoding)
    }

    public var sheets: [String] {
        switch content {
        case .xlsx(let file): file.sheets.filter { !$0.isHidden }.map(\.name)
        case .table: [(name as NSString).deletingPathExtension]
        }
    }

    /// Macros are never run; whoever reads says so.
    var hasMacros: Bool {
        if case .xlsx(let file) = content { return file.hasMacros }
        return false
    }

    /// Largest file taken, in bytes.
    public static let sizeLimit = 200_000_000

    /// Opens a file by what it holds, not by its name. `name` is what the person called it; by default the file's own name.
    /// Throws `FileRefusal` in the user's words.
    public init(_ url: URL, name given: String? = nil) throws {
        let name = given ?? url.lastPathComponent
        self.name = name
        self.url = url
        let size: Int
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
            guard attributes[.type] as? FileAttributeType == .typeRegular else { throw FileRefusal.notAFile(name) }
            size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        } catch let refusal as FileRefusal {
            throw refusal
        } catch {
            throw FileRefusal("file.missing", name, "找不到文件或没有读取权限，请核对路径")
        }
        if size == 0 { throw FileRefusal("file.empty", name, "文件是空的") }
        if size > SheetFile.sizeLimit {
            throw FileRefusal("file.size", name, "文件有 \(size / 1_000_000) MB，超过 200 MB 的上限，请只保留要上报的工作表后另存")
        }
        let head = try FileHandle(forReadingFrom: url).read(upToCount: 8) ?? Data()
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw FileRefusal("file.ole", name, "这是旧版 .xls 或 .et 文件，或加了密码的工作簿。请用 Excel 或 WPS 打开，去掉密码，“另存为”.xlsx 后再上传")
        }
        content =
            head.starts(with: [0x50, 0x4B]) ? .xlsx(try XlsxFile(url, name: name)) : .table(try TextEncoding.of(url, name: name))
    }

    /// A sheet, before its first row.
    func open(_ sheet: String) throws -> any RowSource {
        switch content {
        case .xlsx(let file): try XlsxRows(file, sheet)
        case .table(let encoding): try DelimitedRows(url, encoding, name: name)
        }
    }

    /// Hands over every row of a sheet that has cells, from top to bottom.
    public func rows(of sheet: String, _ body: (SheetRow) throws -> Void) throws {
        let source = try open(sheet)
        while let row = try source.next() { try body(row) }
    }

    /// The first rows of a source, at most `count`.
    static func head(of source: any RowSource, _ count: Int) throws -> [SheetRow] {
        var head: [SheetRow] = []
        source.isSearching = true
        defer { source.isSearching = false }
        while head.count < count, let row = try source.next() { head.append(row) }
        return head
    }

    /// Text of the hidden sheet by which templates are marked, by key.
    public func marks() throws -> [String: String] {
        guard case .xlsx(let file) = content, file.sheets.contains(where: { $0.name == TemplateMark.sheet }) else { return [:] }
        var marks: [String: String] = [:]
        for row in try SheetFile.head(of: try open(TemplateMark.sheet), 20) { marks[row[0].plain] = row[1].plain }
        return marks
    }
}

/// The hidden sheet of a template.
enum TemplateMark {
    static let sheet = "均衡模板"
    static let form = "form"
    static let version = "version"
    static let year = "schoolYear"
}

extension FileRefusal {
    static func notAFile(_ name: String) -> FileRefusal { FileRefusal("file.kind", name, "这不是一个文件") }
}
