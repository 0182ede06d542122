public import Indicators
public import Reporting

/// A form with rows filled in, as a sheet a reader takes back.
public enum FilledForm {
    public static func sheet(_ form: ReturnForm, _ rows: [ReturnRow], title: String, catalogue: IndicatorCatalogue) -> SheetBook.Sheet {
        SheetBook.Sheet(
            name: form.sheet, title: title, columns: form.templateColumns.map { SheetBook.Column($0.header, width: 14, decimals: 0) },
            rows: rows.map { row in form.templateColumns.map { cell($0, row, catalogue) } }, frozenColumns: 2)
    }

    private static func cell(_ column: ReturnForm.Column, _ row: ReturnRow, _ catalogue: IndicatorCatalogue) -> SheetBook.Cell {
        switch column.field {
        case .fact(let key): return SheetBook.Cell(row.facts[key]?.number.map { $0 / column.scale })
        case .attribute(let id):
            let text = row.attributes[id] ?? ""
            return text.isEmpty ? .empty : .text(id == "kind" ? catalogue.kind(text)?.label ?? text : text)
        }
    }
}
