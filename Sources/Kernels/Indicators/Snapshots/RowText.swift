internal import Vocabulary

/// Writes rows as canonical JSON: the same row gives the same bytes on every machine, and reads back the same.
///
/// `{"a":{"code":"…","county":"…"},"f":{"pupils.primary":812,"sports_area":"blank"}}`: attributes without the empty ones,
/// then facts, a number or the name of its `Absence`; names in the order of their UTF-8 bytes, no spaces. Numbers are the
/// shortest decimal that reads back to the same `Double`, whole ones without a point.
public struct RowWriter: Sendable {
    private var attributes: [AttributeID] = []
    private var facts: [(key: FactKey, name: String)] = []

    public init() {}

    /// The text of one row. Keeps the order of the names for the next one: rows of a sheet have the same.
    public mutating func text(_ row: ReturnRow) -> String {
        learn(row)
        var out = "{\"a\":{"
        var isFirst = true
        for id in attributes {
            guard let value = row.attributes[id], !value.isEmpty else { continue }
            if !isFirst { out += "," }
            isFirst = false
            CanonicalText.quote(id, into: &out)
            out += ":"
            CanonicalText.quote(value, into: &out)
        }
        out += "},\"f\":{"
        isFirst = true
        for (key, name) in facts {
            guard let fact = row.facts[key] else { continue }
            if !isFirst { out += "," }
            isFirst = false
            CanonicalText.quote(name, into: &out)
            out += ":"
            out += CanonicalText.fact(fact)
        }
        return out + "}}"
    }

    private mutating func learn(_ row: ReturnRow) {
        if attributes.count != row.attributes.count || !attributes.allSatisfy({ row.attributes[$0] != nil }) {
            attributes = row.attributes.keys.sorted(by: CanonicalText.precedes)
        }
        if facts.count != row.facts.count || !facts.allSatisfy({ row.facts[$0.key] != nil }) {
            facts = row.facts.keys.map { ($0, $0.description) }.sorted { CanonicalText.precedes($0.name, $1.name) }
        }
    }
}

/// The pieces of canonical text.
enum CanonicalText {
    static func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

    static func fact(_ fact: Fact) -> String {
        switch fact {
        // A number that is none would not read back.
        case .known(let value): value.isFinite ? number(value) : "\"\(Absence.unreadable.rawValue)\""
        case .absent(let reason): "\"\(reason.rawValue)\""
        }
    }

    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 9e15 ? String(Int64(value)) : value.description
    }

    /// A JSON string: only the quote, the backslash and control characters are escaped.
    static func quote(_ text: String, into out: inout String) {
        out += "\""
        if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
            for scalar in text.unicodeScalars { out += escaped(scalar) }
        } else {
            out += text
        }
        out += "\""
    }

    static func quoted(_ text: String) -> String {
        var out = ""
        quote(text, into: &out)
        return out
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case let control where control.value < 0x20:
            "\\u00" + (control.value < 16 ? "0" : "") + String(control.value, radix: 16)
        default: String(scalar)
        }
    }
}
