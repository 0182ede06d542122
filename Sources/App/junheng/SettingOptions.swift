import ArgumentParser
import Assembly
import Foundation
import Vocabulary

/// Where a command finds its settings, and settings that have no option of their own.
struct SettingOptions: ParsableArguments {
    @Option(help: "设置文件；不写则看 JUNHENG_CONFIG，再看数据文件夹里的 junheng.yaml") var config: String?
    @Option(name: .customLong("set"), help: ArgumentHelp("任一设置，如 --set log-level=info；可写多次", valueName: "键=值")) var set: [String] = []

    /// The settings in force; what is wrong with them ends the command with exit code 2.
    func settings(_ flags: [String: String?]) throws -> Settings {
        do {
            var given = flags.compactMapValues { $0 }
            for pair in set {
                let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                guard sides.count == 2 else { throw ValidationError("--set 应写成 键=值，写的是“\(pair)”") }
                given[sides[0]] = sides[1]
            }
            return try SettingsSource(flags: given, named: config).read()
        } catch let refusal as SettingsRefusal {
            FileHandle.standardError.write(Data("\(refusal)\n".utf8))
            throw ExitCode(2)
        }
    }
}
