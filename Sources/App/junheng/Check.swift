import ArgumentParser
import Assembly
import Indicators

/// `junheng check`: compiles a catalogue and proves its worked examples.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "检查目录：逐条编译，逐个验算算例")

    @Option(help: "地方目录文件夹；不写则只检查国家目录") var catalogue: String?

    func run() async throws {
        let compiled = try Terminal.compile { try CatalogueFolder(overlay: catalogue) }
        print(
            "目录无误：\(compiled.standards.count)个标准，\(compiled.indicators.count)项指标，\(compiled.elements.count)个数据元，\(compiled.checks.count)条校验"
        )
    }
}
