internal import Vocabulary

/// What has to be known of a sheet before it is marked: how far to the right it is used.
final class SheetScan: XmlListener {
    /// Last column (from 1) that holds anything.
    private(set) var lastColumn = 0
    private var column = 0
    private var isInData = false

    override func open(_ name: UnsafePointer<CChar>, _ attributes: XmlAttributes) {
        if XmlName.equals(name, "sheetData") {
            isInData = true
        } else if !isInData {
            return
        } else if XmlName.equals(name, "c") {
            column = attributes["r"].flatMap { CellReference($0)?.column } ?? column + 1
        } else if XmlName.equals(name, "row") {
            column = 0
        } else if XmlName.equals(name, "v") || XmlName.equals(name, "f") || XmlName.equals(name, "is") {
            lastColumn = max(lastColumn, column)
        }
    }
    override func close(_ name: UnsafePointer<CChar>) { if XmlName.equals(name, "sheetData") { isInData = false } }
}
