import Foundation
import Synchronization

/// How far a long reading is, on one line of standard error; nothing where standard error is no terminal.
final class ProgressBar: Sendable {
    private let isShown = isatty(STDERR_FILENO) == 1
    private let shown = Mutex("")
    private let (verb, noun): (String, String)
    private static let width = 30

    init(_ verb: String = "读取", noun: String = "行") {
        self.verb = verb
        self.noun = noun
    }

    /// `rows` read so far, and the part of the file from 0 to 1.
    func show(_ rows: Int, _ fraction: Double?) {
        guard isShown else { return }
        let line = line(rows, fraction)
        let isNew = shown.withLock { shown in
            defer { shown = line }
            return shown != line
        }
        guard isNew else { return }
        FileHandle.standardError.write(Data("\r\(line)".utf8))
    }

    /// Takes the line away again.
    func end() {
        let wasShown = shown.withLock { shown in
            defer { shown = "" }
            return !shown.isEmpty
        }
        if isShown, wasShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }

    private func line(_ rows: Int, _ fraction: Double?) -> String {
        guard let fraction else { return "\(verb) \(rows) \(noun)" }
        let full = Int(fraction * Double(ProgressBar.width))
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: ProgressBar.width - full)
        return "\(verb) \(bar) \(Int(fraction * 100))% \(rows) \(noun)"
    }
}
