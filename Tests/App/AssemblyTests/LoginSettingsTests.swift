import Foundation
import Outbound
import Registry
import Testing
import Vault
import Vocabulary

@testable import Assembly

@Suite("登录的设置") struct LoginSettingsTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(RandomID.make())")

    private func settings(_ text: String = "", environment: [String: String] = [:]) throws -> LoginSettings {
        try LoginSettings(Settings(flags: [:], environment: [:], file: ("j.yaml", text)), environment: environment)
    }

    /// Settings with a file of login services; what is wrong with them in words.
    private func complaints(_ text: String, environment: [String: String] = [:], url: String = "https://j.example") throws -> [String] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("providers.yaml")
        try Data(text.utf8).write(to: file)
        do {
            _ = try settings("login-providers: \(file.path)\npublic-url: \(url)\n", environment: environment)
            return []
        } catch { return ((error as? SettingsRefusal)?.diagnostics ?? []).map { "\($0)" } }
    }

    @Test("不写就是等保三级的常见做法") func initial() throws {
        let login = try settings()
        var rules = LoginRules()
        rules.account = LockoutRule(failures: 5, minutes: 15)
        rules.address = LockoutRule(failures: 30, minutes: 15)
        #expect(login.rules == rules && login.providers.isEmpty && login.outbound.networks.isEmpty)
    }

    @Test("写了就照写的") func changed() throws {
        let login = try settings(
            "password-length: 14\npassword-days: 0\npassword-history: 9\nlockout-failures: 3\nlockout-minutes: 60\n"
                + "session-idle-minutes: 10\nsecond-factor: powers\noutbound-networks: 10.0.0.0/8, 127.0.0.1\npublic-url: https://j.example/\n"
        )
        #expect(login.rules.password.length == 14 && login.rules.password.maxAgeDays == nil && login.rules.password.history == 9)
        #expect(login.rules.account == LockoutRule(failures: 3, minutes: 60) && login.rules.address.minutes == 60)
        #expect(login.rules.session.idleMinutes == 10 && login.rules.secondFactor == .powers)
        #expect(login.outbound.networks.count == 2 && login.publicURL == "https://j.example")
        #expect(throws: SettingsRefusal.self) { try settings("outbound-networks: 10.0.0.0/40\n") }
        #expect(throws: SettingsRefusal.self) { try settings("second-factor: maybe\n") }
    }

    @Test("外部登录服务写错的地方，指出行号和怎么改") func providers() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let good = "provider: a\nlabel: 统一身份认证\nissuer: https://sso.example\nclient: j\nsecret-environment: S\n"
        #expect(try complaints(good, environment: ["S": "x"]).isEmpty)
        #expect(try complaints(good, environment: ["S": "x"], url: "").first?.contains("public-url") == true)
        #expect(try complaints(good).first?.contains("环境变量 S 没有设置") == true)
        let wrong = "provider: code\nlabel: 甲\nisuer: https://a\nclient: j\nsecret: geheim\nmatches-logins: 是\n"
        let said = try complaints(wrong)
        #expect(said.contains { $0.contains(":3:") && $0.contains("是否想写“issuer”") })
        #expect(said.contains { $0.contains("不用 code") } && said.contains { $0.contains("缺少“issuer”") })
        #expect(said.contains { $0.contains("secret-file") } && said.contains { $0.contains("true 或 false") })
        #expect(!said.contains { $0.contains("geheim") })
        #expect(try complaints(good + "---\n" + good, environment: ["S": "x"]).first?.contains("已在") == true)
        #expect(try complaints("service: a\n").first?.contains("不认识的定义种类") == true)
        #expect(try complaints(good.replacing("https://sso", with: "sso"), environment: ["S": "x"]).first?.contains("一字不差") == true)
    }
}
