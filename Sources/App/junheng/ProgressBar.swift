import Foundation

/// How far a long reading is, on one line of standard error; nothing where standard error is no terminal.
final class ProgressBar {
    private let isShown = isatty(STDERR_FILENO) == 1
    private var shown = ""
    private static let width = 30

    /// `rows` read so far, and the part of the file from 0 to 1.
    func show(_ rows: Int, _ fraction: Double?) {
        guard isShown else { return }
        let line = ProgressBar.line(rows, fraction)
        guard line != shown else { return }
        shown = line
        FileHandle.standardError.write(Data("\r\(line)".utf8))
    }

    /// Takes the line away again.
    func end() {
        guard isShown, !shown.isEmpty else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
        shown = ""
    }

    private static func line(_ rows: Int, _ fraction: Double?) -> String {
        guard let fraction else { return "读取 \(rows) 行" }
        let full = Int(fraction * Double(width))
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
        return "读取 \(bar) \(Int(fraction * 100))% \(rows) 行"
    }
}
