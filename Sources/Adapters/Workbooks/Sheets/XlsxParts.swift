internal import Foundation

/// Reads the list of sheets.
final class WorkbookListener: XmlListener {
    struct Sheet {
        var name: String
        var relation: String
        var isHidden: Bool
    }
    private(set) var sheets: [Sheet] = []
    /// Dates count from 1904, as old Apple workbooks do.
    private(set) var countsFrom1904 = false

    override func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) {
        if XmlName.equals(name, "workbookPr") { countsFrom1904 = ["1", "true"].contains(attributes.string("date1904") ?? "") }
        guard XmlName.equals(name, "sheet"), let title = attributes.string("name"), let relation = attributes.string("id") else { return }
        sheets.append(Sheet(name: title, relation: relation, isHidden: (attributes.string("state") ?? "visible") != "visible"))
    }
}

/// Reads which file a relation leads to. What leads out of the workbook is never followed.
final class RelationListener: XmlListener {
    private(set) var targets: [String: String] = [:]

    override func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) {
        guard XmlName.equals(name, "Relationship"), let id = attributes.string("Id"), let target = attributes.string("Target"),
            attributes.string("TargetMode") != "External"
        else { return }
        targets[id] = target
    }
}

/// Reads the shared strings; phonetic readings (`rPh`) are no part of the text.
final class StringListener: XmlListener {
    private(set) var strings = SharedStrings()
    private(set) var isTooLong = false
    private var bytes: [UInt8] = []
    private var isText = false
    private var isPhonetic = false

    override func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) {
        if XmlName.equals(name, "t") {
            isText = !isPhonetic
        } else if XmlName.equals(name, "si") {
            bytes.removeAll(keepingCapacity: true)
        } else if XmlName.equals(name, "rPh") {
            isPhonetic = true
        }
    }
    override func close(_ name: UnsafePointer<CChar>) {
        if XmlName.equals(name, "t") {
            isText = false
        } else if XmlName.equals(name, "si") {
            if !strings.append(bytes) { isTooLong = true }
        } else if XmlName.equals(name, "rPh") {
            isPhonetic = false
        }
    }
    override func text(_ more: UnsafeBufferPointer<UInt8>) {
        guard isText else { return }
        if bytes.count + more.count > SheetLimit.cellBytes { isTooLong = true } else { bytes.append(contentsOf: more) }
    }
}

/// Reads which cell styles show a number as a date.
final class StyleListener: XmlListener {
    /// By number of the cell style.
    private(set) var isDate: [Bool] = []
    private(set) var hasFills = false
    private var dateFormats: Set<Int> = Set(14...22).union(27...36).union(45...47).union(50...58)
    private var isInCellFormats = false

    override func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) {
        if XmlName.equals(name, "numFmt"), let id = attributes.integer("numFmtId") {
            if StyleListener.isDate(attributes.string("formatCode") ?? "") { dateFormats.insert(id) } else { dateFormats.remove(id) }
        }
        if XmlName.equals(name, "fills") { hasFills = true }
        if XmlName.equals(name, "cellXfs") { isInCellFormats = true }
        if isInCellFormats, XmlName.equals(name, "xf") {
            isDate.append(attributes.integer("numFmtId").map(dateFormats.contains) ?? false)
        }
    }
    override func close(_ name: UnsafePointer<CChar>) { if XmlName.equals(name, "cellXfs") { isInCellFormats = false } }

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
