import Foundation
import Testing
import Vocabulary

@testable import Assembly

@Suite("设置") struct SettingsTests {
    private func read(_ text: String, flags: [String: String] = [:], environment: [String: String] = [:]) throws -> Settings {
        try Settings(flags: flags, environment: environment, file: ("j.yaml", text))
    }

    private func complaints(_ text: String, flags: [String: String] = [:], environment: [String: String] = [:]) -> [String] {
        do {
            _ = try read(text, flags: flags, environment: environment)
            return []
        } catch {
            return ((error as? SettingsRefusal)?.diagnostics ?? []).map { "\($0)" }
        }
    }

    @Test("命令行先于环境变量，环境变量先于文件，文件先于默认") func precedence() throws {
        let text = "# 设置\nport: 1111\nhost: \"0.0.0.0\"  # 对外\norganisation: '某县 # 教育局'\nlog-level: info # 多记一些\n"
        let settings = try read(
            text, flags: ["port": "3333"], environment: ["JUNHENG_PORT": "2222", "JUNHENG_HOST": "::1", "JUNHENG_DEMO": ""])
        let origins = Dictionary(uniqueKeysWithValues: settings.entries.map { ($0.setting.key, "\($0.value) \($0.origin)") })
        #expect(origins["port"] == "3333 命令行 --port")
        #expect(origins["host"] == "::1 环境变量 JUNHENG_HOST")
        #expect(origins["organisation"] == "某县 # 教育局 j.yaml 第4行")
        #expect(origins["log-level"] == "info j.yaml 第5行")
        #expect(origins["demo"] == "false 默认")
        #expect(try read(text).number("port") == 1111)
    }

    @Test("不认识的键、写了两遍的键、不能用的值都指出行号") func mistakes() {
        let said = complaints("prot: 80\nport: 80\nport: 81\nmax-connections: 许多\nhost：x\nlog-level: loud\nhost: \"open\n空话\n")
        #expect(said.count == 7)
        #expect(said.contains { $0.hasPrefix("j.yaml:1:1") && $0.contains("是否想写“port”") })
        #expect(said.contains { $0.hasPrefix("j.yaml:3:1") && $0.contains("第2行已经写过") })
        #expect(said.contains { $0.hasPrefix("j.yaml:4:1") && $0.contains("1 到 100000") })
        #expect(said.contains { $0.hasPrefix("j.yaml:5:1") && $0.contains("中文") })
        #expect(said.contains { $0.hasPrefix("j.yaml:6:1") && $0.contains("notice") })
        #expect(said.contains { $0.hasPrefix("j.yaml:7:1") && $0.contains("引号") })
        #expect(said.contains { $0.hasPrefix("j.yaml:8:1") })
        #expect(complaints("", flags: ["prot": "1"]).first?.contains("port") == true)
        #expect(complaints("", environment: ["JUNHENG_PORT": "99999"]).first?.contains("JUNHENG_PORT") == true)
    }

    @Test("口令从不显示") func secrets() throws {
        let settings = try read("metrics-token: geheim\n")
        let entry = try #require(settings.entries.first { $0.setting.key == "metrics-token" })
        #expect(entry.value == "geheim" && !entry.shown.contains("geheim"))
        #expect(Setting.all.allSatisfy { $0.complaint($0.initial) == nil && !$0.help.isEmpty })
    }
}
