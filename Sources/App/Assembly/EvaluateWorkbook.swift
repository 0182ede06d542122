public import Foundation
public import Indicators
public import Vocabulary
internal import Workbooks

/// A county's workbook in, its verdict out; no database.
public struct EvaluateWorkbook: Sendable {
    public var file: URL
    public var standard: String
    public var schoolYear: SchoolYear?
    /// Take the rows without errors and leave the others out.
    public var goodRowsOnly: Bool
    let catalogue: IndicatorCatalogue

    public init(_ file: URL, standard: String, schoolYear: SchoolYear?, goodRowsOnly: Bool, catalogue: IndicatorCatalogue) {
        self.file = file
        self.standard = standard
        self.schoolYear = schoolYear
        self.goodRowsOnly = goodRowsOnly
        self.catalogue = catalogue
    }

    public enum Outcome: Sendable {
        case evaluated(StandardResult, Evaluation, [Diagnostic])
        case refused([Diagnostic])
    }

    /// `today` decides the school year where neither the caller nor the file names one; `progress` hears the rows read
    /// and the part of the file (0 to 1) now and then.
    public func run(today: Day, progress: (Int, Double?) -> Void = { _, _ in }) -> Outcome {
        guard let rules = catalogue.standards[standard], let form = catalogue.forms[rules.form] else {
            let known = catalogue.standards.keys.sorted().joined(separator: "、")
            return .refused([Diagnostic(.error, "standard.unknown", at: .file(standard), "没有这个标准。可用：\(known)")])
        }
        do {
            let book = try SheetFile(file)
            var read = try ReturnReader(form: form, catalogue: catalogue)
                .read(book, schoolYear: schoolYear ?? today.schoolYear, progress: progress)
            if let schoolYear { read.table = read.table.of(schoolYear) }
            let county = try countyReturn(rules, form, book, read.table.schoolYear)
            let diagnostics = read.diagnostics + (county?.diagnostics ?? []) + yearNote(read, today)
            if diagnostics.contains(where: { $0.severity == .error }), !goodRowsOnly { return .refused(diagnostics) }
            if read.table.count == 0 { return .refused(diagnostics) }
            let evaluation = Evaluation(
                rules, catalogue: catalogue, schools: read.table,
                counties: rules.countyForm == rules.form ? read.table : county?.table)
            return .evaluated(evaluation.run(), evaluation, diagnostics)
        } catch let refusal as FileRefusal {
            return .refused([refusal.diagnostic])
        } catch {
            return .refused([Diagnostic(.error, "file.unreadable", at: .file(file.lastPathComponent), "读不出来：\(error)")])
        }
    }

    /// Says which school year was taken where neither the caller nor the file names one.
    private func yearNote(_ read: ReturnImport, _ today: Day) -> [Diagnostic] {
        guard schoolYear == nil, read.schoolYear == nil else { return [] }
        let text = "表里没有写明学年，按\(today.schoolYear.label.zh)计算。不对的话请用 --year 指定"
        return [Diagnostic(.warning, "return.year.assumed", at: .file(file.lastPathComponent), text)]
    }

    /// The county's own figures, where the same workbook carries a sheet of them. A sheet not yet filled in counts as none.
    private func countyReturn(_ rules: Standard, _ schools: ReturnForm, _ book: SheetFile, _ year: SchoolYear) throws -> ReturnImport? {
        guard let id = rules.countyForm, id != rules.form, let form = catalogue.forms[id],
            try WorkbookReader(catalogue: catalogue).forms(in: book, among: [schools, form]).contains(where: { $0.id == id })
        else { return nil }
        do {
            var read = try ReturnReader(form: form, catalogue: catalogue).read(book, schoolYear: year)
            read.table = read.table.of(year)
            return read
        } catch let refusal as FileRefusal where refusal.diagnostic.code == "return.rows.none" {
            return nil
        }
    }

    /// The file as it was handed in, its wrong cells coloured, with a column 错误原因; nil where nothing is said of any cell.
    public func marked(_ diagnostics: [Diagnostic]) throws -> Data? {
        let isCell = diagnostics.contains { if case .cell = $0.place { $0.severity != .note } else { false } }
        guard isCell else { return nil }
        return try WorkbookReader(catalogue: catalogue).marked(file, name: file.lastPathComponent, with: diagnostics)
    }
}
