/// Numbers as Chinese texts write them: `2000`, `1.5万`, `两千`, `百分之十五`, `20%`.
struct WrittenNumber {
    var range: Range<Int>
    var value: Double
    /// With % or 百分之; the value is then a fraction.
    var isShare: Bool
    /// In hanzi throughout.
    var isHanzi: Bool
    /// A bare 万 or 千 with no count before it: read as one, and doubtful.
    var isBare = false

    private static let digits: [Character: Double] = [
        "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    private static let powers: [Character: Double] = ["十": 10, "百": 100, "千": 1_000]
    private static let myriads: [Character: Double] = ["万": 10_000, "亿": 100_000_000]

    static func isHanziDigit(_ character: Character) -> Bool {
        digits[character] != nil || powers[character] != nil || myriads[character] != nil
    }

    /// The number that begins at a place; nil where none does.
    static func at(_ place: Int, _ text: [Character]) -> WrittenNumber? {
        if text[place...].starts(with: "百分之") {
            guard var number = at(place + 3, text, mayBeShare: false) else { return nil }
            number.range = place..<number.range.upperBound
            number.value /= 100
            number.isShare = true
            return number
        }
        return at(place, text, mayBeShare: true)
    }

    private static func at(_ place: Int, _ text: [Character], mayBeShare: Bool) -> WrittenNumber? {
        guard place < text.count else { return nil }
        let found = text[place].isASCII && text[place].isNumber ? arabic(place, text) : hanzi(place, text)
        guard var number = found else { return nil }
        let end = number.range.upperBound
        if mayBeShare, end < text.count, text[end] == "%" {
            number.value /= 100
            number.isShare = true
            number.range = number.range.lowerBound..<(end + 1)
        }
        return number
    }

    private static func arabic(_ place: Int, _ text: [Character]) -> WrittenNumber? {
        var end = place
        var written = ""
        func isDigit(_ index: Int) -> Bool { index < text.count && text[index].isASCII && text[index].isNumber }
        while isDigit(end) || (end < text.count && text[end] == "," && groups(end, text)) {
            if text[end] != "," { written.append(text[end]) }
            end += 1
        }
        if end < text.count, text[end] == ".", isDigit(end + 1) {
            written.append(".")
            end += 1
            while isDigit(end) {
                written.append(text[end])
                end += 1
            }
        }
        guard var value = Double(written) else { return nil }
        while end < text.count, let power = powers[text[end]] ?? myriads[text[end]] {
            value *= power
            end += 1
        }
        return WrittenNumber(range: place..<end, value: value, isShare: false, isHanzi: false)
    }

    /// A comma between thousands: three digits follow and no fourth.
    private static func groups(_ comma: Int, _ text: [Character]) -> Bool {
        func isDigit(_ index: Int) -> Bool { text.indices.contains(index) && text[index].isASCII && text[index].isNumber }
        return isDigit(comma - 1) && isDigit(comma + 1) && isDigit(comma + 2) && isDigit(comma + 3) && !isDigit(comma + 4)
    }

    private static func hanzi(_ place: Int, _ text: [Character]) -> WrittenNumber? {
        var (whole, section, digit) = (0.0, 0.0, 0.0)
        var end = place
        var isBare = false
        while end < text.count {
            let character = text[end]
            if let number = digits[character] {
                // 二〇二五 is a year, not a sum.
                digit = digit > 0 || (end > place && digits[text[end - 1]] != nil) ? digit * 10 + number : number
            } else if let power = powers[character] {
                if digit == 0, end == place, character != "十" { isBare = true }
                section += (digit == 0 ? 1 : digit) * power
                digit = 0
            } else if let myriad = myriads[character] {
                if section + digit == 0 { isBare = true }
                whole = (whole + (section + digit == 0 ? 1 : section + digit)) * myriad
                (section, digit) = (0, 0)
            } else {
                break
            }
            end += 1
        }
        guard end > place else { return nil }
        return WrittenNumber(range: place..<end, value: whole + section + digit, isShare: false, isHanzi: true, isBare: isBare)
    }
}
