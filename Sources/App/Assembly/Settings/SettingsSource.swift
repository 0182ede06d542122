public import Foundation
internal import Vocabulary

/// Finds the settings file and reads it with the environment and the command line.
public struct SettingsSource: Sendable {
    var flags: [String: String]
    /// The file named on the command line.
    var named: String?
    var environment: [String: String]

    public init(flags: [String: String], named: String?, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.flags = flags
        self.named = named
        self.environment = environment
    }

    /// Throws `SettingsRefusal` for what the settings say, and for a named file that cannot be read.
    public func read() throws -> Settings {
        guard let path = try path() else { return try Settings(flags: flags, environment: environment, file: nil) }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw SettingsRefusal(diagnostics: [
                Diagnostic(.error, "settings.file", at: .file(path), "读不了这个设置文件，请核对是否存在、有没有读取权限、是不是 UTF-8 编码")
            ])
        }
        return try Settings(flags: flags, environment: environment, file: (path, text))
    }

    /// The file named by the command line or the environment, else the one in the data folder where there is one.
    private func path() throws -> String? {
        if let named { return named }
        if let named = environment["JUNHENG_CONFIG"], !named.isEmpty { return named }
        let data = try Settings(
            flags: flags.filter { $0.key == "data" }, environment: environment.filter { $0.key == "JUNHENG_DATA" }, file: nil)
        let beside = URL(fileURLWithPath: data["data"]).appendingPathComponent("junheng.yaml").path
        return FileManager.default.fileExists(atPath: beside) ? beside : nil
    }
}
