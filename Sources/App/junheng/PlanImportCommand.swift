import ArgumentParser
import Assembly
import Foundation
import Targets
import Vocabulary

extension PlanCommand {
    /// `junheng plan import`: a work plan as text into a draft.
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "把工作计划的文本变成规划草稿，每条注明在原文哪里",
            discussion: "认得 一、（一）1.（1）一是 第一， 等标题，数字和单位（含两千、百分之十五）、不低于/以上/达到、年底前/每年、责任单位。草稿要人看过再用。退出码：2 文本读不了。")

        @Argument(help: "文本文件（UTF-8）") var text: String
        @Option(help: "草稿写成 YAML 文件") var out: String?
        @Flag(help: "逐条列出：层级、内容、目标、出处") var report = false
        @Option(help: "规划名称；不写用文件名") var title: String?
        @Option(help: "规划期从哪一天起，如 2026-01-01") var from: String?
        @Option(help: "规划期到哪一天止") var until: String?

        func validate() throws {
            for day in [from, until].compactMap({ $0 }) where Day(iso: day) == nil { throw ValidationError("“\(day)”应是 2026-01-01 这样的日期") }
        }

        func run() throws {
            let url = URL(fileURLWithPath: text)
            guard let data = try? Data(contentsOf: url), let words = String(data: data, encoding: .utf8) else {
                Terminal.complain("\(text): 读不了。请核对路径，并把文件存为 UTF-8 编码的纯文本")
                throw ExitCode(2)
            }
            guard words.count <= PlanTextReader.limit else {
                Terminal.complain("\(text): 超过\(PlanTextReader.limit)字，请分成几份")
                throw ExitCode(2)
            }
            let draft = PlanTextReader.read(words, title: title ?? url.deletingPathExtension().lastPathComponent)
            let guess = DraftDefinition.period(draft, today: Terminal.today())
            let definition = DraftDefinition(
                draft, id: "draft", from: from.flatMap { Day(iso: $0) } ?? guess.from, until: until.flatMap { Day(iso: $0) } ?? guess.until)
            if report { for line in draft.lines { print(Import.words(line)) } }
            let targets = draft.lines.count { $0.quantity != nil }
            print(
                "标题\(draft.headings.count)条，定量目标\(targets)项，任务\(draft.lines.count - draft.headings.count - targets)条；数字共\(draft.quantities.count)处"
            )
            if let out {
                try Terminal.write(Data(definition.yaml.utf8), to: out)
                print("草稿已写入 \(out)，请逐条核对后再用")
            }
        }

        private static func words(_ line: DraftLine) -> String {
            let amount = line.quantity.map {
                "  " + PlannedAmount($0.comparison, $0.value, unit: $0.unit, period: $0.period).words + ($0.isDoubtful ? "（原文的数不完整）" : "")
            }
            let days = line.deadline.map { "  期限\($0.chinese)" } ?? ""
            let owners = line.owners.isEmpty ? "" : "  责任：\((line.owners + line.coOwners).joined(separator: "、"))"
            return
                "\(line.level.label.zh)  \(line.mark.isEmpty ? "" : line.mark + " ")\(line.label)\(amount ?? "")\(days)\(owners)  〔\(line.place)〕"
        }
    }
}
