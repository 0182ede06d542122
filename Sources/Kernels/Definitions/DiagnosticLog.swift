public import Vocabulary

/// Collects complaints while a catalogue is compiled, so that one run tells all of them.
public final class DiagnosticLog {
    public private(set) var diagnostics: [Diagnostic] = []

    public init() {}

    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    public func add(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    public func error(_ code: String, at place: Diagnostic.Place, _ message: String) {
        add(Diagnostic(.error, code, at: place, message))
    }

    public func warning(_ code: String, at place: Diagnostic.Place, _ message: String) {
        add(Diagnostic(.warning, code, at: place, message))
    }
}
