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

    /// `today` decides the school year where neither the caller nor the file names one.
    public func run(today: Day) -> Outcome {
        guard let rules = catalogue.standards[standard], let form = catalogue.forms[rules.form] else {
            let known = catalogue.standards.keys.sorted().joined(separator: "、")
            return .refused([Diagnostic(.error, "standard.unknown", at: .file(standard), "没有这个标准。可用：\(known)")])
        }
        do {
            let reader = ReturnReader(form: form, catalogue: catalogue)
            var read = try reader.read(file, schoolYear: schoolYear ?? today.schoolYear)
            if let schoolYear { read.table = read.table.of(schoolYear) }
            if !read.errors.isEmpty, !goodRowsOnly { return .refused(read.diagnostics) }
            if read.table.count == 0 { return .refused(read.diagnostics) }
            let evaluation = Evaluation(
                rules, catalogue: catalogue, schools: read.table,
                counties: rules.countyForm == rules.form ? read.table : countyTable(rules, read.table.schoolYear))
            return .evaluated(evaluation.run(), evaluation, read.diagnostics)
        } catch let refusal as FileRefusal {
            return .refused([refusal.diagnostic])
        } catch {
            return .refused([Diagnostic(.error, "file.unreadable", at: .file(file.lastPathComponent), "读不出来：\(error)")])
        }
    }

    /// The county's own figures, where the same workbook carries a sheet of them.
    private func countyTable(_ rules: Standard, _ year: SchoolYear) -> ReturnTable? {
        guard let id = rules.countyForm, let form = catalogue.forms[id], let sheets = try? SheetFile(file).sheets,
            sheets.contains(form.sheet)
        else { return nil }
        let read = try? ReturnReader(form: form, catalogue: catalogue).read(file, schoolYear: year)
        return read?.table
    }
}
