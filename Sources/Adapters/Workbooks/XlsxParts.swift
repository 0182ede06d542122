internal import Foundation

/// Reads the list of sheets.
final class WorkbookListener: XmlListener {
    struct Sheet {
        var name: String
        var relation: String
        var isHidden: Bool
    }
    var sheets: [Sheet] = []

    func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) {
        guard XmlName.equals(name, "sheet"), let title = attributes.string("name"), let relation = attributes.string("id") else { return }
        sheets.append(Sheet(name: title, relation: relation, isHidden: (attributes.string("state") ?? "visible") != "visible"))
    }
    func close(_ name: UnsafePointer<CChar>) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// Reads which file a relation leads to.
final class RelationListener: XmlListener {
    var targets: [String: String] = [:]

    func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) {
        guard XmlName.equals(name, "Relationship"), let id = attributes.string("Id"), let target = attributes.string("Target") else {
            return
        }
        targets[id] = target
    }
    func close(_ name: UnsafePointer<CChar>) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// Reads the shared strings; phonetic readings (`rPh`) are no part of the text.
final class StringListener: XmlListener {
    var strings: [String] = []
    private var bytes: [UInt8] = []
    private var isText = false
    private var isPhonetic = false

    func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) {
        if XmlName.equals(name, "t") { isText = !isPhonetic }
        if XmlName.equals(name, "rPh") { isPhonetic = true }
        if XmlName.equals(name, "si") { bytes.removeAll(keepingCapacity: true) }
    }
    func close(_ name: UnsafePointer<CChar>) {
        if XmlName.equals(name, "t") { isText = false }
        if XmlName.equals(name, "rPh") { isPhonetic = false }
        if XmlName.equals(name, "si") { strings.append(String(decoding: bytes, as: UTF8.self)) }
    }
    func text(_ more: UnsafeBufferPointer<UInt8>) { if isText { bytes.append(contentsOf: more) } }
}

/// Reads which cell styles show a number as a date.
final class StyleListener: XmlListener {
    private(set) var dateStyles: Set<Int> = []
    private var dateFormats: Set<Int> = Set(14...22).union(27...36).union(45...47).union(50...58)
    private var isInCellFormats = false
    private var next = 0

    func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) {
        if XmlName.equals(name, "numFmt"), let id = attributes.string("numFmtId").flatMap({ Int($0) }) {
            if StyleListener.isDate(attributes.string("formatCode") ?? "") { dateFormats.insert(id) } else { dateFormats.remove(id) }
        }
        if XmlName.equals(name, "cellXfs") { isInCellFormats = true }
        if isInCellFormats, XmlName.equals(name, "xf") {
            if let id = attributes.string("numFmtId").flatMap({ Int($0) }), dateFormats.contains(id) { dateStyles.insert(next) }
            next += 1
        }
    }
    func close(_ name: UnsafePointer<CChar>) { if XmlName.equals(name, "cellXfs") { isInCellFormats = false } }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

    private static func isDate(_ code: String) -> Bool {
        var bare = ""
        var quoted = false
        var bracketed = false
        for character in code.lowercased() {
            if character == "\"" {
                quoted.toggle()
            } else if character == "[" {
                bracketed = true
            } else if character == "]" {
                bracketed = false
            } else if !quoted && !bracketed {
                bare.append(character)
            }
        }
        return bare.contains { "ymdh".contains($0) } && !bare.contains("general")
    }
}
