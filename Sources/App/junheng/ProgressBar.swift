import Foundation
import Synchronization

/// How far long work is, on one line of standard error. Where standard error is no terminal there is nothing, or with `tells` a line
/// now and then.
final class ProgressBar: Sendable {
    private let isShown = isatty(STDERR_FILENO) == 1
    private let shown = Mutex("")
    private let (verb, noun): (String, String)
    private let tells: Bool
    private let told = Mutex(ContinuousClock.now)
    private static let width = 30
    private static let pause = Duration.seconds(10)

    init(_ verb: String = "读取", noun: String = "行", tells: Bool = false) {
        self.verb = verb
        self.noun = noun
        self.tells = tells
    }

    /// `rows` read so far, and the part of the file from 0 to 1.
    func show(_ rows: Int, _ fraction: Double?) {
        guard isShown else { return tell(rows, fraction) }
        let line = line(rows, fraction)
        let isNew = shown.withLock { shown in
            defer { shown = line }
            return shown != line
        }
        guard isNew else { return }
        FileHandle.standardError.write(Data("\r\(line)".utf8))
    }

    /// A line of its own, when the last is some seconds old.
    private func tell(_ rows: Int, _ fraction: Double?) {
        guard tells else { return }
        let isTime = told.withLock { told in
            guard ContinuousClock.now - told >= ProgressBar.pause else { return false }
            told = .now
            return true
        }
        if isTime { FileHandle.standardError.write(Data("\(line(rows, fraction))\n".utf8)) }
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
