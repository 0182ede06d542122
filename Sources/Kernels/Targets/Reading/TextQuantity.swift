public import Vocabulary

/// A number with its unit somewhere in a text, and what it is there for.
public struct TextQuantity: Hashable, Sendable {
    public enum Role: String, Hashable, Sendable {
        /// To be reached.
        case target
        /// Counts the parts of something named: 八大行动, “九个要”.
        case structure
        /// Said of the past, of others, or in passing.
        case mention
    }

    /// Shares as fractions.
    public var value: Double
    /// `%` for shares, empty for pure numbers such as a coefficient.
    public var unit: String
    public var comparison: Comparison
    public var period: PlannedAmount.Period
    public var role: Role
    /// What it counts, as the text goes on.
    public var object: String
    public var place: TextPlace
    /// A number that cannot be read for certain, such as a bare 万.
    public var isDoubtful: Bool
}

/// Finds numbers in a sentence and tells targets from mentions by the words around them.
struct QuantityFinder {
    let text: ReadableText
    let sentence: TextSentences.Sentence

    private static let units = [
        "平方米", "亿元", "万元", "人次", "课时", "学时", "小时", "公里", "名", "人", "所", "个", "项", "件", "套", "间", "支", "类", "元", "㎡", "台", "册", "次",
        "场", "门", "对", "家", "处", "座", "辆", "张", "份", "节", "户", "条", "米", "天", "篇", "堂", "师",
    ]
    /// Say that a number is a bound; what they say of it.
    private static let bounds: [(String, Comparison)] = [
        ("不得低于", .atLeast), ("不低于", .atLeast), ("不少于", .atLeast), ("不小于", .atLeast), ("至少", .atLeast), ("不得高于", .atMost), ("不大于", .atMost),
        ("不高于", .atMost), ("不超过", .atMost), ("不多于", .atMost), ("控制在", .atMost), ("降到", .atMost), ("降至", .atMost), ("达到", .atLeast),
        ("提高到", .atLeast),
        ("提升到", .atLeast), ("增加到", .atLeast), ("增至", .atLeast), ("力争", .atLeast), ("确保", .atLeast), ("≥", .atLeast), ("≤", .atMost),
        (">=", .atLeast),
        ("<=", .atMost),
    ]
    private static let verbs = [
        "培育", "培养", "创建", "选树", "遴选", "建成", "建设", "构建", "完成", "新增", "扩充", "新建", "改建", "扩建", "配备", "招聘", "补充", "认定", "打造", "建立", "覆盖", "实现",
        "孵化", "评选", "改造", "提供", "推进", "成立", "引进", "培训", "轮训", "选派", "交流", "增加", "扩大", "化解", "创成", "命名", "支持", "组建", "办好", "建", "设立",
    ]
    private static let denials = ["已超过", "已达", "甚至", "不足", "数据显示", "已有", "现有", "已建成", "已完成", "累计", "去年", "上年", "前年", "过去"]
    private static let openers: Set<Character> = ["“", "”", "\"", "‘", "《"]

    func quantities() -> [TextQuantity] {
        var list: [TextQuantity] = []
        var place = sentence.range.lowerBound
        while place < sentence.range.upperBound {
            guard let number = WrittenNumber.at(place, text.characters), number.range.upperBound <= sentence.range.upperBound else {
                place += 1
                continue
            }
            if let quantity = quantity(number, before: list) { list.append(quantity) }
            place = max(place + 1, number.range.upperBound)
        }
        return list
    }

    private func quantity(_ number: WrittenNumber, before: [TextQuantity]) -> TextQuantity? {
        let (start, end) = (number.range.lowerBound, number.range.upperBound)
        // Nothing an office counts is that many; such numbers are slips or codes.
        guard number.value < 1e12 else { return nil }
        guard !isDate(number), !isOrdinal(start), !isMark(number), !isInsideWord(number, before) else { return nil }
        let unit = number.isShare ? "%" : QuantityFinder.units.first { text.characters[end...].starts(with: $0) } ?? ""
        let isNamed = !number.isShare && end < text.characters.count && text.characters[end] == "大"
        let bound = self.bound(start, end + unit.count)
        guard !unit.isEmpty || isNamed || (bound != nil && !number.isHanzi) else { return nil }
        let role = self.role(number, isNamed: isNamed, unit: unit, bound: bound, before: before)
        let last = end + (number.isShare ? 0 : unit.count)
        let origins = text.origins
        return TextQuantity(
            value: number.value, unit: unit, comparison: bound ?? .atLeast, period: period(start), role: role, object: object(start, last),
            place: TextPlace(
                paragraph: sentence.paragraph, sentence: sentence.number, start: origins[start], end: origins[max(start, last - 1)] + 1),
            isDoubtful: number.isBare)
    }

    // MARK: What is no quantity

    private func isDate(_ number: WrittenNumber) -> Bool {
        let end = number.range.upperBound
        let isLong = !number.isHanzi && number.value >= 1_900 && number.value <= 2_200 && number.range.count == 4
        guard end < text.characters.count else { return isLong }
        if isLong, ["年", "-", "—", "–", "届"].contains(text.characters[end]) || text.characters[end...].starts(with: "学年") { return true }
        if "年月日号期届".contains(text.characters[end]) { return true }
        let start = number.range.lowerBound
        // 2023-11-21, 2024-2025学年.
        return start > 0 && "-—–".contains(text.characters[start - 1]) && start > 1 && text.characters[start - 2].isNumber
    }

    private func isOrdinal(_ start: Int) -> Bool { start > 0 && text.characters[start - 1] == "第" }

    /// The number of the heading itself.
    private func isMark(_ number: WrittenNumber) -> Bool {
        guard number.range.lowerBound == sentence.range.lowerBound || (number.range.lowerBound == sentence.range.lowerBound + 1) else {
            return false
        }
        return HeadingMark.at(sentence.range.lowerBound, text.characters, until: sentence.range.upperBound) != nil
            && number.range.lowerBound <= sentence.range.lowerBound + 1
    }

    /// 一体化, 统一, 每一所, 万一, 千家万户, http://….
    private func isInsideWord(_ number: WrittenNumber, _ before: [TextQuantity]) -> Bool {
        let (start, end) = (number.range.lowerBound, number.range.upperBound)
        if !number.isHanzi {
            let before = start > 0 ? text.characters[start - 1] : " "
            let after = end < text.characters.count ? text.characters[end] : " "
            return (before.isASCII && before.isLetter) || before == "." || (after.isASCII && after.isLetter)
        }
        guard number.value == 1 else { return false }
        // 一 alone counts only as one of several to be made: 创建60所…、构建一套…. 打造一支队伍 is a way of speaking.
        return before.last?.role != .target || !QuantityFinder.verbs.contains { ends(start, $0) }
    }

    // MARK: The words around

    /// Whether the text before a place ends in a word.
    private func ends(_ place: Int, _ word: String) -> Bool {
        let start = place - word.count
        return start >= sentence.range.lowerBound && text.characters[start..<place].elementsEqual(word)
    }

    /// The words before a place up to the comma; `isWide` passes over 、, for 培训校长、教师2000名 has its verb before it.
    private func clauseBefore(_ place: Int, isWide: Bool = false) -> String {
        let stops: Set<Character> = isWide ? [",", "，", "(", "（", ":", "："] : [",", "，", "、", "(", "（", ":", "："]
        let mark = HeadingMark.at(sentence.range.lowerBound, text.characters, until: sentence.range.upperBound)
        let first = min(mark?.words ?? sentence.range.lowerBound, place)
        let start = text.characters[first..<place].lastIndex { stops.contains($0) }.map { $0 + 1 }
        return text.string((start ?? first)..<place)
    }

    private func bound(_ start: Int, _ end: Int) -> Comparison? {
        let clause = clauseBefore(start)
        if let found = QuantityFinder.bounds.first(where: { clause.contains($0.0) }) { return found.1 }
        let after = text.characters[min(end, text.characters.count)...].prefix(2)
        if after.elementsEqual("以上") { return .atLeast }
        return after.elementsEqual("以内") || after.elementsEqual("以下") ? .atMost : nil
    }

    private func role(
        _ number: WrittenNumber, isNamed: Bool, unit: String, bound: Comparison?, before: [TextQuantity]
    ) -> TextQuantity.Role {
        let start = number.range.lowerBound
        let clause = clauseBefore(start)
        let isQuoted = start > 0 && QuantityFinder.openers.contains(text.characters[start - 1])
        if isNamed || isQuoted { return .structure }
        // More than the whole is no share to reach.
        if number.isShare, number.value > 1.5 { return .mention }
        if QuantityFinder.denials.contains(where: { clause.contains($0) }) { return .mention }
        if bound != nil { return .target }
        let isMade = QuantityFinder.verbs.contains { ends(start, $0) }
        // 督学、督政、监测三项制度: counts what was just listed.
        if number.isHanzi, number.value <= 20, !isMade, "个项件支类条".contains(unit) { return .structure }
        if text.characters[number.range.upperBound...].first == "余" { return .mention }
        if number.isBare, !isMade { return follows(number) ? .target : .mention }
        let wide = clauseBefore(start, isWide: true)
        if QuantityFinder.denials.contains(where: { wide.contains($0) }) { return .mention }
        if QuantityFinder.verbs.contains(where: { wide.contains($0) }) { return .target }
        return continues(start, unit, before) || follows(number) ? .target : .mention
    }

    /// 培育50名…、100名…: the next of a list whose first was a target, told by the comma or 或 before it.
    private func continues(_ start: Int, _ unit: String, _ before: [TextQuantity]) -> Bool {
        guard let last = before.last, last.role == .target, (last.unit == "%") == (unit == "%") || !unit.isEmpty else { return false }
        let place = text.origins[start]
        guard place - last.place.end <= 40 else { return false }
        return clauseBefore(start).count <= 14
    }

    /// 万个公办园学位扩充: the verb stands behind, at the end.
    private func follows(_ number: WrittenNumber) -> Bool {
        let after = text.string(number.range.upperBound..<sentence.range.upperBound)
        let clause = String(after.prefix { !",，。；;、".contains($0) })
        return ["扩充", "新增", "建成", "培训", "创建", "达标", "全覆盖"].contains { clause.hasSuffix($0) }
    }

    private func period(_ place: Int) -> PlannedAmount.Period {
        let before = text.string(sentence.range.lowerBound..<place)
        if before.contains("每学年") { return .schoolYear }
        return before.contains("每年") || before.contains("年均") ? .year : .whole
    }

    /// What follows the number; where that says nothing, the clause around it.
    private func object(_ start: Int, _ place: Int) -> String {
        let after = text.string(min(place, sentence.range.upperBound)..<sentence.range.upperBound)
        let words = String(after.prefix { !",，。；;、(（)）".contains($0) })
        let isPlain =
            words.count >= 2 && !["以上", "以内", "以下", "的"].contains { words.hasPrefix($0) } && !words.contains { $0.isNumber && $0.isASCII }
        let clause = clauseBefore(start) + text.string(start..<min(place, sentence.range.upperBound)) + words
        return String((isPlain ? words : clause).drop { $0.isWhitespace }.prefix(40))
    }
}
