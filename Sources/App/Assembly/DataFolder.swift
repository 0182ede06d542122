public import DemoCity
public import Foundation
public import Indicators
internal import Reporting
public import Vocabulary
internal import Workbooks

/// A folder with one sub-folder per school year holding the workbooks of that year.
public struct DataFolder: Sendable {
    public let url: URL
    let catalogue: IndicatorCatalogue

    public init(_ url: URL, catalogue: IndicatorCatalogue) {
        self.url = url
        self.catalogue = catalogue
    }

    public var schoolYears: [SchoolYear] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        return names.compactMap { SchoolYear(text: $0) }.filter { !files($0).isEmpty }.sorted(by: >)
    }

    /// Workbooks of a year in order of name.
    public func files(_ year: SchoolYear) -> [URL] {
        let folder = url.appendingPathComponent(String(year.start))
        let found = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return found.filter { ["xlsx", "csv"].contains($0.pathExtension.lowercased()) && !$0.lastPathComponent.hasPrefix("~") }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// The rows of a form from all workbooks of a year. Throws `DataFolderRefusal` with every complaint when one is not taken.
    public func table(_ form: ReturnForm, _ year: SchoolYear) throws -> ReturnTable? {
        var whole: ReturnTable?
        for file in files(year) {
            let sheets = try SheetFile(file).sheets
            guard file.pathExtension.lowercased() == "csv" || sheets.contains(form.sheet) || form.key == "code" else { continue }
            let read = try ReturnReader(form: form, catalogue: catalogue).read(file, schoolYear: year)
            if !read.errors.isEmpty { throw DataFolderRefusal(file: file.lastPathComponent, diagnostics: read.errors) }
            if whole == nil { whole = ReturnTable(form: form, schoolYear: year) }
            for row in 0..<read.table.count {
                if row == 0, let origin = read.table.origin(0) { whole?.begin(origin) }
                whole?.append(read.table.row(row))
            }
        }
        return whole
    }

    /// Writes the demo city, a workbook per year, where the folder holds nothing yet.
    public func fill(with city: DemoCity) throws {
        guard schoolYears.isEmpty, let form = catalogue.forms["school-return"], let counties = catalogue.forms["county-return"] else {
            return
        }
        for year in city.schoolYears {
            let folder = url.appendingPathComponent(String(year.start))
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let title = "\(city.name)\(year.label.zh)（演示数据，均为虚构）"
            let book = SheetBook([
                FilledForm.sheet(form, city.schoolRows(year), title: title, catalogue: catalogue),
                FilledForm.sheet(counties, city.countyRows(year, form: counties), title: title, catalogue: catalogue),
            ])
            try XlsxWriter().write(book).write(to: folder.appendingPathComponent("\(city.name)\(year.start).xlsx"), options: .atomic)
        }
    }
}

/// A workbook of the folder is not taken.
public struct DataFolderRefusal: Error, CustomStringConvertible {
    public var file: String
    public var diagnostics: [Diagnostic]
    public var description: String { diagnostics.prefix(20).map { "\(file) \($0)" }.joined(separator: "\n") }
}
