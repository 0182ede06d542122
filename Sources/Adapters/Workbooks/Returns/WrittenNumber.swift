internal import Foundation
internal import Indicators

/// What people write into a number's cell besides plain numbers, and how far it can be believed.
enum WrittenNumber {
    /// The number of a cell in the column's own unit; nil where it is none beyond doubt.
    static func read(_ cell: SheetCell, _ column: ReturnForm.Column?, _ element: DataElement?) -> Double? {
        switch cell {
        case .number(let value): isYear(element) ? year(packed: value) ?? value : value
        case .text(let text):
            PlainText.number(text, unit: column?.unit ?? "").map { isYear(element) ? year(packed: $0) ?? $0 : $0 } ?? words(text, element)
        case .date(let days): isYear(element) ? SheetCell.day(days).map { Double($0.year) } : nil
        case .flag(let value): isYesOrNo(element) ? (value ? 1 : 0) : nil
        case .empty, .failure: nil
        }
    }

    private static func words(_ text: String, _ element: DataElement?) -> Double? {
        let text = PlainText.normal(text)
        if isYesOrNo(element) { return ["是": 1, "有": 1, "TRUE": 1, "否": 0, "无": 0, "FALSE": 0][text.uppercased()] }
        if isYear(element) { return year(written: text) }
        // A share without unit may be written as office programs show it: 14.5% is 0.145.
        if let element, element.unit.isEmpty, !element.isWhole, text.hasSuffix("%") {
            return PlainText.number(String(text.dropLast())).map { $0 / 100 }
        }
        return nil
    }

    private static func isYear(_ element: DataElement?) -> Bool { element?.unit == "年" }
    private static func isYesOrNo(_ element: DataElement?) -> Bool { element?.unit.hasPrefix("是=1") == true }

    /// 20240901, a day written as one number.
    private static func year(packed value: Double) -> Double? {
        guard let number = Int(exactly: value), (10_000_101...99_991_231).contains(number) else { return nil }
        return (1...12).contains(number / 100 % 100) && (1...31).contains(number % 100) ? Double(number / 10_000) : nil
    }

    /// 1986年9月, 2024/9/1, 2024-09.
    private static func year(written text: String) -> Double? {
        let parts = text.split { "年月日/-. ".contains($0) }
        guard (1...3).contains(parts.count), let first = parts.first, first.count == 4, let year = Int(first),
            parts.dropFirst().allSatisfy({ $0.count <= 2 && Int($0) != nil }), text.first?.isNumber == true
        else { return nil }
        if parts.count > 1, !(1...12).contains(Int(parts[1]) ?? 0) { return nil }
        return Double(year)
    }
}
