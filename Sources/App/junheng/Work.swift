import ArgumentParser
import Assembly
import Dispatch
import Foundation

/// `junheng work`: a worker without pages, beside the servers that share a database.
struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "只做任务，不开网页",
        discussion: "与网页服务共用数据文件夹或数据库，专做要算一会儿的事（读取交来的表、算方案等）。可以开几个；哪个停了，它手上的任务由别的接着做。")

    @Option(help: "数据文件夹（默认 var/data）") var data: String?
    @Option(help: "数据库：postgres://用户:密码@主机:端口/库名；不写就用数据文件夹里的一个文件") var database: String?
    @Option(help: "目录文件夹：在国家目录上增加或加严") var catalogue: String?
    @Option(help: "同时做几项（默认 2）") var workers: String?
    @OptionGroup var more: SettingOptions

    func run() async throws {
        let settings = try more.settings(["data": data, "database": database, "overlay": catalogue, "workers": workers])
        let (compiled, digest) = try Terminal.compileSealed { try CatalogueFolder(settings) }
        var opened = try await Terminal.open {
            let address = try settings.text("database").map { try DatabaseAddress($0) }
            return try await Installation(
                URL(fileURLWithPath: settings["data"]), database: address, catalogue: compiled, catalogueDigest: digest,
                keys: PersonalKeys(settings))
        }
        opened.costs = Terminal.costs(settings, compiled)
        let installation = opened.ruled(by: try? CatalogueFolder(settings))
        let watch = Task { await installation.keepWatch(every: .milliseconds(settings.number("heartbeat-ms"))) }
        let work = WorkOnly(installation, settings: ServerSettings(settings))
        let signals = [SIGTERM, SIGINT].map { signal in
            Foundation.signal(signal, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: signal)
            source.setEventHandler { Task { await work.stop() } }
            source.resume()
            return source
        }
        FileHandle.standardOutput.write(Data("开始做任务，同时做\(settings.number("workers"))项\n".utf8))
        await work.run()
        withExtendedLifetime(signals) {}
        watch.cancel()
        await watch.value
    }
}
