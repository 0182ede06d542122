/// One thing a bureau may set, with the same name everywhere: `key: value` in the file, `JUNHENG_KEY` in the environment,
/// `--key value` (or `--set key=value`) on the command line.
public struct Setting: Sendable {
    public enum Kind: Sendable, Equatable {
        case text
        /// A whole number in a range.
        case number(ClosedRange<Int>)
        case flag
        case choice([String])
        /// Words with commas between.
        case list
    }

    public var key: String
    public var kind: Kind
    /// What holds where nobody says otherwise.
    public var initial: String
    /// Never shown.
    public var isSecret = false
    public var environment: String
    public var flag: String?
    public var help: String

    init(
        _ key: String, _ kind: Kind = .text, _ initial: String = "", isSecret: Bool = false, environment: String? = nil,
        flag: String? = nil,
        _ help: String
    ) {
        self.key = key
        self.kind = kind
        self.initial = initial
        self.isSecret = isSecret
        self.environment = environment ?? "JUNHENG_" + key.uppercased().replacing("-", with: "_")
        self.flag = flag
        self.help = help
    }

    /// What is wrong with a value; nil when nothing is.
    func complaint(_ value: String) -> String? {
        switch kind {
        case .text, .list: return nil
        case .flag: return ["true", "false"].contains(value) ? nil : "“\(key)”应写 true 或 false，写的是“\(value)”"
        case .choice(let words):
            return words.contains(value) ? nil : "“\(key)”只能是 \(words.joined(separator: "、"))，写的是“\(value)”"
        case .number(let range):
            if let number = Int(value), range.contains(number) { return nil }
            return "“\(key)”应是 \(range.lowerBound) 到 \(range.upperBound) 之间的整数，写的是“\(isSecret ? "…" : value)”"
        }
    }
}

extension Setting {
    /// Every setting there is.
    public static let all: [Setting] =
        [
            Setting("data", .text, "var/data", flag: "--data", "数据文件夹：数据库、交来的原表、边界文件"),
            Setting(
                "database", .text, "", isSecret: true, flag: "--database", "PostgreSQL 地址 postgres://用户@主机/库名；不写则用数据文件夹里的 SQLite"),
            Setting("accounts", .choice(["auto", "on", "off"]), "auto", flag: "--accounts", "登录：on 必须登录，off 只供本机不用登录，auto 本机且没有账户时不用"),
            Setting("heartbeat-ms", .number(100...60_000), "5000", "几台服务器共用数据库时，多久报一次“在线”"),
            Setting("host", .text, "127.0.0.1", flag: "--host", "监听地址；对外服务时前面放反向代理"),
            Setting("port", .number(0...65_535), "8080", flag: "--port", "端口；0 表示自动选一个"),
            Setting("organisation", .text, "示范市教育局", flag: "--organisation", "单位名称，显示在菜单上"),
            Setting("overlay", .text, "", flag: "--catalogue", "本地目录文件夹：在国家目录上增加或加严"),
            Setting("catalogue", .text, "", "国家目录所在的文件夹；不写则找程序旁边的"),
            Setting("demo", .flag, "false", flag: "--demo", "没有数据时放入演示城市，并可切换演示用户；正式使用不要打开"),
            Setting("python", .text, "", "排 PDF 版用的 Python（装有 typst）；不写则用 make setup 准备的，或 /opt/junheng 里的"),
            Setting("log-level", .choice(["trace", "debug", "info", "notice", "warning", "error"]), "notice", "日志级别；info 起每个请求一行"),
            Setting("slow-request-ms", .number(1...600_000), "2000", "超过这么多毫秒的请求记一条警告"),
            Setting("metrics-token", .text, "", isSecret: true, "读取 /metrics 的口令（Authorization: Bearer）；不设则只许本机读取"),
            Setting("trusted-proxies", .list, "", "反向代理的地址，逗号分隔；只有它们说的 X-Forwarded-* 才算数"),
            Setting("max-connections", .number(1...100_000), "1000", "同时打开的连接数上限"),
            Setting("idle-timeout-seconds", .number(1...3_600), "60", "连接多久没有动静就断开；防止慢速攻击占住连接"),
            Setting("header-limit-kb", .number(4...1_024), "32", "请求头的大小上限（kB）"),
            Setting("body-limit-mb", .number(1...10_000), "256", "请求正文的大小上限（MB）"),
            Setting("free-disk-mb", .number(0...1_000_000), "500", "磁盘剩余少于这么多 MB 时，/readyz 报告未就绪"),
            Setting(
                "personal-data.suite", .choice(["xchacha20-poly1305", "sm4-gcm"]), "xchacha20-poly1305",
                environment: "JUNHENG_PERSONAL_DATA_SUITE", "个人信息的加密算法；sm4-gcm 用国密 SM4、SM3。已有数据时，改后运行 junheng keys rotate 才换"),
            Setting(
                "personal-data.keys", .text, "", isSecret: true, environment: "JUNHENG_PERSONAL_DATA_KEYS", "个人信息密钥，写法同密钥文件，行间用分号；不写则用密钥文件"),
            Setting(
                "personal-data.key-file", .text, "", environment: "JUNHENG_PERSONAL_DATA_KEY_FILE",
                "个人信息密钥文件，权限须为600；不写则是数据文件夹里的 personal.keys"),
            Setting("export-purpose", .text, "工作查阅，不得外传", "导出的表格和文件上印的用途；地址里写 purpose=… 的以地址为准"),
            Setting("drain-seconds", .number(0...3_600), "60", "停止时最多等这么多秒，让正在读取的导入读完"),
            Setting("tls-certificate", .text, "", flag: "--tls-certificate", "TLS 证书文件（PEM，先本站证书后中间证书）；写了就自己用 https 服务"),
            Setting("tls-key", .text, "", flag: "--tls-key", "TLS 证书的私钥文件（PEM）"),
            Setting("hsts-days", .number(0...3_650), "365", "经 https 来的答复让浏览器多少天内只用 https；0 表示不说"),
            Setting("backup-folder", .text, "", "定时备份放进这个文件夹，文件名带时间；最好是另一块盘"),
            Setting("backup-keep", .number(1...10_000), "14", "定时备份留最近几份，更早的删去"),
            Setting("backup-key", .text, "", "加密备份的密钥文件，用 junheng backup key 生成；另存一份在别处"),
            Setting("api-requests-per-minute", .number(1...1_000_000), "600", "程序接口：每个令牌每分钟最多几个请求，每台服务器各自计数"),
            Setting("webhook-networks", .list, "", "事件通知可以发往的内网地址段，逗号分隔，如 10.1.0.0/16；不写则只发往公网的 https 地址"),
            Setting("webhook-first-pause-ms", .number(100...3_600_000), "10000", "事件通知第一次没有送到，隔多少毫秒再试；以后每次隔四倍，最多六小时"),
            Setting("webhook-attempts", .number(1...20), "8", "一件事最多试发几次"),
            Setting("webhook-failures", .number(1...1_000), "24", "一个地址连续多少次没有送到就停用"),
            Setting("workers", .number(0...32), "2", "这个程序同时做几项任务（读取交来的表、算方案等）；0 表示只答网页，任务留给别的服务器或 junheng work"),
        ] + login

    static func named(_ key: String) -> Setting? { all.first { $0.key == key } }
}
