internal import Foundation

/// Figures and columns for a terminal.
enum TextTable {
    static func number(_ value: Double?, _ decimals: Int) -> String {
        value.map { String(format: "%.\(decimals)f", $0) } ?? "—"
    }

    /// Cells padded to equal width; a hanzi is two columns wide.
    static func row(_ cells: [String], width: Int = 12) -> String {
        cells.map { cell in
            let used = cell.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }
            return cell + String(repeating: " ", count: Swift.max(1, width - used))
        }.joined()
    }
}
