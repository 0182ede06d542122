internal import Indicators

/// A formula of the catalogue as people read it: elements by their Chinese names, functions and signs in words.
struct FormulaWords {
    let catalogue: IndicatorCatalogue

    private static let words = [
        "ceil": "向上取整", "floor": "向下取整", "max": "较大者", "min": "较小者", "coalesce": "先填者", "if": "如果", "abs": "绝对值", "not": "非", "known": "已填",
        "total": "合计", "and": "且", "or": "或",
    ]
    private static let signs: [Character: String] = ["*": "×", "/": "÷", "-": "−", ",": "，"]

    func readable(_ formula: String) -> String { rewritten(formula) { catalogue.readable($0) } }

    /// The formula with numbers in the places of names; nil while one of them is absent.
    func filled(_ formula: String, _ number: (String) -> Double?) -> String? {
        var isWhole = true
        let text = rewritten(formula) { name in
            guard let value = number(name) else {
                isWhole = false
                return name
            }
            return Figures.written(value)
        }
        return isWhole ? text : nil
    }

    private enum Figures {
        static func written(_ value: Double) -> String {
            value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
        }
    }

    private func rewritten(_ formula: String, _ variable: (String) -> String) -> String {
        var text = ""
        var name = ""
        for character in formula + " " {
            if character.isLetter || character.isNumber || character == "_" || character == "." {
                name.append(character)
                continue
            }
            if !name.isEmpty {
                text += FormulaWords.words[name] ?? (Double(name) == nil ? variable(name) : name)
                name = ""
            }
            text += FormulaWords.signs[character] ?? String(character)
        }
        return String(text.dropLast()).replacing("， ", with: "，")
    }
}
