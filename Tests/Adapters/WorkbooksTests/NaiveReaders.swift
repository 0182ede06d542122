import Foundation
import FoundationXML

/// A second reading of a sheet, by another XML parser and with no care for anything but being simple: what the file says.
final class NaiveSheet: NSObject, XMLParserDelegate {
    struct Cell {
        var kind = ""
        var value = ""
        var hasFormula = false
    }
    /// By row and column, both from 1.
    private(set) var cells: [Int: [Int: Cell]] = [:]
    private var strings: [String] = []
    private var row = 0
    private var column = 0
    private var cell: Cell?
    private var isText = false
    private var isPhonetic = false
    private var isInData = false
    private var string = ""

    /// Nil when one of the texts is not well formed.
    init?(sheet: [UInt8], strings: [UInt8]) {
        super.init()
        for part in [strings, sheet] {
            // Foundation's parser reads through a null pointer at processing instructions without content.
            if String(decoding: part, as: UTF8.self).contains("<?") { return nil }
            let parser = XMLParser(data: Data(part))
            parser.delegate = self
            guard parser.parse() else { return nil }
        }
    }

    func parser(
        _ parser: XMLParser, didStartElement full: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]
    ) {
        switch NaiveSheet.local(full) {
        case "sheetData": isInData = true
        case "row" where isInData:
            row = attributes["r"].flatMap { Int($0) } ?? row + 1
            column = 0
        case "c" where isInData:
            let letters = attributes["r"]?.prefix { $0.isLetter } ?? ""
            column = letters.isEmpty ? column + 1 : letters.utf8.reduce(0) { $0 * 26 + Int($1) - 64 }
            cell = Cell(kind: attributes["t"] ?? "n")
        case "v", "t": isText = !isPhonetic
        case "f": cell?.hasFormula = true
        case "rPh": isPhonetic = true
        case "si": string = ""
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        guard isText else { return }
        if cell != nil { cell?.value += text } else { string += text }
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        self.parser(parser, foundCharacters: String(decoding: block, as: UTF8.self))
    }

    func parser(_ parser: XMLParser, didEndElement full: String, namespaceURI: String?, qualifiedName: String?) {
        switch NaiveSheet.local(full) {
        case "sheetData": isInData = false
        case "c":
            if let cell { cells[row, default: [:]][column] = cell }
            cell = nil
        case "v", "t": isText = false
        case "rPh": isPhonetic = false
        case "si": strings.append(string)
        default: break
        }
    }

    private static func local(_ name: String) -> Substring { name.split(separator: ":").last ?? "" }

    /// What a cell says as text; nil where it holds nothing.
    func text(_ row: Int, _ column: Int) -> String? {
        guard let cell = cells[row]?[column], !cell.value.isEmpty else { return nil }
        if cell.kind == "s" { return Int(cell.value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } }
        return cell.value
    }

    func isEmpty(_ row: Int, _ column: Int) -> Bool {
        guard let cell = cells[row]?[column] else { return true }
        return !cell.hasFormula && (text(row, column) ?? "").allSatisfy(\.isWhitespace)
    }
}

/// A second reading of the texts people write for numbers. It may take more for numbers than the product does, never less sense of one.
enum NaiveNumber {
    static func read(_ text: String) -> Double? {
        var plain = ""
        for scalar in text.unicodeScalars {
            let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
            if let one = UnicodeScalar(value), !(one == "," || one.properties.isWhitespace || "人㎡年个间所册台".unicodeScalars.contains(one)) {
                plain.unicodeScalars.append(one)
            }
        }
        return Double(plain)
    }
}

/// A second reading of a CSV, byte by byte.
enum NaiveTable {
    /// Rows as their fields' bytes. Bytes of GB18030 characters never look like a comma, a quote or a line end.
    static func rows(_ bytes: [UInt8]) -> [[[UInt8]]] {
        var rows: [[[UInt8]]] = [[[]]]
        var quoted = false
        var fieldStart = 0
        for (place, byte) in bytes.enumerated() {
            let last = rows.count - 1
            // A quote inside a field that began without one is a sign like any other.
            if byte == 0x22, quoted || place == fieldStart || bytes[fieldStart] == 0x22 {
                quoted.toggle()
            } else if quoted {
                rows[last][rows[last].count - 1].append(byte)
            } else if byte == 0x2C || byte == 0x0A || byte == 0x0D {
                fieldStart = place + 1
                if byte == 0x2C { rows[last].append([]) }
                if byte == 0x0D || (byte == 0x0A && !(place > 0 && bytes[place - 1] == 0x0D)) { rows.append([[]]) }
            } else {
                rows[last][rows[last].count - 1].append(byte)
            }
        }
        return rows
    }
}

/// Chance that gives the same on every machine.
struct TestChance {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % max(bound, 1)
    }

    /// A few changes of the kinds that files suffer, some made to hurt.
    mutating func change(_ bytes: inout [UInt8], words: [String]) {
        for _ in 0...below(3) {
            let place = below(bytes.count)
            switch below(14) {
            case 0: if !bytes.isEmpty { bytes[place] = UInt8(below(256)) }
            case 1: if !bytes.isEmpty { bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(12))) }
            case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + below(60))], at: below(bytes.count))
            case 3: bytes.insert(contentsOf: words[below(words.count)].utf8, at: place)
            case 4: bytes.insert(UInt8(48 + below(10)), at: place)
            default:
                // A digit becomes another digit: the change most likely to pass unseen.
                let digits = bytes.indices.filter { bytes[$0] >= 48 && bytes[$0] <= 57 }
                if !digits.isEmpty { bytes[digits[below(digits.count)]] = UInt8(48 + below(10)) }
            }
        }
    }
}
