/// What a value may be: printed into the interface's document and used to check what comes in. There is no second description.
indirect enum Schema: Sendable {
    /// Characters a text may have. Control characters are never among them: no name or reason needs one.
    case text(ClosedRange<Int>, format: String? = nil)
    /// A text as somebody wrote it, line breaks and all: only in what goes out.
    case said
    case choice([String])
    case integer(ClosedRange<Int>)
    /// A whole number that counts something.
    case count
    case number
    case flag
    case list(Schema, most: Int? = nil)
    /// Exactly these members.
    case object([Property])
    /// Any names, each with such a value.
    case map(Schema)
    /// Stands under its name once, and is referred to elsewhere.
    case named(String, Schema)
    case variants([Schema])
    case constant(String)

    static let word = Schema.text(0...4_000)
    static let day = Schema.text(10...10, format: "date")
    static let moment = Schema.text(20...40, format: "date-time")
}

/// A member of an object.
struct Property: Sendable {
    var name: String
    var schema: Schema
    /// What it means, in Chinese; empty where the name says it.
    var note: String
    var isRequired: Bool

    init(_ name: String, _ schema: Schema, _ note: String = "", isRequired: Bool = true) {
        self.name = name
        self.schema = schema
        self.note = note
        self.isRequired = isRequired
    }
}

extension Schema {
    /// Everything wrong with a value, each with the JSON pointer to it (RFC 6901).
    func complaints(_ value: JSON, at pointer: String = "") -> [Problem.Complaint] {
        func complain(_ zh: String, _ en: String) -> [Problem.Complaint] { [Problem.Complaint(pointer: pointer, zh: zh, en: en)] }
        switch (self, value) {
        case (.named(_, let schema), _): return schema.complaints(value, at: pointer)
        case (.text(let length, let format), .text(let text)):
            if text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
                return complain("不能有控制字符", "must not hold control characters")
            }
            guard length.contains(text.unicodeScalars.count) else {
                return complain(
                    "应有\(length.lowerBound)至\(length.upperBound)个字", "must have \(length.lowerBound) to \(length.upperBound) characters")
            }
            return format.map { Schema.isOf($0, text) } ?? true ? [] : complain("写法不对，应如 2026-12-31", "is not written as \(format ?? "")")
        case (.choice(let words), .text(let text)):
            return words.contains(text)
                ? [] : complain("只能是 \(words.joined(separator: "、"))", "must be one of \(words.joined(separator: ", "))")
        case (.constant(let word), .text(let text)): return word == text ? [] : complain("只能是 \(word)", "must be \(word)")
        case (.integer(let range), .integer(let number)):
            return range.contains(number)
                ? []
                : complain(
                    "应在 \(range.lowerBound) 到 \(range.upperBound) 之间", "must lie between \(range.lowerBound) and \(range.upperBound)")
        case (.said, .text): return []
        case (.count, .integer(let number)): return number >= 0 ? [] : complain("不能是负数", "must not be negative")
        case (.number, .integer), (.number, .number), (.flag, .flag): return []
        case (.list(let schema, let most), .list(let items)):
            if let most, items.count > most { return complain("最多\(most)个", "at most \(most) items") }
            return items.enumerated().flatMap { schema.complaints($1, at: "\(pointer)/\($0)") }
        case (.object(let properties), .object(let members)): return Schema.complaints(members, properties, pointer)
        case (.map(let schema), .object(let members)):
            return members.flatMap { schema.complaints($0.value, at: "\(pointer)/\(Schema.escaped($0.name))") }
        case (.variants(let schemas), _):
            return schemas.contains { $0.complaints(value, at: pointer).isEmpty } ? [] : complain("哪一种写法都不是", "fits none of the variants")
        default: return complain("应是\(kind.zh)", "must be \(kind.en)")
        }
    }

    private static func complaints(_ members: [JSON.Member], _ properties: [Property], _ pointer: String) -> [Problem.Complaint] {
        var found: [Problem.Complaint] = []
        for member in members {
            let place = "\(pointer)/\(escaped(member.name))"
            guard let property = properties.first(where: { $0.name == member.name }) else {
                found.append(Problem.Complaint(pointer: place, zh: "没有这一项", en: "is not known"))
                continue
            }
            found += property.schema.complaints(member.value, at: place)
        }
        for property in properties where property.isRequired && !members.contains(where: { $0.name == property.name }) {
            found.append(Problem.Complaint(pointer: "\(pointer)/\(property.name)", zh: "缺少这一项", en: "is missing"))
        }
        return found
    }

    private static func escaped(_ name: String) -> String { name.replacing("~", with: "~0").replacing("/", with: "~1") }

    private var kind: (zh: String, en: String) {
        switch self {
        case .text, .said, .choice, .constant: ("文字", "a string")
        case .integer, .count: ("整数", "an integer")
        case .number: ("数", "a number")
        case .flag: ("true 或 false", "a boolean")
        case .list: ("列表", "an array")
        case .object, .map, .variants: ("对象", "an object")
        case .named(_, let schema): schema.kind
        }
    }
}
