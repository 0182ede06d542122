import ArgumentParser
import Assembly
import Foundation
import PathToStandard
import Planning

/// `junheng plan verify`: an answer of `junheng plan path` held against the data once more, without a solver.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "核对达标路径的结果，不用求解器",
        discussion:
            "条件与做方案时写得一样。方案逐条对照规则，下界和“没有方案”按 JSON 里的依据用精确分数重算。退出码：0 全部相符，2 输入有误，3 有不符（标准错误上逐条写明）。")

    @Argument(help: "junheng plan path --json 写出的结果") var answer: String
    @OptionGroup var ask: PathAsk

    func run() async throws {
        guard let bytes = FileManager.default.contents(atPath: answer) else { try Terminal.fail("\(answer): 读不了这个文件", 2) }
        guard let read = PathReading(bytes) else { try Terminal.fail("\(answer): 不是 junheng plan path --json 写出的结果", 2) }
        try ask.pose { use in
            let flaws = read.flaws(use.problem)
            if !flaws.isEmpty { try Terminal.fail("\(answer): 与数据和条件不符：\n" + flaws.map { "  \($0.message)" }.joined(separator: "\n"), 3) }
            print(read.sentence(use.problem))
        }
    }
}
