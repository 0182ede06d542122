import Foundation
import Planning

/// A programme as free MPS text, the form every solver reads: what the peers of `make bench` are given.
struct ModelText {
    private(set) var text = "NAME model\nROWS\n N cost\n"

    init(_ model: LinearModel) {
        for (place, row) in model.rows.enumerated() {
            let kind = row.lower == row.upper ? "E" : row.lower.isFinite ? "G" : "L"
            text += " \(kind) r\(place)\n"
        }
        addColumns(model)
        addBounds(model)
    }

    private mutating func addColumns(_ model: LinearModel) {
        var entries = model.columns.map { column in column.cost == 0 ? [] : ["cost \(column.cost)"] }
        for (place, row) in model.rows.enumerated() { for term in row.terms { entries[term.column].append("r\(place) \(term.factor)") } }
        text += "COLUMNS\n"
        for isWhole in [false, true] {
            if isWhole { text += " MARKER 'MARKER' 'INTORG'\n" }
            for (place, column) in model.columns.enumerated() where column.isWhole == isWhole {
                for entry in entries[place].isEmpty ? ["cost 0"] : entries[place] { text += " c\(place) \(entry)\n" }
            }
        }
        text += " MARKER 'MARKER' 'INTEND'\n"
    }

    private mutating func addBounds(_ model: LinearModel) {
        text += "RHS\n"
        for (place, row) in model.rows.enumerated() { text += " RHS r\(place) \(row.lower.isFinite ? row.lower : row.upper)\n" }
        text += "RANGES\n"
        for (place, row) in model.rows.enumerated() where row.lower.isFinite && row.upper.isFinite && row.lower != row.upper {
            text += " RNG r\(place) \(row.upper - row.lower)\n"
        }
        text += "BOUNDS\n"
        for (place, column) in model.columns.enumerated() {
            text += column.lower.isFinite ? " LO BND c\(place) \(column.lower)\n" : " MI BND c\(place)\n"
            if column.upper.isFinite { text += " UP BND c\(place) \(column.upper)\n" } else { text += " PL BND c\(place)\n" }
        }
        text += "ENDATA\n"
    }

    func write(_ path: String) throws { try text.write(toFile: path, atomically: true, encoding: .utf8) }
}

/// One line a program reads.
func tell(_ figures: [String: Double]) throws {
    print(String(decoding: try JSONSerialization.data(withJSONObject: figures, options: .sortedKeys), as: UTF8.self))
}
