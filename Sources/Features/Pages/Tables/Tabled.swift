public import Hummingbird
public import Reporting

/// A page whose tables can be handed out as workbooks.
public protocol Tabled: Sendable {
    var page: PageFrame { get }
    var tables: [ShownTable] { get }
}

extension TemplateLibrary {
    /// The page, or the workbook of the one of its tables that is asked for; a refused page says so by its status.
    public func answer(
        _ page: some Tabled, _ template: String, _ query: PageQuery, books: any SheetBookWriter, isRefused: Bool = false
    ) throws -> Response {
        guard let id = query.exported else {
            return Answer.page(try html(page, template), status: isRefused ? .unprocessableContent : .ok)
        }
        guard let table = page.tables.first(where: { $0.id == id }) else { throw PageMissing("这一页没有要导出的表") }
        let book = table.book(title: page.page.title, notes: [page.page.lead])
        return Answer.file(try books.write(book), name: "\(table.caption).xlsx", type: Answer.xlsx)
    }
}
