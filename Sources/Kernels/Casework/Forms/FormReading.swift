internal import Vocabulary

extension FormField {
    /// An answer as typed into one input: `１２.5`, `2024/9/1`, `3,000`, `是`. nil for an empty one; throws a complaint in the user's
    /// words for what cannot be read. Files, places, references with names and tables are put together by the page.
    public func read(_ typed: [String]) throws(FieldComplaint.Unreadable) -> FieldValue? {
        let texts = typed.map(\.trimmed).filter { !$0.isEmpty }
        guard let first = texts.first else { return nil }
        func fail(_ message: String) -> FieldComplaint.Unreadable { .init(FieldComplaint(id, "“\(label.zh)”\(message)")) }
        switch type {
        case .text, .longText: return .text(type == .text ? first : texts.joined(separator: "\n"))
        case .number, .measurement, .calculated:
            guard let number = FormField.number(first) else { throw fail("应是一个数，写的是“\(first)”") }
            return .number(number)
        case .money:
            guard let fen = FormField.money(first) else { throw fail("应是以元为单位的金额，如 3000 或 3000.50，写的是“\(first)”") }
            return .money(fen)
        case .date:
            guard let day = FormField.day(first) else { throw fail("应是日期，如 2026-09-01，写的是“\(first)”") }
            return .date(day)
        case .choice: return .choice(optionID(first))
        case .choices: return .choices(texts.map(optionID))
        case .yesNo:
            if ["yes", "true", "on", "1", "是", "有"].contains(first.lowercased()) { return .yesNo(true) }
            if ["no", "false", "off", "0", "否", "无"].contains(first.lowercased()) { return .yesNo(false) }
            throw fail("请答“是”或“否”")
        case .school, .schoolUnit, .county, .person: return .reference(id: first, label: texts.count > 1 ? texts[1] : first)
        case .location:
            let parts = first.split { $0 == "," || $0 == "，" || $0 == " " }.compactMap { FormField.number(String($0)) }
            guard parts.count >= 2 else { throw fail("应是经度和纬度，如 113.25,23.13") }
            return .location(CasePosition(longitude: parts[0], latitude: parts[1], accuracy: parts.count > 2 ? parts[2] : nil))
        case .photo, .file, .table: throw fail("不能这样填写")
        }
    }

    /// By id or by label, as people type.
    private func optionID(_ text: String) -> String { options.first { $0.id == text || $0.label.zh == text }?.id ?? text }

    static func number(_ text: String) -> Double? {
        let plain = halfWidth(text).filter { $0 != "," && !$0.isWhitespace }
        guard plain.first.map({ $0.isNumber || "+-.".contains($0) }) ?? false, let number = Double(plain), number.isFinite else {
            return nil
        }
        return number
    }

    /// 分; nil for more than two decimals.
    static func money(_ text: String) -> Int? {
        var plain = halfWidth(text).filter { $0 != "," && $0 != "¥" && $0 != "￥" && !$0.isWhitespace }
        var factor = 1
        if plain.hasSuffix("万元") { (plain, factor) = (String(plain.dropLast(2)), 10_000) }
        if plain.hasSuffix("元") { plain = String(plain.dropLast()) }
        let isNegative = plain.hasPrefix("-")
        let parts = plain.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = factor == 1 ? 2 : 6
        guard (1...2).contains(parts.count), let whole = Int(parts[0]), whole < 1_000_000_000_000 else { return nil }
        let after = parts.count > 1 ? String(parts[1]) : ""
        guard after.count <= decimals, after.allSatisfy(\.isNumber) else { return nil }
        let small = Int(after.padded(to: decimals)) ?? 0
        let unit = factor == 1 ? 100 : 1_000_000
        return (isNegative ? -1 : 1) * (whole * unit + small)
    }

    static func day(_ text: String) -> Day? {
        let plain = halfWidth(text)
        if plain.count == 8, plain.allSatisfy(\.isNumber), let number = Int(plain) {
            return real(number / 10_000, number / 100 % 100, number % 100)
        }
        let parts = plain.split { "-/.年月日 ".contains($0) }.map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        return real(year, month, day)
    }

    /// A day that exists: not 30 February.
    private static func real(_ year: Int, _ month: Int, _ day: Int) -> Day? {
        guard (1900...2200).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let candidate = Day(year: year, month: month, day: day)
        return Day(ordinal: candidate.ordinal) == candidate ? candidate : nil
    }

    private static func halfWidth(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { (0xFF01...0xFF5E).contains($0.value) ? UnicodeScalar($0.value - 0xFEE0) ?? $0 : $0 }))
    }
}

extension FieldComplaint {
    /// An answer that cannot be read.
    public struct Unreadable: Error, Hashable, Sendable {
        public var complaint: FieldComplaint
        init(_ complaint: FieldComplaint) { self.complaint = complaint }
    }
}

extension String {
    fileprivate func padded(to length: Int) -> String { count >= length ? self : self + String(repeating: "0", count: length - count) }
}
