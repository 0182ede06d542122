import ArgumentParser
import Assembly
import Foundation
import Indicators

/// `junheng indicators`: any table with the indicators of any catalogue folder.
struct IndicatorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "indicators", abstract: "用任一目录文件夹的指标计算任一张表")

    @Argument(help: "数据表（.csv 或 .xlsx）") var file: String
    @Option(help: "目录文件夹") var catalogue: String
    @Option(name: .customLong("group-by"), help: "按这一列分组") var groupBy: String?
    @Option(help: "按这一列加权；不写则按指标的分母加权") var weight: String?
    @Option(help: "结果写成 JSON 文件") var json: String?

    func run() async throws {
        let compiled = try Terminal.compile { try CatalogueFolder(alone: catalogue) }
        let groups: [IndicatorTable.Group]
        do {
            groups = try IndicatorTable(compiled, groupBy: groupBy, weight: weight).run(URL(fileURLWithPath: file))
        } catch let refusal as FileRefusal {
            Terminal.complain([refusal.diagnostic])
            throw ExitCode(2)
        }
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try Terminal.write(encoder.encode(["groups": groups]), to: json)
            return
        }
        for group in groups {
            print(group.group)
            for entry in group.indicators {
                let numbers = [entry.mean, entry.sd, entry.cv].map { $0.map { String(format: "%.6f", $0) } ?? "—" }
                print("  \(entry.label)  均值 \(numbers[0])  标准差 \(numbers[1])  差异系数 \(numbers[2])  单位 \(entry.units)")
            }
        }
    }
}
