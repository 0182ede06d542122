import ArgumentParser
import Assembly
import Casework
import DemoCity
import Foundation
import Indicators
import Registry
import Vocabulary

/// `junheng serve`: the pages of an installation.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "在浏览器中查看",
        discussion: "数据文件夹里存数据库和交来的原表。也可以每个学年放一个子文件夹（如 2025），把该学年的数据表放进去，启动时自动导入新的表。")

    @Option(help: "数据文件夹（默认 var/data）") var data: String?
    @Option(help: "数据库：postgres://用户:密码@主机:端口/库名；不写就用数据文件夹里的一个文件") var database: String?
    @Option(help: "监听地址（默认 127.0.0.1）") var host: String?
    @Option(help: "端口；0 表示自动选一个（默认 8080）") var port: String?
    @Option(name: .customLong("tls-certificate"), help: "TLS 证书文件（PEM）；写了就用 https 服务") var tlsCertificate: String?
    @Option(name: .customLong("tls-key"), help: "TLS 证书的私钥文件（PEM）") var tlsKey: String?
    @Option(help: "单位名称，显示在菜单上") var organisation: String?
    @Option(help: "目录文件夹：在国家目录上增加或加严") var catalogue: String?
    @Flag(help: "没有数据时放入演示城市，并可切换演示用户") var demo = false
    @OptionGroup var more: SettingOptions

    @Flag(inversion: .prefixedNo, help: "用账户登录；只供本机使用时可以不用。不写则：本机且没有账户时不用，其余都用") var accounts: Bool?

    func run() async throws {
        let flags = [
            "data": data, "database": database, "host": host, "port": port, "organisation": organisation, "overlay": catalogue,
            "demo": demo ? "true" : nil, "accounts": accounts.map { $0 ? "on" : "off" }, "tls-certificate": tlsCertificate,
            "tls-key": tlsKey,
        ]
        let settings = try more.settings(flags)
        let demo = settings.flag("demo")
        let certificate = try Terminal.certificate(settings)
        let (compiled, digest) = try Terminal.compileSealed { try CatalogueFolder(settings) }
        let folder = URL(fileURLWithPath: settings["data"])
        var opened = try await Terminal.open {
            let address = try settings.text("database").map { try DatabaseAddress($0) }
            let catalogue = try CatalogueFolder(settings)
            return try await Installation(
                folder, database: address, catalogue: compiled, catalogueDigest: digest, keys: PersonalKeys(settings),
                inventory: try catalogue.inventory(), cases: catalogue.compileCases(), fieldWords: catalogue.fieldWords())
        }
        opened.costs = Terminal.costs(settings, compiled)
        let installation = opened
        let watch = Task { await installation.keepWatch(every: .milliseconds(settings.number("heartbeat-ms"))) }
        let upkeep = Task {
            await Retention(installation).keep(every: .seconds(86_400)) { problem in
                FileHandle.standardError.write(Data("到期信息没有清理：\(problem)\n".utf8))
            }
        }
        // Offices hear of what is late within the hour.
        let escalation = Task {
            while !Task.isCancelled {
                _ = try? await installation.caseOffice().escalate(at: Date(), today: Terminal.today())
                try? await Task.sleep(for: .seconds(3_600))
            }
        }
        defer { escalation.cancel() }
        let access = try await access(installation, settings)
        try await takeIn(folder, installation)
        if demo { try await fill(installation) }
        if let problem = FileBoundaries(folder: folder).problem { FileHandle.standardError.write(Data("\(problem)\n".utf8)) }
        let people: any PersonDirectory = demo ? DemoPeople() : MachineOperator()
        var serving = ServerSettings(settings)
        serving.version = Junheng.version
        let server = WebServer(
            installation.ruled(by: try? CatalogueFolder(settings)), people: people, isDemo: demo, access: access,
            python: settings.text("python") ?? Terminal.python, organisation: settings["organisation"], settings: serving,
            certificate: certificate,
            plans: try CatalogueFolder(settings).planTemplates(),
            spending: (try? CatalogueFolder(settings)).flatMap { try? FundsFile.rules(nil, $0) },
            inspection: try CatalogueFolder(settings).compileInspection(), alliances: try CatalogueFolder(settings).compileAlliances(),
            today: Terminal.today)
        let scheme = certificate == nil ? "http" : "https"
        let (host, users) = (settings["host"], demo ? DemoCity.people.map(\.name).joined(separator: "、") : "")
        try await server.run(host: host, port: settings.number("port")) { port in
            var text = "均衡已启动：\(scheme)://\(host):\(port)\n"
            text += access?.greeting ?? (demo ? "" : "只供本机使用，不需要登录。要给别人用：加 --accounts 重新启动，先建管理员\n")
            if !users.isEmpty { text += "演示用户（在页面右上角切换，无需密码）：\(users)\n" }
            FileHandle.standardOutput.write(Data(text.utf8))
        }
        upkeep.cancel()
        watch.cancel()
        await watch.value
    }

    /// What people log in with. Without accounts only this very machine is served, and never beside accounts that exist.
    private func access(_ installation: Installation, _ settings: Settings) async throws -> Access? {
        let host = settings["host"]
        let isLocal = ["127.0.0.1", "localhost", "::1"].contains(host)
        let exist = try await installation.hasAccounts()
        func refuse(_ text: String) -> ExitCode {
            FileHandle.standardError.write(Data("\(text)\n".utf8))
            return ExitCode(2)
        }
        let wanted = settings["accounts"]
        if settings.flag("demo") {
            if exist || wanted == "on" { throw refuse("演示不用登录，不能与账户同时使用。请另选一个数据文件夹，或去掉 --demo") }
            return nil
        }
        if wanted == "off", !isLocal { throw refuse("\(host)：不用账户时只能监听 127.0.0.1。请去掉 --no-accounts，或去掉 --host") }
        if wanted == "off" || (wanted == "auto" && isLocal && !exist) { return nil }
        do {
            return try await Access(isNew: !exist, login: LoginSettings(settings))
        } catch let refusal as SettingsRefusal {
            throw refuse("\(refusal)")
        }
    }

    private func takeIn(_ folder: URL, _ installation: Installation) async throws {
        do {
            let by = Signature(by: "operator", name: "本机操作员", at: Date())
            let taken = try await DataFolder(folder).takeIn(installation, by: by)
            if !taken.isEmpty { print("已导入：\(taken.joined(separator: "、"))") }
        } catch let refusal as DataFolderRefusal {
            FileHandle.standardError.write(Data("\(refusal)\n".utf8))
            throw ExitCode(2)
        }
    }

    private func fill(_ installation: Installation) async throws {
        guard let standard = installation.catalogue.standards["balance-2017"] else { return }
        try await FillDemo(installation, city: DemoCity(standard: standard)).run(today: Terminal.today()) { year in
            FileHandle.standardOutput.write(Data("演示城市：\(year.label.zh)\n".utf8))
        }
    }
}

/// `junheng demo`: writes the demo city as workbooks.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "生成演示城市的数据表（虚构，同一种子结果相同）")

    @Option(help: "写入的文件夹，应为空") var data = "var/data"
    @Option(help: "随机种子") var seed: UInt64 = 20_260_901

    func run() async throws {
        let compiled = try Terminal.compile { try CatalogueFolder() }
        guard let standard = compiled.standards["balance-2017"] else { throw ExitCode(2) }
        let folder = DataFolder(URL(fileURLWithPath: data))
        guard folder.schoolYears.isEmpty else {
            FileHandle.standardError.write(Data("\(data): 文件夹里已有数据，没有改动。请另选一个空文件夹\n".utf8))
            throw ExitCode(2)
        }
        try folder.fill(with: DemoCity(seed: seed, standard: standard), catalogue: compiled)
        print("演示城市已写入 \(data)：\(folder.schoolYears.map { String($0.start) }.reversed().joined(separator: "、"))")
    }
}
