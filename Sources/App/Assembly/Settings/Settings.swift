public import Vocabulary

/// The settings in force and where each comes from. One order of precedence: command line, environment, file, default.
public struct Settings: Sendable {
    public enum Origin: Sendable, Equatable, CustomStringConvertible {
        case flag(String)
        case environment(String)
        case file(String, line: Int)
        case initial

        public var description: String {
            switch self {
            case .flag(let name): "命令行 \(name)"
            case .environment(let name): "环境变量 \(name)"
            case .file(let path, let line): "\(path) 第\(line)行"
            case .initial: "默认"
            }
        }
    }

    public struct Entry: Sendable {
        public var setting: Setting
        public var value: String
        public var origin: Origin
        /// The value as it may be shown: a secret only tells that it is there.
        public var shown: String { setting.isSecret && !value.isEmpty ? "••••••" : value }
    }

    public private(set) var entries: [Entry]
    /// What deserves attention without standing in the way.
    public private(set) var notes: [Diagnostic] = []

    public subscript(key: String) -> String { entries.first { $0.setting.key == key }?.value ?? "" }

    public func number(_ key: String) -> Int { Int(self[key]) ?? 0 }
    public func flag(_ key: String) -> Bool { self[key] == "true" }
    /// Nil where nothing is set.
    public func text(_ key: String) -> String? { self[key].isEmpty ? nil : self[key] }

    public func list(_ key: String) -> [String] {
        self[key].split { $0 == "," || $0 == "，" }.map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
    }

    /// Throws `SettingsRefusal` with every complaint: unknown keys and values that cannot be.
    /// `flags` is by key; `file` is the file's path and text.
    public init(flags: [String: String], environment: [String: String], file: (path: String, text: String)?) throws {
        let read = file.map { SettingsFile(path: $0.path, text: $0.text) }
        var complaints = read?.diagnostics ?? []
        entries = []
        for setting in Setting.all {
            let entry = Settings.entry(setting, flags, environment, read)
            // The file has complained of its own values already, with their lines.
            if case .file = entry.origin {
            } else if entry.origin != .initial, let complaint = setting.complaint(entry.value) {
                complaints.append(Diagnostic(.error, "settings.value", at: .file("\(entry.origin)"), complaint))
            }
            entries.append(entry)
        }
        for key in flags.keys.sorted() where Setting.named(key) == nil {
            complaints.append(Diagnostic(.error, "settings.key.unknown", at: .file("--set \(key)"), SettingsFile.unknown(key)))
        }
        if !complaints.isEmpty { throw SettingsRefusal(diagnostics: complaints) }
    }

    private static func entry(
        _ setting: Setting, _ flags: [String: String], _ environment: [String: String], _ file: SettingsFile?
    ) -> Entry {
        if let value = flags[setting.key] {
            return Entry(setting: setting, value: value, origin: .flag(setting.flag ?? "--set \(setting.key)"))
        }
        if let value = environment[setting.environment], !value.isEmpty {
            return Entry(setting: setting, value: value, origin: .environment(setting.environment))
        }
        if let file, let line = file.lines[setting.key] {
            return Entry(setting: setting, value: line.value, origin: .file(file.path, line: line.number))
        }
        return Entry(setting: setting, value: setting.initial, origin: .initial)
    }
}

/// Settings that cannot be, with every complaint.
public struct SettingsRefusal: Error, CustomStringConvertible {
    public var diagnostics: [Diagnostic]
    public var description: String { diagnostics.map { "\($0)" }.joined(separator: "\n") }
}
