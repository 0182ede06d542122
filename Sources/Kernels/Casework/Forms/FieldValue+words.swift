internal import Vocabulary

extension FormField {
    /// An answer in words, as pages and papers show it: numbers with at most four decimals. Sealed answers are masked.
    public func words(_ value: FieldValue) -> String {
        switch value {
        case .text(let text): text
        case .number(let number): FormField.text((number * 10_000).rounded() / 10_000) + unit
        case .money(let fen): FormField.yuan(fen)
        case .date(let day): day.chinese
        case .choice(let id): option(id)?.label.zh ?? id
        case .choices(let ids): ids.map { option($0)?.label.zh ?? $0 }.joined(separator: "、")
        case .yesNo(let yes): yes ? "是" : "否"
        case .reference(_, let label): label
        case .files(let files): files.map(\.name).joined(separator: "、")
        case .location(let place): "东经\(FormField.degrees(place.longitude))，北纬\(FormField.degrees(place.latitude))"
        case .table(let rows): "\(rows.count)行"
        case .sealed: "（仅\(readers.count)个指定岗位可见）"
        }
    }

    /// `3,000.50元`
    static func yuan(_ fen: Int) -> String {
        let (whole, small) = (abs(fen) / 100, abs(fen) % 100)
        var digits = String(whole)
        var grouped = ""
        while digits.count > 3 {
            grouped = ",\(digits.suffix(3))\(grouped)"
            digits = String(digits.dropLast(3))
        }
        return "\(fen < 0 ? "-" : "")\(digits)\(grouped)\(small == 0 ? "" : small < 10 ? ".0\(small)" : ".\(small)")元"
    }

    private static func degrees(_ number: Double) -> String { "\((number * 100_000).rounded() / 100_000)°" }
}
