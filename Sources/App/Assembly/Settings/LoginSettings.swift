public import Foundation
public import Outbound
public import Registry
internal import Vocabulary

/// The settings people log in by.
public struct LoginSettings: Sendable {
    public var rules = LoginRules()
    public var providers: [LoginProvider] = []
    /// Address under which browsers reach the server, without a slash at the end.
    public var publicURL = ""
    public var outbound = OutboundLimits()

    /// What holds where nobody sets anything.
    public init() {}

    /// Throws `SettingsRefusal` for a file of login services that cannot be read, and for services without a public address.
    public init(_ settings: Settings, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        rules.password.length = settings.number("password-length")
        rules.password.classes = settings.number("password-kinds")
        rules.password.history = settings.number("password-history")
        let days = settings.number("password-days")
        rules.password.maxAgeDays = days == 0 ? nil : days
        rules.session.idleMinutes = settings.number("session-idle-minutes")
        rules.session.hours = settings.number("session-hours")
        rules.account = LockoutRule(failures: settings.number("lockout-failures"), minutes: settings.number("lockout-minutes"))
        rules.address = LockoutRule(failures: settings.number("lockout-address-failures"), minutes: settings.number("lockout-minutes"))
        rules.secondFactor = SecondFactorRule(rawValue: settings["second-factor"]) ?? .optional
        publicURL = settings["public-url"].hasSuffix("/") ? String(settings["public-url"].dropLast()) : settings["public-url"]
        outbound = try OutboundLimits(settings)
        guard let path = settings.text("login-providers") else { return }
        providers = try ProviderFile(path).read(environment)
        guard publicURL.hasPrefix("https://") || publicURL.hasPrefix("http://") else {
            throw LoginSettings.refusal("login-providers", "用了外部登录服务，还要写 public-url：浏览器访问本系统的网址，如 https://junheng.example.gov.cn")
        }
    }

    static func refusal(_ key: String, _ words: String) -> SettingsRefusal {
        SettingsRefusal(diagnostics: [Diagnostic(.error, "settings.\(key)", at: .file(key), words)])
    }
}

extension OutboundLimits {
    /// Throws `SettingsRefusal` for a network that is none.
    public init(_ settings: Settings) throws {
        self.init()
        networks = try settings.list("outbound-networks").map { text in
            guard let range = NetworkRange(text) else {
                throw LoginSettings.refusal("outbound-networks", "“\(text)”不是地址段，应写成 10.0.0.0/8 或 10.1.2.3")
            }
            return range
        }
        totalMilliseconds = settings.number("outbound-timeout-seconds") * 1_000
        certificates = settings.text("outbound-certificates")
    }
}

extension Setting {
    /// Logging in. The standard names what must be there, not the numbers; the defaults are usual practice.
    static let login: [Setting] = [
        Setting("password-length", .number(8...64), "10", "密码至少几个字符（GB/T 22239-2019 8.1.4.1 要求有复杂度，没有写数字）"),
        Setting("password-kinds", .number(1...4), "3", "密码要混用大写、小写、数字、其他字符中的几种"),
        Setting("password-history", .number(0...24), "5", "最近几个用过的密码不能再用"),
        Setting("password-days", .number(0...3_650), "90", "密码用多少天必须换（GB/T 22239-2019 8.1.4.1：定期更换）；0 表示不要求"),
        Setting("lockout-failures", .number(3...100), "5", "同一账户连续输错几次暂停登录（GB/T 22239-2019 8.1.4.1：登录失败处理）"),
        Setting("lockout-minutes", .number(1...1_440), "15", "在多少分钟内输错才算连续；暂停也是这么多分钟"),
        Setting("lockout-address-failures", .number(5...10_000), "30", "同一网络地址输错几次暂停登录；一个单位的人常共用一个地址"),
        Setting("session-idle-minutes", .number(1...1_440), "30", "多少分钟没有操作就要重新登录（GB/T 22239-2019 8.1.4.1：连接超时自动退出）"),
        Setting("session-hours", .number(1...168), "12", "登录后最多用多少小时"),
        Setting(
            "second-factor", .choice(SecondFactorRule.allCases.map(\.rawValue)), "optional",
            "动态码：optional 自愿；powers 能管账户、审核、冻结、看审计的人必须有；everyone 人人必须有（等保三级要求两种鉴别，GB/T 22239-2019 8.1.4.1）"),
        Setting("login-providers", .text, "", "外部登录服务（统一身份认证、政务钉钉、企业微信桥接等，OpenID Connect）的设置文件，写法见 Docs/guide"),
        Setting("public-url", .text, "", "浏览器访问本系统的网址，如 https://junheng.example.gov.cn；用外部登录服务时必填"),
        Setting("outbound-networks", .list, "", "允许本系统主动访问的内网地址段，逗号分隔，如 10.0.0.0/8；不写则只访问外网的 https"),
        Setting("outbound-timeout-seconds", .number(1...120), "10", "主动访问别的服务器时最多等几秒"),
        Setting("outbound-certificates", .text, "", "只信任这个文件里的根证书（PEM），用于本单位自己的证书中心；不写则用系统的"),
    ]
}
