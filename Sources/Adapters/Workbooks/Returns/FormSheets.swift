internal import Indicators
internal import Vocabulary

/// Which sheet of a file holds which form.
struct FormSheets {
    let file: SheetFile

    /// A sheet in which a form's header was found, read as far as the search went.
    struct Found {
        var sheet: String
        var source: any RowSource
        var head: [SheetRow]
        var match: HeaderMatch
    }

    /// The sheet most like the form, before the row after its header. Throws a refusal that says what a header needs.
    func best(for form: ReturnForm) throws -> Found {
        let names = HeaderNames(form)
        var best: Found?
        for sheet in file.sheets {
            let source = try file.open(sheet)
            let head = try SheetFile.head(of: source, HeaderMatch.searchedRows)
            guard let match = HeaderMatch.find(in: SheetHead(head), names), match.score > (best?.match.score ?? 1) else { continue }
            best = Found(sheet: sheet, source: source, head: head, match: match)
        }
        guard let best else { throw FormSheets.none(form, file.name) }
        let missing = best.match.missing(of: form)
        guard missing.isEmpty else { throw FormSheets.missing(missing, best.sheet, best.match) }
        best.source.width = max(best.match.width, 4)
        return best
    }

    /// The forms the visible sheets hold, at most one a sheet, in the order given.
    func held(among forms: [ReturnForm]) throws -> [ReturnForm] {
        let names = forms.map(HeaderNames.init)
        let marked = try file.marks()[TemplateMark.form]
        var held: Set<Int> = []
        var complaint: FileRefusal?
        for sheet in file.sheets {
            let head = SheetHead(try SheetFile.head(of: try file.open(sheet), HeaderMatch.searchedRows))
            let matches = names.map { HeaderMatch.find(in: head, $0) }
            // Columns found decide; between forms with the same columns the template's mark, then the sheet's name.
            func rank(_ place: Int) -> (Int, Int, Int) {
                (matches[place]?.score ?? 0, forms[place].id == marked ? 1 : 0, forms[place].sheet == sheet ? 1 : 0)
            }
            guard let place = forms.indices.max(by: { rank($0) < rank($1) }), let match = matches[place] else { continue }
            let missing = match.missing(of: forms[place])
            if missing.isEmpty || match.score * 2 >= forms[place].columns.count || forms[place].sheet == sheet { held.insert(place) }
            if !missing.isEmpty, complaint == nil { complaint = FormSheets.missing(missing, sheet, match) }
        }
        guard held.isEmpty else { return held.sorted().map { forms[$0] } }
        if let complaint { throw complaint }
        throw forms.first.map { FormSheets.none($0, file.name) } ?? FileRefusal("return.header.none", file.name, "没有可以读取的表")
    }

    /// Row of the sheet (from 1) in which the header of some form ends.
    func headerRow(in head: [SheetRow], among forms: [ReturnForm]) -> Int? {
        let head = SheetHead(head)
        return forms.compactMap { HeaderMatch.find(in: head, HeaderNames($0)) }.max { $0.score < $1.score }?.lastRow
    }

    private static func none(_ form: ReturnForm, _ file: String) -> FileRefusal {
        let wanted = form.columns.filter(\.required).map(\.header).joined(separator: "、")
        return FileRefusal("return.header.none", file, "没有找到表头。表头里至少要有：\(wanted)。可下载“\(form.label.zh)”模板对照")
    }

    private static func missing(_ names: [String], _ sheet: String, _ match: HeaderMatch) -> FileRefusal {
        FileRefusal(
            "return.header.missing", "\(sheet)!\(match.lastRow)",
            "第\(match.lastRow)行表头缺少必需的列：\(names.joined(separator: "、"))。请按模板补上，列的先后不限")
    }
}
