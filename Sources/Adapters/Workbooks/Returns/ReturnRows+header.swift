internal import Indicators
internal import Vocabulary

extension ReturnRows {
    /// What is said of the header itself.
    var headerNotes: [Diagnostic] {
        var notes: [Diagnostic] = []
        let totalled = Set(match.totals.map(\.total.element))
        let absent = form.columns.indices.filter { index in
            guard case .fact(let key) = form.columns[index].field, match.columns[index] == nil, !form.columns[index].isExtra else {
                return false
            }
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

    // MARK: Totals of statistics exports

    /// Numbers an export gives for the whole school, for schools that hold one stage.
    mutating func addTotals(_ row: SheetRow, _ result: inout ReturnRow) {
        guard !match.totals.isEmpty else { return }
        clearAnswers()
        let stages = catalogue.kind(result.attributes["kind"] ?? "")?.stages ?? []
        for total in match.totals {
            guard let first = total.columns.first, total.columns.contains(where: { !row[$0].isEmpty }) else { continue }
            guard stages.count == 1, let stage = stages.first else {
                if stages.count > 1, total.columns.contains(where: { WrittenNumber.read(row[$0], nil, nil) ?? 0 > 0 }) {
                    complain("return.total.stages", row, first, "这所学校有几个学段，导出表只有合计数，分不到学段。请另加分学段的列（如“小学在校生数”“初中在校生数”）")
                }
                continue
            }
            let key = FactKey(total.total.element, stage)
            guard total.total.stages.isEmpty || total.total.stages.contains(stage), result.facts[key]?.number == nil,
                let column = form.column(.fact(key))
            else { continue }
            let fact = sum(total.columns, key, column, row)
            result.facts[key] = fact
            answer(key, fact)
        }
    }

    /// The sum of the columns that make up a total. What is neither blank nor a number is complained of, not left out of the sum.
    private mutating func sum(_ places: [Int], _ key: FactKey, _ column: ReturnForm.Column, _ row: SheetRow) -> Fact {
        var sum = 0.0
        for place in places where !row[place].isEmpty {
            guard let number = WrittenNumber.read(row[place], nil, catalogue.elements[key.element]), number >= 0 else {
                complain("return.number", row, place, "\(column.header)：“\(row[place].plain.prefix(20))”不是能用的数。没有的填 0，不知道的留空")
                return .absent(.unreadable)
            }
            sum += number
        }
        return checked(sum, key, column, row, (places[0], 1))
    }
}
