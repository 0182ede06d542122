import ArgumentParser
import Assembly
import Casework
import CollectOnce
import Foundation
import Indicators
import Storage
import Vocabulary
import Workbooks

/// `junheng collect-once`: holds a new form against what is held already.
struct CollectOnceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect-once", abstract: "一数一源：新表的栏目里哪些已有数据",
        discussion: "FILE 是 xlsx、csv（读表头）、每行一个栏目的 txt，或办事规则 yaml。退出码：0 没有已有的，3 有已有的、不能再收，2 文件或目录读不了。")

    @Argument(help: "要核对的表") var file: String
    @Flag(help: "结果写成 JSON") var json = false
    @Option(help: "数据文件夹；写了就说明哪一年的、多少行") var data: String?
    @Option(help: "目录文件夹：在国家目录上增加或加严") var catalogue: String?

    func run() async throws {
        let compiled = try Terminal.compile { try CatalogueFolder(overlay: catalogue) }
        let folder = try CatalogueFolder(overlay: catalogue)
        let (fields, besides) = try fields(folder)
        guard !fields.isEmpty, fields.count <= CollectOnce.most else {
            Terminal.complain("\(file): \(fields.isEmpty ? "没有栏目" : "共\(fields.count)栏，超过\(CollectOnce.most)栏，请分成几张表")")
            throw ExitCode(2)
        }
        let facts = HeldFacts(compiled, folder.compileCases(), returns: try await returns(compiled, folder), today: Terminal.today())
        let matches = try await CollectionCheck(facts, words: folder.fieldWords()).run(fields, besides: besides)
        print(json ? try CollectionJSON(file: file, matches).text : CollectOnceCommand.words(matches))
        if !matches.held.isEmpty { throw ExitCode(3) }
    }

    private func fields(_ folder: CatalogueFolder) throws -> ([AskedField], String?) {
        let url = URL(fileURLWithPath: file)
        do {
            switch url.pathExtension.lowercased() {
            case "yaml", "yml":
                guard let definition = try folder.caseDefinition(at: url) else {
                    throw FileRefusal("asked.definition", file, "不是能用的办事规则（case: 开头的 yaml）。请先用 junheng check 核对")
                }
                return (CollectionCheck.fields(definition), definition.id)
            case "txt":
                guard let text = try? String(contentsOf: url, encoding: .utf8) else {
                    throw FileRefusal("asked.text", file, "读不了。请核对路径，并把文件存为 UTF-8 编码的纯文本")
                }
                return (
                    text.split(whereSeparator: \.isNewline).map { AskedField(String($0)) }.filter { !$0.text.allSatisfy(\.isWhitespace) },
                    nil
                )
            default: return (try AskedHeaders.read(url, name: url.lastPathComponent).map { AskedField($0) }, nil)
            }
        } catch let refusal as FileRefusal {
            Terminal.complain([refusal.diagnostic])
            throw ExitCode(2)
        }
    }

    private func returns(_ compiled: IndicatorCatalogue, _ folder: CatalogueFolder) async throws -> (any ReturnStore)? {
        guard let data else { return nil }
        guard FileManager.default.fileExists(atPath: data) else {
            Terminal.complain("\(data): 没有这个数据文件夹。请用 --data 指明数据文件夹")
            throw ExitCode(2)
        }
        return try await Terminal.open {
            try await Installation(
                URL(fileURLWithPath: data), catalogue: compiled, catalogueDigest: folder.digest, keys: .ofEnvironment(),
                cases: folder.compileCases(), fieldWords: folder.fieldWords())
        }.storage.returns
    }

    private static func words(_ matches: [FieldMatch]) -> String {
        let lines = matches.map { match in
            let places = match.facts.map { fact in
                "\(fact.holder.label)“\(fact.name)”\(fact.holder.newest.map { "（\($0.label.zh)，\(fact.holder.rows)行）" } ?? "")"
            }
            return "\(match.verdict.label.zh)  \(match.field.text)\(places.isEmpty ? "" : "  ← \(places.joined(separator: "；"))")"
        }
        let held = matches.held.count
        let end = held == 0 ? "共\(matches.count)栏，没有已有的数据" : "共\(matches.count)栏，\(held)栏已有数据，不能再收；请去掉这些栏目"
        return (lines + [end]).joined(separator: "\n")
    }
}
