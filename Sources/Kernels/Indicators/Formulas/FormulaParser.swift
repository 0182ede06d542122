/// What is wrong with a formula and at which character (from 0).
public struct FormulaError: Error, Hashable, CustomStringConvertible {
    public var message: String
    public var offset: Int
    public var description: String { "第 \(offset + 1) 个字符处：\(message)" }
}

extension Formula {
    /// Parses a formula; throws `FormulaError`.
    public init(parsing text: String) throws(FormulaError) {
        var parser = FormulaParser(try FormulaToken.read(text), end: text.count)
        self = try parser.whole()
    }
}

struct FormulaToken {
    enum Kind: Equatable {
        case number(Double), text(String), name(String), sign(String)
    }
    var kind: Kind
    var offset: Int

    static func read(_ source: String) throws(FormulaError) -> [FormulaToken] {
        let characters = Array(source)
        var tokens: [FormulaToken] = []
        var i = 0
        while i < characters.count {
            let c = characters[i]
            let start = i
            if c.isWhitespace {
                i += 1
            } else if c.isNumber && c.isASCII {
                while i < characters.count, characters[i].isASCII, characters[i].isNumber || characters[i] == "." { i += 1 }
                guard let value = Double(String(characters[start..<i])) else {
                    throw FormulaError(message: "“\(String(characters[start..<i]))”不是数", offset: start)
                }
                tokens.append(FormulaToken(kind: .number(value), offset: start))
            } else if c.isLetter || c == "_" {
                while i < characters.count, characters[i].isLetter || characters[i].isNumber || "_.".contains(characters[i]) { i += 1 }
                tokens.append(FormulaToken(kind: .name(String(characters[start..<i])), offset: start))
            } else if c == "'" {
                i += 1
                while i < characters.count, characters[i] != "'" { i += 1 }
                guard i < characters.count else { throw FormulaError(message: "引号没有结束", offset: start) }
                tokens.append(FormulaToken(kind: .text(String(characters[start + 1..<i])), offset: start))
                i += 1
            } else {
                let pair = i + 1 < characters.count ? String(characters[i...i + 1]) : ""
                let sign = ["<=", ">=", "!="].contains(pair) ? pair : String(c)
                guard "+-*/()=<>,".contains(c) || sign == "!=" else {
                    throw FormulaError(message: unknown(c), offset: start)
                }
                i += sign.count
                tokens.append(FormulaToken(kind: .sign(sign), offset: start))
            }
        }
        return tokens
    }

    /// Signs typed with a Chinese input method, and what a formula wants instead.
    private static let chinese: [Character: String] = [
        "（": "(", "）": ")", "，": ",", "、": ",", "＋": "+", "－": "-", "—": "-", "–": "-", "×": "*", "＊": "*", "·": "*", "÷": "/", "／": "/",
        "＝": "=", "＜": "<", "＞": ">", "≤": "<=", "≥": ">=", "≠": "!=", "‘": "'", "’": "'", "“": "'", "”": "'", "．": ".", "＿": "_",
    ]

    private static func unknown(_ sign: Character) -> String {
        if let wanted = chinese[sign] { return "“\(sign)”是中文标点或符号，请改成英文的“\(wanted)”" }
        if let digit = sign.wholeNumberValue { return "“\(sign)”是全角数字，请改成“\(digit)”" }
        return "不认识“\(sign)”"
    }
}

private struct FormulaParser {
    private let tokens: [FormulaToken]
    private let end: Int
    private var next = 0
    private var depth = 0

    init(_ tokens: [FormulaToken], end: Int) {
        self.tokens = tokens
        self.end = end
    }

    mutating func whole() throws(FormulaError) -> Formula {
        let formula = try level(0)
        if next < tokens.count { throw FormulaError(message: "这里多了内容", offset: tokens[next].offset) }
        return formula
    }

    private static let levels: [[String]] = [["or"], ["and"], ["=", "!=", "<", "<=", ">", ">="], ["+", "-"], ["*", "/"]]

    private mutating func level(_ rank: Int) throws(FormulaError) -> Formula {
        guard rank < FormulaParser.levels.count else { return try unary() }
        var left = try level(rank + 1)
        while let word = operatorWord, FormulaParser.levels[rank].contains(word), let sign = Formula.Operator(rawValue: word) {
            next += 1
            left = .binary(sign, left, try level(rank + 1))
        }
        return left
    }

    private var operatorWord: String? {
        guard next < tokens.count else { return nil }
        switch tokens[next].kind {
        case .sign(let sign): return sign
        case .name(let name): return name == "and" || name == "or" ? name : nil
        default: return nil
        }
    }

    private mutating func unary() throws(FormulaError) -> Formula {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw FormulaError(message: "括号层数太多", offset: offset) }
        if take("-") { return .negate(try unary()) }
        return try primary()
    }

    private mutating func primary() throws(FormulaError) -> Formula {
        guard next < tokens.count else { throw FormulaError(message: "公式没有写完", offset: end) }
        let token = tokens[next]
        next += 1
        switch token.kind {
        case .number(let value): return .number(value)
        case .text(let text): return .text(text)
        case .name(let name): return take("(") ? try call(name, at: token.offset) : .variable(name)
        case .sign("("):
            let inner = try level(0)
            try expect(")")
            return inner
        case .sign(let sign): throw FormulaError(message: "“\(sign)”前面少了内容", offset: token.offset)
        }
    }

    private mutating func call(_ name: String, at offset: Int) throws(FormulaError) -> Formula {
        guard let function = Formula.Function(rawValue: name) else {
            let known = Formula.Function.allCases.map(\.rawValue).joined(separator: "、")
            throw FormulaError(message: "没有函数“\(name)”，可用：\(known)", offset: offset)
        }
        var arguments = [try level(0)]
        while take(",") { arguments.append(try level(0)) }
        try expect(")")
        guard function.argumentCount.contains(arguments.count) else {
            throw FormulaError(message: "函数“\(name)”的参数个数不对", offset: offset)
        }
        return .call(function, arguments)
    }

    private var offset: Int { next < tokens.count ? tokens[next].offset : end }

    private mutating func take(_ sign: String) -> Bool {
        guard next < tokens.count, tokens[next].kind == .sign(sign) else { return false }
        next += 1
        return true
    }

    private mutating func expect(_ sign: String) throws(FormulaError) {
        if !take(sign) { throw FormulaError(message: "这里应有“\(sign)”", offset: offset) }
    }
}
