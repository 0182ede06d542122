internal import Indicators
internal import Reporting
internal import Vocabulary

/// Turns the rows of one sheet into rows of a form and complains by cell.
struct ReturnRows {
    let form: ReturnForm
    let catalogue: IndicatorCatalogue
    let sheet: String
    let match: HeaderMatch
    private(set) var diagnostics: [Diagnostic] = []
    /// Rows that could not be taken.
    private(set) var refused = 0
    private(set) var rowsRead = 0
    private let checks: [DataCheck]
    private let columns: [PlacedColumn]
    /// Sheet column (from 1) of every field, for explanations.
    let originColumns: [String: Int]
    private let seen: SeenKeys
    /// Kinds already looked up by what was written.
    private var kinds: [String: String] = [:]
    /// What the checks may ask of a row, by name, and the row's answers.
    private let slots: [String: Int]
    private var answers: [Operand]

    init(form: ReturnForm, catalogue: IndicatorCatalogue, sheet: String, match: HeaderMatch) {
        self.form = form
        self.catalogue = catalogue
        self.sheet = sheet
        self.match = match
        checks = catalogue.checks.filter { $0.form == form.id }
        columns = form.columns.indices.compactMap { PlacedColumn(form.columns[$0], match.columns[$0], slot: $0, catalogue) }
        originColumns = ReturnRows.origins(form, catalogue, match)
        slots = Dictionary(form.columns.enumerated().map { ($1.field.key, $0) }) { first, _ in first }
        answers = Array(repeating: .number(.nan), count: form.columns.count)
        seen = SeenKeys()
    }

    /// Hands over what was said since the last call.
    mutating func takeDiagnostics() -> [Diagnostic] {
        defer { diagnostics.removeAll(keepingCapacity: true) }
        return diagnostics
    }

    private static func origins(_ form: ReturnForm, _ catalogue: IndicatorCatalogue, _ match: HeaderMatch) -> [String: Int] {
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
        guard !row.isBlank, !isTotal(row), !isStamp(row) else { return nil }
        if let flag = match.branchFlag, ["0", "否"].contains(PlainText.normal(row[flag].plain)) {
            warn("return.branch", row, flag, "是否计校数为 0，按校区处理，没有单独计入；请把它的数并入所属学校")
            return nil
        }
        rowsRead += 1
        let before = diagnostics.count
        var result = ReturnRow(
            number: row.number, attributes: Dictionary(minimumCapacity: 8), facts: Dictionary(minimumCapacity: columns.count))
        for column in columns {
            switch column.form.field {
            case .attribute(let id):
                let text = attribute(id, column.form, row, column.place)
                result.attributes[id] = text
                answers[column.slot] = .text(text)
            case .fact(let key):
                let fact = column.plain(row[column.place]).map(Fact.known) ?? fact(key, column, row)
                result.facts[key] = fact
                answers[column.slot] = .number(fact.number ?? .nan)
            }
        }
        addTotals(row, &result)
        checkKey(row, result)
        checkPlausible(row)
        if diagnostics[before...].contains(where: { $0.severity == .error }) {
            refused += 1
            return nil
        }
        return result
    }

    /// Rows such as 合计 under or above the schools.
    private func isTotal(_ row: SheetRow) -> Bool {
        row.cells.prefix(4).contains { cell in
            // Short, and with the first byte of 计: most cells are told apart without looking closer.
            guard case .text(let text) = cell, text.utf8.count <= 40, text.utf8.contains(0xE8) else { return false }
            return ["合计", "总计", "小计", "全县合计", "全市合计"].contains(PlainText.normal(text).filter { $0 != " " })
        }
    }

    /// The line under a table that was handed out by this system.
    private func isStamp(_ row: SheetRow) -> Bool {
        guard case .text(let text) = row[0], row[1].isEmpty, ExportStamp.isLine(text) else { return false }
        return row.cells.dropFirst().allSatisfy(\.isEmpty)
    }

    // MARK: Cells

    private mutating func fact(_ key: FactKey, _ placed: PlacedColumn, _ row: SheetRow) -> Fact {
        let (cell, column) = (row[placed.place], placed.form)
        if cell.isEmpty { return .absent(.blank) }
        guard let number = WrittenNumber.read(cell, column, placed.element) else {
            let what =
                switch cell {
                case .failure(let text): "公式出错（\(text)），请改正公式或直接填数"
                case .date: "这里是日期，应填数；请把单元格格式改为“常规”后重填"
                case .text(let text) where text.hasSuffix("%"): "“\(text.prefix(20))”是百分数，应填数，不带百分号"
                default: "“\(cell.plain.prefix(20))”不是能认准的数。没有的填 0，不知道的留空"
                }
            complain("return.number", row, placed.place, "\(column.header)：\(what)")
            return .absent(.unreadable)
        }
        return checked(number, key, column, row, (placed.place, placed.scale))
    }

    mutating func checked(
        _ number: Double, _ key: FactKey, _ column: ReturnForm.Column, _ row: SheetRow, _ place: (column: Int, scale: Double)
    ) -> Fact {
        // Minus nought is nought.
        let value = number * place.scale + 0
        guard let element = catalogue.elements[key.element] else { return .known(value) }
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
        if let known = kinds[text] { return known }
        if let kind = catalogue.kind(written: text) {
            kinds[text] = kind.id
            return kind.id
        }
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
        if case .date = cell {
            complain("return.code.date", row, place, "\(column.header)被 Excel 改写成了日期“\(text)”。请把该列设为文本格式后重填")
            return ""
        }
        if text.utf8.contains(0x2B), text.utf8.contains(where: { $0 | 0x20 == 0x65 }), Double(text) != nil {
            complain("return.code.exponent", row, place, "\(column.header)被 Excel 改写成了“\(text)”，后几位已丢失。请把该列设为文本格式后重填")
            return ""
        }
        guard text.utf8.count <= 32, text.utf8.allSatisfy({ PlainText.isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x5F }) else {
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

    // MARK: Rows

    private mutating func checkKey(_ row: SheetRow, _ result: ReturnRow) {
        guard let key = result.attributes[form.key], !key.isEmpty else { return }
        let county = result.attributes["county"] ?? ""
        guard let first = seen.first(key, row.number, county) else { return }
        let column = (originColumns[form.key] ?? 1) - 1
        if first.county != county, form.key == "code" {
            complain("return.code.counties", row, column, "“\(key)”在第\(first.row)行属于\(first.county)，这里属于\(county)。一所学校只能属于一个县，请核对")
        } else {
            complain("return.code.duplicate", row, column, "“\(key)”与第\(first.row)行重复，请删去一行或改正编号")
        }
    }

    private mutating func checkPlausible(_ row: SheetRow) {
        for check in checks where !check.passes({ name in slots[name].map { answers[$0] } ?? .number(.nan) }) {
            let message = "\(check.message)。\(check.advice)"
            let column = (originColumns[check.column] ?? 1) - 1
            diagnostics.append(Diagnostic(check.severity, "check.\(check.id)", at: place(row, column), message))
        }
    }

    /// Forgets the last row's answers that no column of this sheet overwrites.
    mutating func clearAnswers() {
        let placed = Set(columns.map(\.slot))
        for slot in answers.indices where !placed.contains(slot) { answers[slot] = .number(.nan) }
    }

    /// Lets the checks know of a number that no column of its own holds.
    mutating func answer(_ key: FactKey, _ fact: Fact) {
        if let slot = slots[key.description] { answers[slot] = .number(fact.number ?? .nan) }
    }

    // MARK: Words

    private func place(_ row: SheetRow, _ column: Int) -> Diagnostic.Place { .cell(sheet: sheet, row: row.number, column: column + 1) }

    mutating func complain(_ code: String, _ row: SheetRow, _ column: Int, _ message: String) {
        diagnostics.append(Diagnostic(.error, code, at: place(row, column), message))
    }

    private mutating func warn(_ code: String, _ row: SheetRow, _ column: Int, _ message: String) {
        diagnostics.append(Diagnostic(.warning, code, at: place(row, column), message))
    }
}
