import ArgumentParser
import Assembly
import DemoCity
import Foundation
import Hummingbird
import Indicators
import Vocabulary

/// `junheng serve`: the pages over a folder of workbooks.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "在浏览器中查看", discussion: "数据文件夹里每个学年一个子文件夹（如 2025），放入该学年的学校数据表（.xlsx 或 .csv）。")

    @Option(help: "数据文件夹") var data = "var/data"
    @Option(help: "监听地址") var host = "127.0.0.1"
    @Option(help: "端口；0 表示自动选一个") var port = 8080
    @Option(help: "单位名称，显示在菜单上") var organisation = "示范市教育局"
    @Option(help: "目录文件夹：在国家目录上增加或加严") var catalogue: String?
    @Flag(help: "文件夹为空时放入演示城市") var demo = false

    func run() async throws {
        let compiled = try Terminal.compile { try CatalogueFolder(overlay: catalogue) }
        let folder = DataFolder(URL(fileURLWithPath: data), catalogue: compiled)
        if demo, let standard = compiled.standards["balance-2017"] { try folder.fill(with: DemoCity(standard: standard)) }
        guard let newest = folder.schoolYears.first else {
            FileHandle.standardError.write(Data("\(data): 没有数据。请把学校数据表放进以学年命名的子文件夹（如 \(data)/2025），或加 --demo 看演示城市\n".utf8))
            throw ExitCode(2)
        }
        let evaluations = FolderEvaluations(folder)
        do {
            _ = try await evaluations.evaluated("balance-2017", newest)
        } catch let refusal as DataFolderRefusal {
            FileHandle.standardError.write(Data("\(refusal)\n".utf8))
            throw ExitCode(2)
        }
        let server = WebServer(evaluations, python: Terminal.python, organisation: organisation, today: Terminal.today)
        let host = host
        try await server.application(host: host, port: port) { port in
            FileHandle.standardOutput.write(Data("均衡已启动：http://\(host):\(port)\n".utf8))
        }.runService()
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
        let folder = DataFolder(URL(fileURLWithPath: data), catalogue: compiled)
        guard folder.schoolYears.isEmpty else {
            FileHandle.standardError.write(Data("\(data): 文件夹里已有数据，没有改动。请另选一个空文件夹\n".utf8))
            throw ExitCode(2)
        }
        try folder.fill(with: DemoCity(seed: seed, standard: standard))
        print("演示城市已写入 \(data)：\(folder.schoolYears.map { String($0.start) }.reversed().joined(separator: "、"))")
    }
}
