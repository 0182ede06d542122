internal import Foundation
internal import Vocabulary

extension Schema {
    /// Whether a text is written in a format the document names.
    static func isOf(_ format: String, _ text: String) -> Bool {
        switch format {
        case "date": return Day(iso: text).map { $0.isReal && $0.padded == text } ?? false
        case "uri":
            guard let url = URLComponents(string: text) else { return false }
            return url.scheme != nil && url.host?.isEmpty == false
        default: return true
        }
    }

    /// A value written in an address; nil where it cannot be one of the schema's kind.
    func value(of text: String) -> JSON? {
        switch self {
        case .integer, .count:
            // `007` and `+7` are other people's spellings: an address has one.
            guard let number = Int(text), String(number) == text else { return nil }
            return .integer(number)
        case .number: return Double(text).flatMap { $0.isFinite ? .number($0) : nil }
        case .flag: return text == "true" ? .flag(true) : text == "false" ? .flag(false) : nil
        case .list(let schema, _):
            if text.isEmpty { return .list([]) }
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { schema.value(of: String($0)) }
            return parts.contains { $0 == nil } ? nil : .list(parts.compactMap { $0 })
        case .named(_, let schema): return schema.value(of: text)
        default: return .text(text)
        }
    }
}

extension Day {
    /// As RFC 3339 has it, the year in four digits.
    var padded: String { String(repeating: "0", count: max(0, 4 - "\(year)".count)) + description }

    /// Whether the month has such a day.
    var isReal: Bool {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...9_999).contains(year) && (1...12).contains(month) && (1...lengths[month - 1]).contains(day)
    }
}
