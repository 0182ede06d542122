/// A complaint about something a person wrote: what is wrong, where, and what to do.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    public enum Severity: String, Hashable, Sendable, Codable, Comparable, CaseIterable {
        case note, warning, error
        public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
        private var rank: Int { self == .note ? 0 : self == .warning ? 1 : 2 }
    }

    public enum Place: Hashable, Sendable, CustomStringConvertible {
        /// A line of a definition file; line and column count from 1.
        case line(file: String, line: Int, column: Int)
        /// A cell of a sheet; row and column count from 1.
        case cell(sheet: String, row: Int, column: Int)
        /// A whole sheet or file.
        case file(String)

        public var description: String {
            switch self {
            case .line(let file, let line, let column): "\(file):\(line):\(column)"
            case .cell(let sheet, let row, let column): "\(sheet)!\(CellName.letters(column))\(row)"
            case .file(let name): name
            }
        }
    }

    public var severity: Severity
    /// A stable code a program may rely on, such as `return.code.duplicate`.
    public var code: String
    public var place: Place
    /// In the user's words: what is wrong and what to do.
    public var message: String

    public init(_ severity: Severity, _ code: String, at place: Place, _ message: String) {
        self.severity = severity
        self.code = code
        self.place = place
        self.message = message
    }

    public var description: String { "\(place): \(message)" }
}
