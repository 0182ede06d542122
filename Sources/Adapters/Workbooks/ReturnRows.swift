internal import Indicators
internal import Vocabulary

/// Turns the rows of one sheet into rows of a form and complains by cell.
struct ReturnRows {
    let form: ReturnForm
    let catalogue: IndicatorCatalogue
    let sheet: String
    let match: HeaderMatch
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var refused: Set<Int> = []
    private(set) var rowsRead = 0
    private let checks: [DataCheck]
    /// Row and county in which a key was first seen.
    private var seen: [String: (row: Int, county: String)] = [:]

    init(form: ReturnForm, catalogue: IndicatorCatalogue, sheet: String, match: HeaderMatch) {
        self.form = form
        self.catalogue = catalogue
        self.sheet = sheet
        self.match = match
        checks = catalogue.checks.filter { $0.form == form.id }
    }

    /// Sheet column (from 1) of every field, for explanations.
    var originColumns: [String: Int] {
        var columns: [String: Int] = [:]
        for (index, place) in match.columns { columns[form.columns[index].field.key] = place.column + 1 }
        for total in match.totals {
            guard let element = catalogue.elements[total.total.element], let column = total.columns.first else { continue }
            for stage in Stage.allCases where form.column(.fact(FactKey(element.id, stage))) != nil {
                let key = FactKey(element.id, stage).description
                if columns[key] == nil { columns[key] = column + 1 }
            }
        }
        return columns
    }

    /// The row as values of the form; nil for rows that hold no school or cannot be taken.
    mutating func read(_ row: SheetRow) -> ReturnRow? {
        guard !row.isBlank, !isTotal(row) else { return nil }
        if let flag = match.branchFlag, ["0", "否"].contains(PlainText.normal(row[flag].plain)) {
            warn("return.branch", row, flag, "是否计校数为 0，按校区处理，没有单独计入；请把它的数并入所属学校")
            return nil
        }
        rowsRead += 1
        let before = diagnostics.count
        var result = ReturnRow(number: row.number, attributes: [:], facts: [:])
        for (index, column) in form.columns.enumerated() {
            guard let place = match.columns[index] else { continue }
            switch column.field {
            case .attribute(let id): result.attributes[id] = attribute(id, column, row, place.column)
            case .fact(let key): result.facts[key] = fact(key, column, row, place)
            }
        }
        addTotals(row, &result)
        checkKey(row, result)
        checkPlausible(row, result)
        if diagnostics[before...].contains(where: { $0.severity == .error }) {
            refused.insert(row.number)
            return nil
        }
        return result
    }

    /// Rows such as 合计 under or above the schools.
    private func isTotal(_ row: SheetRow) -> Bool {
        row.cells.prefix(4).contains { cell in
            guard case .text(let text) = cell else { return false }
            return ["合计", "总计", "小计", "全县合计", "全市合计"].contains(PlainText.normal(text).filter { $0 != " " })
        }
    }

    // MARK: Cells

    private mutating func fact(
        _ key: FactKey, _ column: ReturnForm.Column, _ row: SheetRow, _ place: (column: Int, scale: Double)
    ) -> Fact {
        let cell = row[place.column]
        if cell.isEmpty { return .absent(.blank) }
        guard let number = number(cell) else {
            let what =
                switch cell {
                case .failure(let text): "公式出错（\(text)），请改正公式或直接填数"
                case .date: "这里是日期，应填数；请把单元格格式改为“常规”后重填"
                default: "“\(cell.plain.prefix(20))”不是数。没有的填 0，不知道的留空"
                }
            complain("return.number", row, place.column, "\(column.header)：\(what)")
            return .absent(.unreadable)
        }
        return checked(number, key, column, row, place)
    }

    private func number(_ cell: SheetCell) -> Double? {
        switch cell {
        case .number(let value): value
        case .text(let text): PlainText.number(text)
        default: nil
        }
    }

    private mutating func checked(
        _ number: Double, _ key: FactKey, _ column: ReturnForm.Column, _ row: SheetRow, _ place: (column: Int, scale: Double)
    ) -> Fact {
        guard let element = catalogue.elements[key.element] else { return .known(number * place.scale) }
        let value = number * place.scale
        if value < element.minimum {
            let least = element.minimum == 0 ? "不能是负数" : "不应小于 \(Self.plain(element.minimum))\(element.unit)"
            complain("return.number.low", row, place.column, "\(column.header)填了 \(Self.plain(number))，\(least)，请核对")
            return .absent(.unreadable)
        }
        if value > element.maximum {
            complain(
                "return.number.high", row, place.column,
                "\(column.header)填了 \(Self.plain(number))，大得不合常理（上限 \(Self.plain(element.maximum / place.scale))），请核对单位和小数点")
            return .absent(.unreadable)
        }
        if element.isWhole, value != value.rounded() {
            complain("return.number.whole", row, place.column, "\(column.header)填了 \(Self.plain(number))，应是整数")
            return .absent(.unreadable)
        }
        return .known(value)
    }

    static func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    private mutating func attribute(_ id: AttributeID, _ column: ReturnForm.Column, _ row: SheetRow, _ place: Int) -> String {
        let text = PlainText.normal(row[place].plain)
        if text.isEmpty {
            if column.required { complain("return.blank", row, place, "\(column.header)没有填写") }
            return ""
        }
        switch id {
        case "kind": return kind(text, column, row, place)
        case form.key: return code(text, row[place], column, row, place)
        case "longitude": return coordinate(text, 73...136, column, row, place)
        case "latitude": return coordinate(text, 3...54, column, row, place)
        default: return choice(text, column, row, place)
        }
    }

    private mutating func kind(_ text: String, _ column: ReturnForm.Column, _ row: SheetRow, _ place: Int) -> String {
        if let kind = catalogue.kind(written: text) { return kind.id }
        complain(
            "return.kind", row, place,
            "认不出办学类型“\(text.prefix(20))”。请填三位代码或：\(column.choices.joined(separator: "、"))")
        return ""
    }

    private mutating func choice(_ text: String, _ column: ReturnForm.Column, _ row: SheetRow, _ place: Int) -> String {
        guard !column.choices.isEmpty, !column.choices.contains(text) else { return text }
        if let meant = column.synonyms[text] { return meant }
        warn("return.choice", row, place, "\(column.header)“\(text.prefix(20))”不在可选项（\(column.choices.joined(separator: "、"))）中，分组统计时按原文处理")
        return text
    }

    private mutating func code(_ text: String, _ cell: SheetCell, _ column: ReturnForm.Column, _ row: SheetRow, _ place: Int) -> String {
        guard form.key == "code" else { return text }
        if text.contains(where: { "eE".contains($0) }), text.contains("+"), Double(text) != nil {
            complain("return.code.exponent", row, place, "\(column.header)被 Excel 改写成了“\(text)”，后几位已丢失。请把该列设为文本格式后重填")
            return ""
        }
        guard text.count <= 32, text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }) else {
            complain("return.code", row, place, "\(column.header)“\(text.prefix(20))”只能由数字和字母组成")
            return ""
        }
        return text
    }

    private mutating func coordinate(
        _ text: String, _ range: ClosedRange<Double>, _ column: ReturnForm.Column, _ row: SheetRow, _ place: Int
    ) -> String {
        guard let value = PlainText.number(text), range.contains(value) else {
            warn("return.coordinate", row, place, "\(column.header)“\(text.prefix(20))”不是我国境内的度数，地图上不显示该校")
            return ""
        }
        return Self.plain(value)
    }

    // MARK: Totals of statistics exports

    private mutating func addTotals(_ row: SheetRow, _ result: inout ReturnRow) {
        let stages = catalogue.kind(result.attributes["kind"] ?? "")?.stages ?? []
        for total in match.totals {
            let numbers = total.columns.compactMap { number(row[$0]) }
            guard let column = total.columns.first, !numbers.isEmpty else { continue }
            guard stages.count == 1, let stage = stages.first else {
                if numbers.reduce(0, +) > 0, stages.count > 1 {
                    complain("return.total.stages", row, column, "这所学校有几个学段，导出表只有合计数，分不到学段。请另加分学段的列（如“小学在校生数”“初中在校生数”）")
                }
                continue
            }
            guard total.total.stages.isEmpty || total.total.stages.contains(stage) else { continue }
            let key = FactKey(total.total.element, stage)
            guard form.column(.fact(key)) != nil, result.facts[key]?.number == nil else { continue }
            result.facts[key] = .known(numbers.reduce(0, +))
        }
    }

    // MARK: Rows

    private mutating func checkKey(_ row: SheetRow, _ result: ReturnRow) {
        guard let key = result.attributes[form.key], !key.isEmpty else { return }
        let column = match.columns[form.columns.firstIndex { $0.field == .attribute(form.key) } ?? 0]?.column ?? 0
        let county = result.attributes["county"] ?? ""
        guard let first = seen[key] else {
            seen[key] = (row.number, county)
            return
        }
        if first.county != county, form.key == "code" {
            complain("return.code.counties", row, column, "“\(key)”在第\(first.row)行属于\(first.county)，这里属于\(county)。一所学校只能属于一个县，请核对")
        } else {
            complain("return.code.duplicate", row, column, "“\(key)”与第\(first.row)行重复，请删去一行或改正编号")
        }
    }

    private mutating func checkPlausible(_ row: SheetRow, _ result: ReturnRow) {
        let lookup = { (name: String) -> Operand in
            if let text = result.attributes[name] { return .text(text) }
            return .number(FactKey(name).flatMap { result.facts[$0]?.number } ?? .nan)
        }
        for check in checks where !check.passes(lookup) {
            let index = form.columns.firstIndex { $0.field.key == check.column }
            let column = index.flatMap { match.columns[$0]?.column } ?? 0
            let message = "\(check.message)。\(check.advice)"
            diagnostics.append(Diagnostic(check.severity, "check.\(check.id)", at: place(row, column), message))
        }
    }

    // MARK: Words

    /// What is said of the header itself.
    var headerNotes: [Diagnostic] {
        var notes: [Diagnostic] = []
        let totalled = Set(match.totals.map(\.total.element))
        let absent = form.columns.indices.filter { index in
            guard case .fact(let key) = form.columns[index].field, match.columns[index] == nil else { return false }
            return !totalled.contains(key.element)
        }
        if !absent.isEmpty {
            let names = absent.map { form.columns[$0].header }.joined(separator: "、")
            notes.append(Diagnostic(.warning, "return.column.absent", at: .file(sheet), "表中没有这些列，相关指标按资料不足处理：\(names)"))
        }
        for (index, column) in match.doubled {
            notes.append(
                Diagnostic(
                    .warning, "return.column.doubled", at: .cell(sheet: sheet, row: match.lastRow, column: column + 1),
                    "“\(form.columns[index].header)”有两列，用了前面一列"))
        }
        for (column, header) in match.unknown.sorted(by: { $0.key < $1.key }) {
            notes.append(
                Diagnostic(
                    .note, "return.column.unknown", at: .cell(sheet: sheet, row: match.lastRow, column: column + 1),
                    "“\(header.prefix(40))”不在本表要求的列中，没有读取"))
        }
        return notes
    }

    private func place(_ row: SheetRow, _ column: Int) -> Diagnostic.Place { .cell(sheet: sheet, row: row.number, column: column + 1) }

    private mutating func complain(_ code: String, _ row: SheetRow, _ column: Int, _ message: String) {
        diagnostics.append(Diagnostic(.error, code, at: place(row, column), message))
    }

    private mutating func warn(_ code: String, _ row: SheetRow, _ column: Int, _ message: String) {
        diagnostics.append(Diagnostic(.warning, code, at: place(row, column), message))
    }
}
